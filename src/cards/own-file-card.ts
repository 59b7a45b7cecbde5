/** Answers for the card of a file that a person sent: one card from "got it" to what it says. */
import type { OwnFile } from '../domain/own-files/own-file.ts';
import { createCard } from './adaptive-card.ts';
import type { Card, CardElement } from './adaptive-card.ts';
import { banner, data, footnote, row, rowGroup, rowIf } from './card-blocks.ts';
import { fileSize } from './file-size.ts';
import { localDateTime } from './local-time.ts';
import type { OwnFileTelling } from './own-file-story.ts';
import { ownFileStory } from './own-file-story.ts';

export function ownFileCard(content: OwnFileTelling): Card {
  const { file, note } = content;
  const story = ownFileStory(content);
  return createCard({
    summary: `Your file: ${story.title}`,
    speak: [`Your file: ${story.title}.`, story.lead ?? '', story.spoken ?? ''].join(' ').trim(),
    body: [
      banner(story),
      ...(note === undefined ? [] : [footnote(note)]),
      ...story.details,
      ...fileRows(file),
    ],
    actions: story.buttons,
  });
}

function fileRows({ name, size, kind, receivedAt, keptUntil }: OwnFile): readonly CardElement[] {
  const type = kind === undefined ? undefined : kind === 'csv' ? 'CSV' : 'Excel';
  const about = [type, size === undefined ? undefined : fileSize(size)].filter((one) => one !== undefined);
  const until = localDateTime(keptUntil);
  return rowGroup([
    row('Name', data(name)),
    ...rowIf('File', about.length === 0 ? undefined : about.join(', ')),
    ...rowIf('Received', localDateTime(receivedAt)),
    ...rowIf('Kept', until === undefined ? undefined : `until ${until}`),
  ]);
}
