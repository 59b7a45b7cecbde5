/** Answers for `delete my data`: says what would go and asks; then says what went. */
import { createCard } from './adaptive-card.ts';
import type { Card } from './adaptive-card.ts';
import { count } from './amounts.ts';
import { button } from './card-actions.ts';
import { banner, footnote, paragraph } from './card-blocks.ts';

/** How much is kept of one person. */
export interface MyData {
  readonly exports: number;
  readonly openExports: number;
  readonly readings: number;
  readonly snapshots: number;
  readonly ownFiles: number;
  readonly signedIn: boolean;
}

const whatStays =
  'Files that you have downloaded or saved stay yours. Exports at Microsoft stay there until they expire; messages in your chats stay, too.';

/** The question. */
export function myDataCard(kept: MyData, onlyYou = false): Card {
  const parts = partsOf(kept);
  if (parts.length === 0) return nothingCard;
  const lead = 'This is what I keep of you. Shall I delete it? There is no way back.';
  return createCard({
    summary: 'Delete what I keep of you?',
    speak: `Delete what I keep of you? ${parts.join(', ')}.`,
    body: [
      banner({ tone: 'warning', icon: '?', title: 'Delete your data?', lead }),
      ...parts.map((part, index) => paragraph(`• ${part}`, index === 0 ? 'Medium' : 'Small')),
      ...(kept.openExports === 0
        ? []
        : [
            paragraph(
              `${openWords(kept.openExports)} I stop watching, and you get no file from me.`,
              'Medium',
            ),
          ]),
      footnote(whatStays),
      ...(onlyYou ? [footnote('Only you see this.')] : []),
    ],
    actions: [button('Delete everything', { verb: 'deleteMyData' }, 'destructive')],
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
      banner({ tone: 'good', icon: '✓', title: 'Deleted', lead: 'I have forgotten this about you:' }),
      ...parts.map((part, index) => paragraph(`• ${part}`, index === 0 ? 'Medium' : 'Small')),
      footnote(`${whatStays} Paste a link or send a file to start anew.`),
    ],
  });
}

const nothingCard: Card = createCard({
  summary: 'I keep nothing of you',
  body: [
    banner({
      ...{ tone: 'emphasis', icon: '○', title: 'I keep nothing of you' },
      lead: 'There is no export, file or sign-in of yours here.',
    }),
  ],
});

/** Where others read along: the answer is for one person's eyes. */
export const myDataOfferCard = (): Card =>
  createCard({
    summary: 'Press the button to see what I keep of you',
    body: [
      paragraph('What I keep of you is for your eyes only. Press the button and you alone will see it.'),
    ],
    actions: [button('Show mine', { verb: 'myData' }, 'positive')],
  });

function partsOf({ exports, readings, snapshots, ownFiles, signedIn }: MyData): readonly string[] {
  return [
    ...(exports === 0 ? [] : [`${count(exports, 'export')} with their cards’ details`]),
    ...(readings === 0 ? [] : [`The figures of ${count(readings, 'file')}`]),
    ...(snapshots === 0 ? [] : [`${count(snapshots, 'snapshot')} to compare with next time`]),
    ...(ownFiles === 0 ? [] : [`${count(ownFiles, 'file')} that you sent me`]),
    ...(signedIn ? ['Your sign-in'] : []),
  ];
}

const openWords = (open: number): string =>
  open === 1 ? 'One export is still being made:' : `${count(open, 'export')} are still being made:`;
