/** Tells the requester why an export does not go on although it could: it was stopped, or is paused. */
import type { ParkCause, Parked, Stopped } from '../../domain/exports/export-job.ts';
import type { Words } from '../../words/words.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { data, paragraph, row } from '../blocks/card-blocks.ts';
import { stateButtons } from '../blocks/buttons.ts';
import type { Story, StoryContent } from './export-blocks.ts';

export function stoppedStory(words: Words, { job }: StoryContent, state: Stopped): Story {
  return {
    tone: 'emphasis',
    icon: '■',
    ...whyStopped(words, state),
    details: [],
    buttons: stateButtons(words, job, 'positive'),
  };
}

function whyStopped(
  { exports: { stopped } }: Words,
  { by, graphJobId, outcomeUnknown }: Stopped,
): Pick<Banner, 'title' | 'lead'> {
  if (by === 'noSignIn') return stopped.withoutSignIn;
  const began = graphJobId !== undefined || outcomeUnknown === true;
  return { title: stopped.title, lead: began ? stopped.goesOn : stopped.neverBegan };
}

/** Whether the operator can do something about it, and does not know yet. */
const isForOperator: Readonly<Record<ParkCause, boolean>> = {
  oddAnswers: true,
  operatorFault: false,
  crashedTooOften: true,
  followedTooLong: false,
};

export function parkedStory(words: Words, { job }: StoryContent, state: Parked): Story {
  const { failed, paused } = words.exports;
  const noHurry = state.cause === 'operatorFault';
  return {
    tone: 'warning',
    icon: '‖',
    ...paused.causes[state.cause],
    details: [
      ...(isForOperator[state.cause] ? [paragraph(paused.tellOperator, 'Medium')] : []),
      // The operator finds both in the log; two would leave people wondering which one to quote.
      row(failed.reference, data(state.correlationId ?? job.id, 'Monospace'), 'Medium'),
    ],
    buttons: stateButtons(words, job, noHurry ? undefined : 'positive'),
  };
}
