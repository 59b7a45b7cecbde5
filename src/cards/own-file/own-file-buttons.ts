/** Builds the buttons on the card of a person's own file. */
import type { CardButton } from '../blocks/adaptive-card.ts';
import type { OwnFileVerb } from '../blocks/card-actions.ts';
import { button } from '../blocks/card-actions.ts';

const titles: Readonly<Record<OwnFileVerb, string>> = {
  showFile: 'Show',
  downloadFile: 'Download',
  fileChanges: 'All changes',
  readFileAgain: 'Read again',
  saveFileWorkbook: 'Excel workbook',
  saveFileSpreadsheetCsv: 'CSV for spreadsheets',
  saveFileOriginal: 'Original file',
};

export const ownFileButton = (
  verb: OwnFileVerb,
  fileId: string,
  look: { readonly title?: string; readonly style?: 'positive' } = {},
): CardButton => button(look.title ?? titles[verb], { verb, fileId }, look.style);

export const ownFileSaveChoices = (fileId: string): readonly CardButton[] => [
  ownFileButton('saveFileWorkbook', fileId),
  ownFileButton('saveFileSpreadsheetCsv', fileId),
  ownFileButton('saveFileOriginal', fileId),
];
