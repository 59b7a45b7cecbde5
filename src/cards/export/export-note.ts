/** Answers for the one line that tells what came of the button just pressed. */
import type { CardElement } from '../blocks/adaptive-card.ts';
import { paragraph } from '../blocks/card-blocks.ts';

export type ExportNote = 'alreadyOpenElsewhere' | 'nothingToDo' | 'notReady' | 'stillWorking';

const words: Readonly<Record<ExportNote, string>> = {
  alreadyOpenElsewhere: 'You already have an open export of this view. This is the one.',
  nothingToDo: 'Nothing to do: this is how the export stands now.',
  notReady: 'There is no file to download at the moment. This is how the export stands now.',
  stillWorking: 'Working on it – the card changes when I’m done.',
};

export const exportNote = (note: ExportNote | undefined): readonly CardElement[] =>
  note === undefined
    ? []
    : [{ type: 'Container', style: 'emphasis', spacing: 'Medium', items: [paragraph(words[note])] }];
