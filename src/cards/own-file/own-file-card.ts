/** Builds the card of a file that a person sent: one card from "got it" to what it says. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, data, footnote, row, rowGroup } from '../blocks/card-blocks.ts';
import type { OwnFileTelling } from './own-file-story.ts';
import { fileFacts, ownFileStory } from './own-file-story.ts';
import { downloadPageBlock } from '../export/download-and-save.ts';

export function ownFileCard(content: OwnFileTelling): Card {
  const { file, note, download } = content;
  const story = ownFileStory(content);
  return createCard({
    summary: `Your file: ${story.title}`,
    speak: [`Your file: ${story.title}.`, story.lead ?? '', story.spoken ?? ''].join(' ').trim(),
    body: [
      banner(story),
      ...(note === undefined ? [] : [footnote(note)]),
      ...story.details,
      ...(download === undefined ? [] : [downloadPageBlock(download)]),
      ...(story.namesItself === true ? [] : rowGroup([row('Name', data(file.name)), ...fileFacts(file)])),
    ],
    actions: story.buttons,
  });
}
