/** Tells the requester how an open export stands: asked for, waiting for a sign-in, being made by Microsoft Graph. */
import { stateButtons } from '../blocks/buttons.ts';
import type { Starting, WaitingForSignIn, Following, ExportJob } from '../../domain/exports/export-job.ts';
import type { CardElement } from '../blocks/adaptive-card.ts';
import { paragraph, rowGroup, rowIf, data, footnote } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import type { Story, StoryContent } from './export-blocks.ts';
import { exportSteps, usualWords } from './export-progress.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import { localTime } from '../blocks/local-time.ts';
import { signInQuestion } from './sign-in-question.ts';

export function requestedStory(words: Words, { job, now }: StoryContent): Story {
  return {
    tone: 'accent',
    icon: '◔',
    ...words.exports.open.requested,
    details: [...exportSteps(words, 'requested'), ...troubleDetails(troubleLine(words, job, now))],
    buttons: stateButtons(words, job),
  };
}

export function startingStory(words: Words, { job, now }: StoryContent, state: Starting): Story {
  return {
    ...startingBanner(words, job, state),
    details: [
      ...exportSteps(words, 'starting'),
      ...troubleDetails(troubleLine(words, job, now)),
      ...rowGroup(
        rowIf(
          words.exports.open.nextLook,
          state.pendingElsewhere === true ? localTime(job.due?.at) : undefined,
        ),
      ),
    ],
    buttons: stateButtons(words, job),
  };
}

function startingBanner(words: Words, { contact, target }: ExportJob, state: Starting): Banner {
  const { open } = words.exports;
  const look = { tone: 'accent', icon: '◔' } as const;
  if (state.pendingElsewhere === true)
    return { ...look, title: open.waitingForTurn, lead: wordsOfSource(words, target).pendingElsewhere };
  if (contact.attempts === 0) return { ...look, ...open.starting };
  return { ...look, ...(state.outcomeUnknown ? open.outcomeUnknown : open.startingAgain) };
}

const troubleDetails = (line: string | undefined): readonly CardElement[] =>
  line === undefined
    ? []
    : [{ type: 'Container', style: 'warning', spacing: 'Medium', items: [paragraph(line)] }];

export function signInStory(words: Words, content: StoryContent, state: WaitingForSignIn): Story {
  const { buttons, ...question } = signInQuestion(words, state, content);
  return {
    tone: 'warning',
    icon: '➜',
    ...question,
    buttons: [...buttons, ...stateButtons(words, content.job)],
  };
}

export function followingStory(words: Words, content: StoryContent, state: Following): Story {
  const { job, usual } = content;
  // Where it is missing, how long it usually takes says nothing.
  const usually =
    usual === undefined || state.missingSince !== undefined
      ? []
      : [footnote(usualWords(words, job.target, usual), 'Small')];
  const joined = job.joined ? [footnote(words.exports.open.joined)] : [];
  return {
    ...followingBanner(words, state),
    details: [
      ...exportSteps(words, state.status),
      ...progressBar(state),
      ...usually,
      ...timeRows(words, content, state),
      ...joined,
    ],
    buttons: stateButtons(words, job),
  };
}

function followingBanner({ exports: { open } }: Words, state: Following): Banner {
  if (state.missingSince !== undefined) return { tone: 'warning', icon: '?', ...open.missing };
  return { tone: 'accent', icon: state.status === 'waiting' ? '◑' : '◕', ...open[state.status] };
}

/** Where the client draws it; the steps above say the same everywhere. */
const progressBar = (state: Following): readonly CardElement[] =>
  state.status === 'running'
    ? [{ type: 'ProgressBar', color: 'Accent', spacing: 'Small', fallback: 'drop' }]
    : [];

function timeRows(words: Words, { job, now }: StoryContent, state: Following): readonly CardElement[] {
  const from = job.contact.followedSince ?? job.since;
  const started = localTime(from);
  const next = localTime(job.due?.at);
  const trouble = troubleLine(words, job, now);
  const word = state.status === 'running' ? state.graphStatus : undefined;
  const { open } = words.exports;
  const length = words.amounts.duration(from, now);
  return [
    ...troubleDetails(trouble),
    ...rowGroup([
      ...rowIf(open.since, started === undefined ? undefined : open.soFar(started, length)),
      ...rowIf(open.nextLook, trouble === undefined && next !== undefined ? next : undefined),
      ...rowIf(open.state, word === undefined ? undefined : data(open.runningAs(word))),
    ]),
  ];
}

/** Shorter trouble mends itself before anybody has read about it. */
const minTroubleMilliseconds = 2 * 60_000;

/** One sentence that contains a card function; undefined while there is nothing worth saying. */
function troubleLine(words: Words, { contact: { trouble }, due }: ExportJob, now: Date): string | undefined {
  if (trouble === undefined) return undefined;
  // Nothing changes on the card before the next try.
  const until = Math.max(now.getTime(), due?.at.getTime() ?? 0);
  const lasting = until - trouble.since.getTime() >= minTroubleMilliseconds;
  if (!lasting && trouble.kind !== 'insecure') return undefined;
  return `⚠ ${words.exports.open.trouble(trouble.kind, localTime(due?.at))}`;
}
