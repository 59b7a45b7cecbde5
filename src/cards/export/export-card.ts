/** Draws the card of one export: the requester's own with every detail, the public one, and what takes their place. */
import { isOfferedToOthers, type ExportJob } from '../../domain/exports/export-job.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button, exportButton } from '../blocks/buttons.ts';
import { banner, footnote, paragraph, row } from '../blocks/card-blocks.ts';
import { downloadPageBlock, exportIdentity, exportName, targetLink } from './export-blocks.ts';
import type { Story, StoryContent } from './export-blocks.ts';
import { exportSteps, publicPhase } from './export-progress.ts';
import { failedStory } from './failed-story.ts';
import { parkedStory, stoppedStory } from './halted-story.ts';
import { followingStory, requestedStory, signInStory, startingStory } from './open-story.ts';
import { expiredStory, readyStory } from './ready-story.ts';

export interface ExportCardContent extends StoryContent {
  /** `public` says who asked, which view and the phase, and nothing else, whatever else is given. */
  readonly audience: 'owner' | 'public';
  readonly note?: ExportNote;
}

/** The same job at the same time gives the same card. */
export const exportCard = (content: ExportCardContent): Card =>
  content.audience === 'public' ? publicCard(content.job) : ownerCard(content);

function ownerCard(content: ExportCardContent): Card {
  const { job, note, onlyYou = false } = content;
  const story = storyOf(content);
  return createCard({
    summary: `${exportName(job)}: ${story.title}`,
    speak: [`${exportName(job)}: ${story.title}.`, story.lead ?? '', story.spoken ?? ''].join(' ').trim(),
    body: [
      banner(story),
      ...exportNote(note),
      ...story.details,
      ...waysOn(content),
      ...(story.namesItself === true ? [] : [exportIdentity(job, 'owner')]),
      ...(onlyYou ? [footnote('Only you see these details.')] : []),
    ],
    actions: story.buttons,
  });
}

/** What this view leads to beside the export's own buttons: the page with the file, and the list that it was asked on. */
function waysOn({ download, from }: ExportCardContent): readonly CardElement[] {
  const back = from === 'list' ? [button({ verb: 'list' }, { title: 'Back to the list' })] : [];
  if (download !== undefined) return [downloadPageBlock(download, back)];
  return back.length === 0 ? [] : [{ type: 'ActionSet', spacing: 'Medium', actions: back }];
}

function storyOf(content: StoryContent): Story {
  const { state } = content.job;
  switch (state.status) {
    case 'requested':
      return requestedStory(content);
    case 'waitingForSignIn':
      return signInStory(content, state);
    case 'starting':
      return startingStory(content, state);
    case 'waiting':
    case 'running':
      return followingStory(content, state);
    case 'ready':
      return readyStory(content, state);
    case 'failed':
      return failedStory(content, state);
    case 'expired':
      return expiredStory(content, state);
    case 'stopped':
      return stoppedStory(content, state);
    case 'parked':
      return parkedStory(content, state);
  }
}

const forTheRequester = 'Only the person who asked sees the details and the file.';
const forEverybodyElse = 'To get this export yourself, press Export it for me.';

/** Teams asks for the requester's own view by itself: `refresh` names only them. */
function publicCard(job: ExportJob): Card {
  const phase = publicPhase[job.state.status];
  const isOffered = isOfferedToOthers(job);
  const footer = isOffered ? `${forTheRequester} ${forEverybodyElse}` : forTheRequester;
  return createCard({
    summary: `${exportName(job)}: ${phase.title}`,
    speak: `${exportName(job)}: ${phase.title}. ${phase.lead ?? ''}`.trim(),
    body: [
      banner(phase),
      ...exportSteps(job.state.status),
      exportIdentity(job, 'everybody'),
      footnote(footer),
    ],
    actions: [exportButton('show', job.id), ...(isOffered ? [exportButton('exportForMe', job.id)] : [])],
    refresh: {
      action: exportButton('show', job.id),
      userIds: [job.requester.channelUserId],
    },
  });
}

/** What came of the button just pressed. */
export type ExportNote = 'alreadyOpenElsewhere' | 'nothingToDo' | 'notReady' | 'stillWorking';

const noteWords: Readonly<Record<ExportNote, string>> = {
  alreadyOpenElsewhere: 'You already have an open export of this view. This is the one.',
  nothingToDo: 'Nothing to do: this is how the export stands now.',
  notReady: 'There is no file to download at the moment. This is how the export stands now.',
  stillWorking: 'Working on it – the card changes when I’m done.',
};

const exportNote = (note: ExportNote | undefined): readonly CardElement[] =>
  note === undefined
    ? []
    : [{ type: 'Container', style: 'emphasis', spacing: 'Medium', items: [paragraph(noteWords[note])] }];

/** Takes the place of a card that moved down. */
export const movedCard = (job: ExportJob): Card =>
  createCard({
    summary: `${exportName(job)}: its card moved down`,
    body: [
      paragraph('↓  This export’s card moved further down in this conversation.'),
      row('View', targetLink(job.target)),
    ],
  });

/** Takes the place of a card that was deleted. */
export const forgottenCard = (): Card =>
  createCard({
    summary: 'This export was deleted',
    body: [paragraph('○  This export was deleted together with the data of the person who asked for it.')],
  });
