/** Says what is kept about one person, asks whether to delete it, and says what was deleted. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { count } from '../../words/en/amounts.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, paragraph } from '../blocks/card-blocks.ts';

/** How much is kept about one person. */
export interface MyData {
  readonly exports: number;
  readonly openExports: number;
  readonly readings: number;
  readonly snapshots: number;
  readonly ownFiles: number;
  readonly signedIn: boolean;
}

const whatStays =
  'Files that you have downloaded or saved stay yours. Exports at Microsoft stay there until they expire; messages in your chats stay, too. How much you asked for in the last day is remembered for a day, without your name.';

/** The question. */
export function myDataCard(kept: MyData, onlyYou = false): Card {
  const parts = partsOf(kept);
  if (parts.length === 0) return nothingCard;
  const lead = 'This is what I keep about you. You can’t undo deleting it.';
  return createCard({
    summary: 'Delete your data?',
    speak: `Delete your data? ${parts.join(', ')}. ${lead}`,
    body: [
      banner({ tone: 'warning', icon: '?', title: 'Delete your data?', lead }),
      ...parts.map((part, index) => paragraph(`• ${part}`, index === 0 ? 'Medium' : 'Small')),
      ...(kept.openExports === 0
        ? []
        : [
            paragraph(
              `${openWords(kept.openExports)} If you delete, you won’t get a file for ${kept.openExports === 1 ? 'it' : 'them'} from me.`,
              'Medium',
            ),
          ]),
      footnote(whatStays),
      ...(onlyYou ? [footnote('Only you see this.')] : []),
    ],
    actions: [button({ verb: 'deleteMyData' }, { style: 'destructive' }), button({ verb: 'keepMyData' })],
  });
}

/** What went. */
export function dataDeletedCard(gone: MyData): Card {
  const parts = partsOf(gone);
  if (parts.length === 0) return nothingCard;
  return createCard({
    summary: 'Your data is deleted',
    speak: `Your data is deleted: ${parts.join(', ')}.`,
    body: [
      banner({ tone: 'good', icon: '✓', title: 'Deleted', lead: 'I no longer have this about you:' }),
      ...parts.map((part, index) => paragraph(`• ${part}`, index === 0 ? 'Medium' : 'Small')),
      footnote(`${whatStays} Paste a link or send a file to start again.`),
    ],
  });
}

/** *Cancel*. */
export const dataKeptCard = (): Card =>
  createCard({
    summary: 'Nothing was deleted',
    body: [paragraph('✓  Nothing was deleted. Say “delete my data” if you change your mind.')],
  });

const nothingCard: Card = createCard({
  summary: 'I keep nothing about you',
  body: [
    banner({
      tone: 'emphasis',
      icon: '○',
      title: 'I keep nothing about you',
      lead: 'There is no export, file or sign-in of yours here.',
    }),
  ],
});

/** Where others read along: the answer is for one person's eyes. */
export const myDataOfferCard = (): Card =>
  createCard({
    summary: 'Press the button to see what I keep about you',
    body: [paragraph('Press the button to see what I keep about you. Only you will see it.')],
    actions: [button({ verb: 'myData' }, { title: 'Show mine', style: 'positive' })],
  });

function partsOf({ exports, readings, snapshots, ownFiles, signedIn }: MyData): readonly string[] {
  return [
    ...(exports === 0 ? [] : [`${count(exports, 'export')} with ${exports === 1 ? 'its' : 'their'} details`]),
    ...(readings === 0 ? [] : [`The figures of ${count(readings, 'file')}`]),
    ...(snapshots === 0 ? [] : [`${count(snapshots, 'snapshot')} to compare with next time`]),
    ...(ownFiles === 0 ? [] : [`${count(ownFiles, 'file')} that you sent me`]),
    ...(signedIn ? ['Your sign-in'] : []),
  ];
}

const openWords = (open: number): string =>
  open === 1 ? 'One export is still being made.' : `${count(open, 'export')} are still being made.`;
