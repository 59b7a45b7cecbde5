/** Plays faults of the simulated Graph while an export is being started. */
import type { Answer } from '../loopback/script.ts';
import { graphError, invalidToken, missingScope } from '../graph/graph-errors.ts';
import type { FaultLink } from './fault-link.ts';
import { creates, jobIn, looks, byJob, byUser, inTurn } from './fault-rules.ts';

const expired = invalidToken('Lifetime validation failed, the token is expired.');
const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
const challenge: Answer = {
  ...expired,
  headers: {
    'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
  },
};
const busy = (headers: Readonly<Record<string, string>>): Answer =>
  graphError({ status: 429, code: 'TooManyRequests', message: 'Too many requests.', headers });

const conflict = (more: { target?: string; headers?: Readonly<Record<string, string>> }): Answer =>
  graphError({
    status: 409,
    code: 'notAllowed',
    message: 'An export job for this view is already in progress.',
    innerCode: 'exportJobAlreadyExists',
    ...more,
  });

export const startFaults: readonly FaultLink[] = [
  {
    id: 'G1',
    what: 'Graph refuses the token: once when the export starts, twice when the bot looks at it.',
    see: 'Nothing the first time, because the bot renews the token. The second time it asks you to sign in; then the export goes on.',
    play: (view) => ({
      graph: [
        ...inTurn({ match: creates(view), by: byUser, steps: [{ respond: expired }], again: true }),
        ...inTurn({ match: looks(view), by: byJob, steps: [{ respond: expired }, { respond: expired }] }),
      ],
    }),
  },
  {
    id: 'G2',
    what: 'Graph wants claims that the token lacks (continuous access evaluation), and the renewed one lacks them, too.',
    see: '“Your organisation asks you to sign in again”, with a button. Sign in, and the export goes on.',
    play: (view) => ({
      graph: inTurn({
        match: looks(view),
        by: byJob,
        steps: [{ respond: challenge }, { respond: challenge }],
      }),
    }),
  },
  {
    id: 'G3',
    what: 'The permission Goals-Export is missing.',
    see: '“An administrator must allow this”, with a link to copy. Open it and accept, or press Check again: the export goes on.',
    play: (view) => ({
      graph: inTurn({
        match: creates(view),
        by: byUser,
        again: true,
        steps: [{ respond: missingScope(['Goals-Export.ReadWrite.All']) }],
      }),
    }),
  },
  {
    id: 'G4',
    what: 'You are no member of the organisation.',
    see: '“You have no access to this view”, with Graph’s request id.',
    fate: { kind: 'noAccess' },
    play: () => ({}),
  },
  {
    id: 'G5',
    what: 'Graph does not take the ids in the link.',
    see: '“This link is not a valid explorer view”.',
    play: (view) => ({
      graph: [
        {
          match: creates(view),
          respond: graphError({
            status: 400,
            code: 'badRequest',
            message: 'The Goals organization id is invalid.',
            innerCode: 'invalidGoalsOrganizationId',
          }),
        },
      ],
    }),
  },
  {
    id: 'G6',
    what: 'Viva Goals does not know the organisation.',
    see: '“Organisation not found – was it deleted?”.',
    fate: { kind: 'unknownOrganization' },
    play: () => ({}),
  },
  {
    id: 'G9',
    what: 'Somebody’s export of the same view is being made already; Graph names it.',
    see: 'The card says that it is already being made and follows that one; nothing is made twice.',
    play: (view) => ({
      graph: inTurn({
        match: creates(view),
        by: byUser,
        again: true,
        steps: [
          {
            respond: (_call, genuine) => {
              const target = jobIn(genuine)?.id;
              return target === undefined ? genuine : conflict({ target });
            },
          },
        ],
      }),
    }),
  },
  {
    id: 'G10',
    what: 'The same, but Graph names no export.',
    see: 'Nothing: the bot finds it in the list.',
    // One that is ready at once would be no conflict.
    fate: { kind: 'runs', startsAfterMs: 0, endsAfterMs: 4_000, ends: 'succeeded' },
    play: (view) => ({
      graph: inTurn({
        match: creates(view),
        by: byUser,
        again: true,
        steps: [{ respond: (_call, genuine) => (jobIn(genuine) === undefined ? genuine : conflict({})) }],
      }),
    }),
  },
  {
    id: 'G11',
    what: 'Graph is busy and says for how many seconds, twice.',
    see: 'Nothing: the card stays at “Starting…” until then. From two minutes on it would say that Graph is busy, and when the next try is. Other exports of the organisation wait, too.',
    play: (view, { retryAfterSeconds }) => ({
      graph: inTurn({
        match: creates(view),
        by: byUser,
        again: true,
        steps: Array.from({ length: 2 }, () => ({
          respond: busy({ 'retry-after': String(retryAfterSeconds) }),
        })),
      }),
    }),
  },
  {
    id: 'G12',
    what: 'Graph is busy and names a time of day; then it names nothing that makes sense.',
    see: 'Nothing: it waits until then, and the second time as long as it thinks right.',
    play: (view, { retryAfterSeconds }) => ({
      graph: inTurn({
        match: creates(view),
        by: byUser,
        again: true,
        steps: [{ respond: busyUntil(retryAfterSeconds) }, { respond: busy({ 'retry-after': 'soon' }) }],
      }),
    }),
  },
  {
    id: 'G13',
    what: 'Graph is busy and does not say for how long, twice.',
    see: 'Nothing: the bot waits a few seconds, then longer.',
    play: (view) => ({
      graph: inTurn({
        match: creates(view),
        by: byUser,
        again: true,
        steps: [{ respond: busy({}) }, { respond: busy({}) }],
      }),
    }),
  },
  {
    id: 'G15',
    what: 'Graph makes the export, but the connection breaks before it says so.',
    see: '“Starting…”: the bot looks in the list before it asks again, and finds the export. Nothing is made twice.',
    play: (view) => ({
      graph: inTurn({
        match: creates(view),
        by: byUser,
        again: true,
        steps: [{ trouble: { kind: 'reset' } }],
      }),
    }),
  },
  {
    id: 'G16',
    what: 'Graph makes the export, but names it neither in the body nor in the Location header.',
    see: 'Nothing: the bot finds it in the list.',
    play: (view) => ({
      graph: inTurn({
        match: creates(view),
        by: byUser,
        again: true,
        steps: [{ respond: (_call, genuine) => (genuine.status === 201 ? { status: 201 } : genuine) }],
      }),
    }),
  },
];

/** The time is named when the answer leaves. */
function busyUntil(seconds: number): Answer {
  return {
    ...busy({}),
    get headers() {
      return { 'retry-after': new Date(Date.now() + seconds * 1000).toUTCString() };
    },
  };
}
