/** Answers for the requester's card before Microsoft Graph has a job: requested, starting, waiting for a sign-in. */
import type { Starting, WaitingForSignIn } from '../../domain/exports/export-job.ts';
import type { CardElement } from '../blocks/adaptive-card.ts';
import { paragraph, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { exportButton } from './export-story.ts';
import type { Story, Telling } from './export-story.ts';
import { exportSteps } from './export-steps.ts';
import { localTime } from '../blocks/local-time.ts';
import { signInQuestion } from './sign-in-question.ts';
import { troubleLine } from './trouble-line.ts';

export function requestedStory({ job, now }: Telling): Story {
  return {
    tone: 'accent',
    icon: '◔',
    title: 'Got it',
    lead: 'I’m about to ask Microsoft Graph for this export.',
    details: [...exportSteps('requested'), ...troubleDetails(troubleLine(job, now))],
    buttons: [exportButton('stop', job.id)],
  };
}

export function startingStory({ job, now }: Telling, state: Starting): Story {
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

export const troubleDetails = (line: string | undefined): readonly CardElement[] =>
  line === undefined
    ? []
    : [{ type: 'Container', style: 'warning', spacing: 'Medium', items: [paragraph(line)] }];

export function signInStory(telling: Telling, state: WaitingForSignIn): Story {
  const { buttons, ...question } = signInQuestion(state, telling);
  return {
    tone: 'warning',
    icon: '➜',
    ...question,
    buttons: [...buttons, exportButton('stop', telling.job.id)],
  };
}
