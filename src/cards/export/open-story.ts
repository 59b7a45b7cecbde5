/** Tells the requester how an open export stands: asked for, waiting for a sign-in, being made by Microsoft Graph. */
import { exportButton } from '../blocks/buttons.ts';
import type {
  Starting,
  WaitingForSignIn,
  Following,
  ExportJob,
  TroubleKind,
} from '../../domain/exports/export-job.ts';
import type { CardElement } from '../blocks/adaptive-card.ts';
import { paragraph, rowGroup, rowIf, data, footnote } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import type { Story, StoryContent } from './export-blocks.ts';
import { exportSteps, usualWords } from './export-progress.ts';
import { duration } from '../../words/en/amounts.ts';
import { localTime } from '../blocks/local-time.ts';
import { signInQuestion } from './sign-in-question.ts';

export function requestedStory({ job, now }: StoryContent): Story {
  return {
    tone: 'accent',
    icon: '◔',
    title: 'Got it',
    lead: 'I’m about to ask Microsoft Graph for this export.',
    details: [...exportSteps('requested'), ...troubleDetails(troubleLine(job, now))],
    buttons: [exportButton('stop', job.id)],
  };
}

export function startingStory({ job, now }: StoryContent, state: Starting): Story {
  return {
    ...startingBanner(job.contact.attempts > 0, state),
    details: [
      ...exportSteps('starting'),
      ...troubleDetails(troubleLine(job, now)),
      ...rowGroup(rowIf('Next look', state.pendingElsewhere === true ? localTime(job.due?.at) : undefined)),
    ],
    buttons: [exportButton('refresh', job.id), exportButton('stop', job.id)],
  };
}

function startingBanner(again: boolean, state: Starting): Banner {
  const look = { tone: 'accent', icon: '◔' } as const;
  if (state.pendingElsewhere === true)
    return {
      ...look,
      title: 'Waiting for my turn',
      lead: 'Somebody else is exporting this view right now, and you have no access to their export. I’ll start yours when theirs is done.',
    };
  if (again && state.outcomeUnknown)
    return {
      ...look,
      title: 'Starting…',
      lead: 'Microsoft Graph didn’t say whether it took the request. I’ll look before I ask again, so that nothing is exported twice.',
    };
  const lead = again
    ? 'Microsoft Graph has not taken this export yet. I keep trying.'
    : 'I’m asking Microsoft Graph for this export.';
  return { ...look, title: 'Starting…', lead };
}

const troubleDetails = (line: string | undefined): readonly CardElement[] =>
  line === undefined
    ? []
    : [{ type: 'Container', style: 'warning', spacing: 'Medium', items: [paragraph(line)] }];

export function signInStory(content: StoryContent, state: WaitingForSignIn): Story {
  const { buttons, ...question } = signInQuestion(state, content);
  return {
    tone: 'warning',
    icon: '➜',
    ...question,
    buttons: [...buttons, exportButton('stop', content.job.id)],
  };
}

export function followingStory(content: StoryContent, state: Following): Story {
  const { job, usual } = content;
  // Where it is missing, how long it usually takes says nothing.
  const usually =
    usual === undefined || state.missingSince !== undefined ? [] : [footnote(usualWords(usual), 'Small')];
  const joined = job.joined
    ? [footnote('Already being made for an earlier request – I follow that one.')]
    : [];
  return {
    ...followingBanner(state),
    details: [
      ...exportSteps(state.status),
      ...progressBar(state),
      ...usually,
      ...timeRows(content, state),
      ...joined,
    ],
    buttons: [exportButton('refresh', job.id), exportButton('stop', job.id)],
  };
}

function followingBanner(state: Following): Banner {
  if (state.missingSince !== undefined)
    return {
      tone: 'warning',
      icon: '?',
      title: 'Looking for it',
      lead: 'Microsoft Graph can’t find this export at the moment. I’ll look once more in a minute and then tell you here.',
    };
  if (state.status === 'waiting')
    return {
      tone: 'accent',
      icon: '◑',
      title: 'In line at Microsoft',
      lead: 'Microsoft Graph has accepted the export and will start it soon. I’ll tell you here when the file is ready.',
    };
  return {
    tone: 'accent',
    icon: '◕',
    title: 'Running',
    lead: 'Microsoft Graph is making your file. I’ll tell you here when it is ready.',
  };
}

/** Where the client draws it; the steps above say the same everywhere. */
const progressBar = (state: Following): readonly CardElement[] =>
  state.status === 'running'
    ? [{ type: 'ProgressBar', color: 'Accent', spacing: 'Small', fallback: 'drop' }]
    : [];

function timeRows({ job, now }: StoryContent, state: Following): readonly CardElement[] {
  const from = job.contact.followedSince ?? job.since;
  const started = localTime(from);
  const next = localTime(job.due?.at);
  const trouble = troubleLine(job, now);
  const word = state.status === 'running' ? state.graphStatus : undefined;
  return [
    ...troubleDetails(trouble),
    ...rowGroup([
      ...rowIf('Since', started === undefined ? undefined : `${started} (${duration(from, now)} so far)`),
      ...rowIf('Next look', trouble === undefined && next !== undefined ? next : undefined),
      ...rowIf('State', word === undefined ? undefined : data(`Running (state: ${word})`)),
    ]),
  ];
}

/** Shorter trouble mends itself before anybody has read about it. */
const minTroubleMilliseconds = 2 * 60_000;

const troubleWords: Readonly<Record<TroubleKind, string>> = {
  busy: 'Microsoft Graph is busy',
  unreachable: 'I can’t reach Microsoft Graph at the moment',
  insecure: 'I can’t reach Microsoft securely, so nothing was sent this time',
  oddAnswer: 'Microsoft Graph gives odd answers at the moment',
};

/** One sentence that contains a card function; undefined while there is nothing worth saying. */
function troubleLine({ contact: { trouble }, due }: ExportJob, now: Date): string | undefined {
  if (trouble === undefined) return undefined;
  // Nothing changes on the card before the next try.
  const until = Math.max(now.getTime(), due?.at.getTime() ?? 0);
  const lasting = until - trouble.since.getTime() >= minTroubleMilliseconds;
  if (!lasting && trouble.kind !== 'insecure') return undefined;
  const next = localTime(due?.at);
  const then = next === undefined ? 'I keep trying' : `next try at ${next}`;
  return `⚠ ${troubleWords[trouble.kind]}; ${then}. Your export stays open.`;
}
