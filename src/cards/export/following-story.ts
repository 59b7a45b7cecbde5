/** Answers for the requester's card while Microsoft Graph makes the file: waiting and running. */
import type { Following } from '../../domain/exports/export-job.ts';
import type { CardElement } from '../blocks/adaptive-card.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { data, footnote, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { exportButton } from './export-story.ts';
import type { Story, Telling } from './export-story.ts';
import { exportSteps } from './export-steps.ts';
import { duration, localTime } from '../blocks/local-time.ts';
import { troubleDetails } from './opening-story.ts';
import { troubleLine } from './trouble-line.ts';
import { usualWords } from './usual-words.ts';

export function followingStory(telling: Telling, state: Following): Story {
  const { job, usual } = telling;
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
      ...movement(state),
      ...usually,
      ...times(telling, state),
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
const movement = (state: Following): readonly CardElement[] =>
  state.status === 'running'
    ? [{ type: 'ProgressBar', color: 'Accent', spacing: 'Small', fallback: 'drop' }]
    : [];

function times({ job, now }: Telling, state: Following): readonly CardElement[] {
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
