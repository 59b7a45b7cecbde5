/** Draws the card of one export: the requester's own with every detail, the public one, and what takes their place. */
import { isOfferedToOthers, type ExportJob } from '../../domain/exports/export-job.ts';
import { ownTarget } from '../../domain/exports/own-target.ts';
import { wordsAbout, wordsOfSource, type Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button, exportButton } from '../blocks/buttons.ts';
import { banner, footnote, paragraph } from '../blocks/card-blocks.ts';
import { wordRow } from '../blocks/select-row.ts';
import { downloadPageBlock, exportIdentity, exportName, targetRow } from './export-blocks.ts';
import type { Story, StoryContent } from './export-blocks.ts';
import { exportSteps, publicPhase } from './export-progress.ts';
import { failedStory } from './failed-story.ts';
import { parkedStory, stoppedStory } from './halted-story.ts';
import { followingStory, requestedStory, signInStory, startingStory } from './open-story.ts';
import { expiredStory, readyStory } from './ready-story.ts';

export interface ExportCardContent extends StoryContent {
  /** `public` says who asked, for what and the phase, and nothing else, whatever else is given. */
  readonly audience: 'owner' | 'public';
  readonly note?: ExportNote;
}

/** The same job at the same time gives the same card. */
export const exportCard = (general: Words, content: ExportCardContent): Card => {
  const words = wordsAbout(general, content.job.target);
  return content.audience === 'public'
    ? publicCard(words, content.job)
    : ownerCard(words, { ...content, job: { ...content.job, target: ownTarget(content.job) } });
};

function ownerCard(words: Words, content: ExportCardContent): Card {
  const { job, note, onlyYou = false } = content;
  const { card } = words.exports;
  const story = storyOf(words, content);
  const summary = card.titled(exportName(words, job), story.title);
  return createCard({
    summary,
    speak: [`${summary}.`, story.lead ?? '', story.spoken ?? ''].join(' ').trim(),
    body: [
      banner(story),
      ...exportNote(words, job, note),
      ...story.details,
      ...waysOn(words, content),
      ...(story.namesItself === true ? [] : [exportIdentity(words, job, 'owner')]),
      ...(job.bySchedule === true ? [footnote(card.bySchedule)] : []),
      ...(onlyYou ? [footnote(card.onlyYou)] : []),
    ],
    actions: story.buttons,
  });
}

/** What this view leads to beside the export's own buttons: the page with the file, and the list that it was asked on. */
function waysOn(words: Words, { download, from }: ExportCardContent): readonly CardElement[] {
  const title = words.exports.card.backToList;
  return [
    ...(download === undefined ? [] : [downloadPageBlock(words, download)]),
    ...(from === 'list' ? [wordRow(button(words, { verb: 'list' }, { title }))] : []),
  ];
}

function storyOf(words: Words, content: StoryContent): Story {
  const { state } = content.job;
  switch (state.status) {
    case 'requested':
      return requestedStory(words, content);
    case 'waitingForSignIn':
      return signInStory(words, content, state);
    case 'starting':
      return startingStory(words, content, state);
    case 'waiting':
    case 'running':
      return followingStory(words, content, state);
    case 'ready':
      return readyStory(words, content, state);
    case 'failed':
      return failedStory(words, content, state);
    case 'expired':
      return expiredStory(words, content, state);
    case 'stopped':
      return stoppedStory(words, content, state);
    case 'parked':
      return parkedStory(words, content, state);
  }
}

/** Teams asks for the requester's own view by itself: `refresh` names only them. */
function publicCard(words: Words, job: ExportJob): Card {
  const { card } = words.exports;
  const phase = publicPhase(words, job.state.status);
  const isOffered = isOfferedToOthers(job);
  const footer = isOffered ? `${card.onlyRequester} ${card.getItYourself}` : card.onlyRequester;
  const summary = card.titled(exportName(words, job), phase.title);
  return createCard({
    summary,
    speak: `${summary}. ${phase.lead ?? ''}`.trim(),
    body: [
      banner(phase),
      ...exportSteps(words, job.state.status),
      exportIdentity(words, job, 'everybody'),
      footnote(footer),
    ],
    actions: [
      exportButton(words, 'show', job.id),
      ...(isOffered ? [exportButton(words, 'exportForMe', job.id)] : []),
    ],
    refresh: {
      action: exportButton(words, 'show', job.id),
      userIds: [job.requester.channelUserId],
    },
  });
}

/** What came of the button just pressed. */
export type ExportNote = 'alreadyOpenElsewhere' | 'nothingToDo' | 'notReady' | 'stillWorking';

function exportNote(
  words: Words,
  { target }: ExportJob,
  note: ExportNote | undefined,
): readonly CardElement[] {
  if (note === undefined) return [];
  const { notes } = words.exports.card;
  const said = note === 'alreadyOpenElsewhere' ? wordsOfSource(words, target).alreadyOpen : notes[note];
  return [{ type: 'Container', style: 'emphasis', spacing: 'Medium', items: [paragraph(said)] }];
}

/** Takes the place of a card that moved down. */
export function movedCard(words: Words, job: ExportJob): Card {
  const { moved } = words.exports.card;
  return createCard({
    summary: moved.summary(exportName(words, job)),
    body: [paragraph(`↓  ${moved.text}`), targetRow(words, job.target)],
  });
}

/** Takes the place of a card that was deleted. */
export function forgottenCard({ exports: { card } }: Words): Card {
  const { summary, text } = card.forgotten;
  return createCard({ summary, body: [paragraph(`○  ${text}`)] });
}
