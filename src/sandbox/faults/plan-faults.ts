/** Plays faults of the simulated Graph while a plan is read: at its start, on its way page by page, and afterwards. */
import { accessDeniedTo, graphError, invalidToken, missingScope } from '../graph/graph-errors.ts';
import type { Answer, CallMatch } from '../loopback/script.ts';
import { sandboxPeople } from '../chat/people.ts';
import { oddPeople } from '../planner/plan-scenarios.ts';
import type { FaultLink, FaultView } from './fault-link.ts';
import { byUser, inTurn } from './fault-rules.ts';

const busy = (seconds: number): Answer =>
  graphError({
    status: 429,
    code: 'TooManyRequests',
    message: 'Too many requests.',
    headers: { 'retry-after': String(seconds) },
  });
const broken = graphError({ status: 503, code: 'serviceUnavailable', message: 'Try again later.' });
const notFound = graphError({ status: 404, code: '', message: 'The requested item is not found.' });
const expired = invalidToken('Lifetime validation failed, the token is expired.');

const of = ({ explorerViewId: plan }: FaultView, op: string): CallMatch => ({ op, about: { plan } });
/** The second page of its tasks. */
const secondPage = (view: FaultView): CallMatch => ({
  ...of(view, 'tasks'),
  where: ({ query }) => query['$skiptoken'] === '10',
});

const firstPage = (view: FaultView): CallMatch => ({
  ...of(view, 'tasks'),
  where: ({ query }) => query['$skiptoken'] === undefined,
});

/** The start, and not the reading that follows, which asks for the plan as well. */
const atStart = (view: FaultView, respond: Answer) => ({
  graph: inTurn({ match: of(view, 'plan'), by: byUser, again: true, steps: [{ respond }, {}] }),
});
const once = (match: CallMatch, respond: Answer) => ({
  graph: inTurn({ match, by: byUser, again: true, steps: [{ respond }] }),
});
const always = (match: CallMatch, respond: Answer) => ({ graph: [{ match, respond }] });

const someNames = sandboxPeople.slice(0, 2).map(({ oid }) => oid);

const goesOn = 'Nothing: the figures come a little later.';

export const planFaults: readonly FaultLink[] = [
  {
    id: 'P1',
    what: 'You have no access to the plan.',
    see: '“You have no access to this plan”, and whom to ask.',
    play: (view) => always(of(view, 'plan'), accessDeniedTo('this item')),
  },
  {
    id: 'P2',
    what: 'There is no such plan, or it was deleted.',
    see: '“Plan not found – was it deleted?”',
    play: (view) => always(of(view, 'plan'), notFound),
  },
  {
    id: 'P3',
    what: 'The link names another organisation.',
    see: '“This plan belongs to another organisation”. Nothing is asked of Graph.',
    play: () => ({}),
  },
  {
    id: 'P4',
    what: 'Planner is too busy when the export starts, and says for how long (429, Retry-After).',
    see: 'The card stays at “Starting…” for so long, then the export goes on.',
    play: (view, { retryAfterSeconds }) => atStart(view, busy(retryAfterSeconds)),
  },
  {
    id: 'P5',
    what: 'Planner does not work when the export starts (503).',
    see: 'The card stays at “Starting…”, and some seconds later the export goes on.',
    play: (view) => atStart(view, broken),
  },
  {
    id: 'P6',
    what: 'The permission Tasks.Read is missing.',
    see: '“An administrator must allow this”, with a link to copy. Open it and accept, or press Check again: the export goes on.',
    play: (view) => atStart(view, missingScope(['Tasks.Read'])),
  },
  {
    id: 'P7',
    what: 'Planner asks for patience in the middle of the tasks (429 on the second page).',
    see: goesOn,
    play: (view) => once(secondPage(view), busy(1)),
  },
  {
    id: 'P8',
    what: 'Planner does not work in the middle of the tasks (503 on the second page).',
    see: goesOn,
    play: (view) => once(secondPage(view), broken),
  },
  {
    id: 'P9',
    what: 'The second page of tasks breaks off half-way.',
    see: goesOn,
    play: (view) => ({
      graph: inTurn({
        match: secondPage(view),
        by: byUser,
        again: true,
        steps: [{ trouble: { kind: 'cut', how: 'contentLength', atByte: 200 } }],
      }),
    }),
  },
  {
    id: 'P10',
    what: 'Planner refuses the token in the middle of the tasks.',
    see: 'Nothing: the plan is read anew with another token, and the figures come some seconds later.',
    play: (view) => once(secondPage(view), expired),
  },
  {
    id: 'P11',
    what: 'The link to the next page of tasks leads away from Graph.',
    see: 'No figures at first: a plan that cannot be read to its end is not told as if it were whole. It is read anew, and then they come.',
    play: (view) =>
      once(firstPage(view), {
        status: 200,
        body: { value: [], '@odata.nextLink': 'https://graph.microsoft.com.example/v1.0/more' },
      }),
  },
  {
    id: 'P12',
    what: 'The tenant has no goals in Planner, or Microsoft’s preview of them is gone.',
    see: 'The figures are about tasks alone, and the card says so.',
    play: (view) => always(of(view, 'goals'), notFound),
  },
  {
    id: 'P13',
    what: 'Planner does not say which tasks belong to which goal.',
    see: 'Goals have no progress, and the card says why.',
    plan: { goalsAre: 'noIds' },
    play: () => ({}),
  },
  {
    id: 'P14',
    what: 'The names of people may not be read.',
    see: 'Ids, shortened, stand in their place in the file, and the card says so.',
    plan: { people: [oddPeople.withheld, ...someNames] },
    play: () => ({}),
  },
  {
    id: 'P15',
    what: 'One part of a question for names is put off (429 within a batch).',
    see: goesOn,
    plan: { people: [oddPeople.putOff, ...someNames] },
    play: () => ({}),
  },
  {
    id: 'P16',
    what: 'The plan is deleted after it was read.',
    see: 'The figures stay. Download says that the plan is no longer there.',
    play: (view) => ({
      graph: inTurn({
        match: of(view, 'plan'),
        by: byUser,
        again: true,
        steps: [{}, {}, { respond: notFound }],
      }),
    }),
  },
  {
    id: 'P17',
    what: 'The notes of tasks may not be read.',
    see: 'The file lacks them, and the card says so.',
    plan: { notesAre: 'withheld' },
    play: () => ({}),
  },
];
