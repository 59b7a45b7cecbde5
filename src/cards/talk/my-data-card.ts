/** Says what is kept about one person, asks whether to delete it, and says what was deleted. */
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, bullets, footnote, paragraph } from '../blocks/card-blocks.ts';

/** How much is kept about one person. */
export interface MyData {
  readonly exports: number;
  readonly openExports: number;
  readonly readings: number;
  readonly snapshots: number;
  readonly ownFiles: number;
  readonly names: number;
  readonly schedules: number;
  readonly sharedNames: number;
  readonly signedIn: boolean;
}

/** The question. */
export function myDataCard(words: Words, kept: MyData): Card {
  const parts = partsOf(words, kept);
  if (parts.length === 0) return nothingCard(words);
  const { question } = words.talk.myData;
  const { title, lead } = question;
  return createCard({
    summary: title,
    speak: `${title} ${parts.join(', ')}. ${lead}`,
    body: [
      banner({ tone: 'warning', icon: '?', title, lead }),
      ...bullets(parts),
      ...(kept.openExports === 0 ? [] : [paragraph(question.openExports(kept.openExports), 'Medium')]),
      footnote(question.whatStays),
    ],
    actions: [
      button(words, { verb: 'deleteMyData' }, { style: 'destructive' }),
      button(words, { verb: 'keepMyData' }),
    ],
  });
}

/** What went. */
export function dataDeletedCard(words: Words, gone: MyData): Card {
  const parts = partsOf(words, gone);
  if (parts.length === 0) return nothingCard(words);
  const { summary, title, lead, end } = words.talk.myData.deleted;
  return createCard({
    summary,
    speak: `${summary}: ${parts.join(', ')}.`,
    body: [banner({ tone: 'good', icon: '✓', title, lead }), ...bullets(parts), footnote(end)],
  });
}

/** *Cancel*. */
export function dataKeptCard({ talk }: Words): Card {
  const { summary, text } = talk.myData.keptOn;
  return createCard({ summary, body: [paragraph(`✓  ${text}`)] });
}

function nothingCard({ talk }: Words): Card {
  const { title, lead } = talk.myData.nothing;
  return createCard({ summary: title, body: [banner({ tone: 'emphasis', icon: '○', title, lead })] });
}

function partsOf(
  { talk }: Words,
  { exports, readings, snapshots, ownFiles, names, sharedNames, schedules, signedIn }: MyData,
): readonly string[] {
  const { kept } = talk.myData;
  return [
    ...(exports === 0 ? [] : [kept.exports(exports)]),
    ...(readings === 0 ? [] : [kept.readings(readings)]),
    ...(snapshots === 0 ? [] : [kept.snapshots(snapshots)]),
    ...(ownFiles === 0 ? [] : [kept.ownFiles(ownFiles)]),
    ...(names === 0 ? [] : [kept.names(names)]),
    ...(schedules === 0 ? [] : [kept.schedules(schedules)]),
    ...(sharedNames === 0 ? [] : [kept.sharedNames(sharedNames)]),
    ...(signedIn ? [kept.signIn] : []),
  ];
}
