/** Types what the requester's card tells in each state (banner, details, buttons), and builds its buttons. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { UsualDuration } from '../../domain/exports/usual-duration.ts';
import type { CardButton, CardElement, Fold } from '../blocks/adaptive-card.ts';
import type { Answer } from '../figures/answer-block.ts';
import { button } from '../blocks/card-actions.ts';
import type { ExportVerb } from '../blocks/card-actions.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import type { DownloadLink } from './download-and-save.ts';

export interface Story extends Banner {
  readonly details: readonly CardElement[];
  readonly buttons: readonly (CardButton | Fold)[];
  /** Its details say already which export or file it is about. */
  readonly namesItself?: true;
  /** More for a screen reader, in plain words. */
  readonly spoken?: string;
}

/** What a story is made from. */
export interface StoryContent {
  readonly job: ExportJob;
  readonly now: Date;
  /** Where an administrator allows the app; may be forwarded. */
  readonly adminUrl?: string;
  readonly download?: DownloadLink;
  /** What its file says, once it was read. */
  readonly answer?: Answer;
  /** How long it usually takes, once there is a history. */
  readonly usual?: UsualDuration;
  /** Asked for on a list: leads back there. */
  readonly from?: 'list';
  /** The requester's own view of a card that others see differently: says so, and offers to share. */
  readonly onlyYou?: boolean;
  /** Teams can save files to this person's OneDrive from here. */
  readonly canSave?: boolean;
}

const titles: Readonly<Record<ExportVerb, string>> = {
  view: 'Show my details',
  refresh: 'Refresh',
  download: 'Download',
  stop: 'Stop watching',
  retry: 'Try again',
  resume: 'Resume',
  exportAgain: 'Export again',
  exportForMe: 'Export it for me',
  allChanges: 'All changes',
  readAgain: 'Read again',
  share: 'Share',
  shareNow: 'Share it here',
  saveWorkbook: 'Excel workbook',
  saveSpreadsheetCsv: 'CSV for spreadsheets',
  saveOriginal: 'Original file',
};

/** A button that acts on the export. */
export const exportButton = (
  verb: ExportVerb,
  exportId: string,
  look: { readonly title?: string; readonly style?: 'positive'; readonly from?: StoryContent['from'] } = {},
): CardButton => button(look.title ?? titles[verb], { verb, exportId, from: look.from }, look.style);
