/** Tells the requester why an export does not go on although it could: it was stopped, or is paused. */
import type { ParkCause, Parked, Stopped } from '../../domain/exports/export-job.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { data, paragraph, row } from '../blocks/card-blocks.ts';
import { exportButton } from '../blocks/buttons.ts';
import type { Story, StoryContent } from './export-blocks.ts';

export function stoppedStory({ job }: StoryContent, state: Stopped): Story {
  return {
    ...(state.by === 'person' ? stoppedByPerson(state) : stoppedWithoutSignIn),
    details: [],
    buttons: [exportButton('resume', job.id, { style: 'positive' })],
  };
}

function stoppedByPerson({ graphJobId, outcomeUnknown }: Stopped): Banner {
  const goesOn =
    'I no longer watch this export. Microsoft Graph can’t cancel it, so it may still finish there. Press Resume to watch it again.';
  const neverBegan = 'I stopped before Microsoft Graph was asked. Press Resume to start it.';
  const began = graphJobId !== undefined || outcomeUnknown === true;
  return { tone: 'emphasis', icon: '■', title: 'Stopped', lead: began ? goesOn : neverBegan };
}

const stoppedWithoutSignIn: Banner = {
  tone: 'emphasis',
  icon: '■',
  title: 'Stopped – nobody signed in',
  lead: 'It needs a sign-in or an approval that did not come. Press Resume when you are ready, and I’ll ask again.',
};

const pauses: Readonly<Record<ParkCause, Pick<Banner, 'title' | 'lead'>>> = {
  oddAnswers: {
    title: 'Paused – odd answers from Microsoft Graph',
    lead: 'It answered several times in a way I don’t understand, so I stopped asking. Nothing is lost. Wait a while, then press Resume.',
  },
  operatorFault: {
    title: 'Paused – this bot is misconfigured',
    lead: 'Its operator was told. Your export goes on by itself once this is mended. You can also press Resume to try now.',
  },
  crashedTooOften: {
    title: 'Something went wrong with this one',
    lead: 'I failed on this export several times, so I set it aside and told the bot’s operator. Press Resume to try once more.',
  },
  followedTooLong: {
    title: 'Paused – still not finished',
    lead: 'Microsoft Graph has taken so long that I stopped looking. Press Resume to look again.',
  },
};

/** Whether the operator can do something about it, and does not know yet. */
const isForOperator: Readonly<Record<ParkCause, boolean>> = {
  oddAnswers: true,
  operatorFault: false,
  crashedTooOften: true,
  followedTooLong: false,
};

export function parkedStory({ job }: StoryContent, state: Parked): Story {
  const noHurry = state.cause === 'operatorFault';
  return {
    tone: 'warning',
    icon: '‖',
    ...pauses[state.cause],
    details: [
      ...(isForOperator[state.cause]
        ? [paragraph('If it happens again, tell the bot’s operator and quote the reference.', 'Medium')]
        : []),
      // The operator finds both in the log; two would leave people wondering which one to quote.
      row('Reference', data(state.correlationId ?? job.id, 'Monospace'), 'Medium'),
    ],
    buttons: [
      exportButton('resume', job.id, noHurry ? {} : { style: 'positive' }),
      exportButton('stop', job.id),
    ],
  };
}
