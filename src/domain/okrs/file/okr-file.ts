/** Names what a file is made from, the formats in which it is handed over, and why it cannot be read. */
/** Refers to a subject: what cards show, and what a reading, a download or a saved file is made from. */
export interface SubjectRef {
  readonly kind: 'export' | 'ownFile';
  /** UUID of the export, or of the person's own file. */
  readonly id: string;
}

/** `original`: the bytes as they came. */
export const fileFormats = ['workbook', 'spreadsheetCsv', 'original'] as const;

export type FileFormat = (typeof fileFormats)[number];

/** What a file is that is no table to read here; each has a way of its own to become one. */
export type OtherKind =
  /** A zip file or the like that holds files. */
  | 'archive'
  /** Apple's Numbers. */
  | 'numbers'
  /** `.xls`, `.xlsb`, `.ods` … */
  | 'otherSpreadsheet'
  /** A document, a picture, data. */
  | 'notATable';

/** Why a file cannot be summarised; it can still be downloaded. */
export type UnreadableCause =
  | OtherKind
  | 'noTitleColumn'
  /** Nothing but a header. */
  | 'noRows'
  /** Nothing at all, or nothing but blanks. */
  | 'empty'
  | 'tooLarge'
  | 'tooManyRows'
  | 'unpacksTooLarge'
  | 'encrypted'
  | 'damaged'
  | 'tookTooLong';

/** Why there is nothing to read out: the file's fault, or that it could not be read now. The last four are worth another try. */
export type UnreadCause = UnreadableCause | 'crashed' | 'later' | 'noRoom' | 'signInNeeded';
