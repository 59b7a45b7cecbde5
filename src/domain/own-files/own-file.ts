/** Defines a file that somebody sent to the bot, and the states it goes through. */
import type { Requester } from '../exports/export-job.ts';
import type { OtherKind, UnreadCause } from '../okrs/file/okr-file.ts';

/** Why the file itself never came to be here. */
export type NotTakenCause =
  /** Teams' link to it lives minutes only: it has to be sent again. */
  | 'linkTooOld'
  /** Its link leads to a host that the operator has not allowed. */
  | 'hostNotAllowed'
  /** Its link leads on to another place, which is not followed. */
  | 'redirected'
  | 'tooLarge'
  | 'empty'
  /** Neither CSV nor XLSX, whatever its name says. */
  | OtherKind
  | 'unreachable';

export type OwnFileState =
  /** Being fetched. */
  | { readonly status: 'received' }
  | { readonly status: 'reading' }
  | { readonly status: 'read' }
  | { readonly status: 'unread'; readonly why: UnreadCause }
  | { readonly status: 'notTaken'; readonly why: NotTakenCause };

export interface OwnFile {
  /** UUID. */
  readonly id: string;
  readonly owner: Requester;
  /** As the person named it; data, never markup. */
  readonly name: string;
  /** Found by looking into it. */
  readonly kind?: 'csv' | 'xlsx';
  /** Bytes. */
  readonly size?: number;
  readonly receivedAt: Date;
  readonly state: OwnFileState;
  /** Until then it can be handed over in any format; absent while there is nothing to hand over. */
  readonly keptUntil?: Date;
  /** Grows by one with every change that its card shows. */
  readonly version: number;
}

/** As configured: `MAX_UPLOAD_MB`, `MAX_ROWS`. */
export interface OwnFileLimits {
  readonly megabytes: number;
  readonly rows: number;
}

const endings: Readonly<Record<Exclude<OtherKind, 'notATable'>, readonly string[]>> = {
  archive: ['zip', 'rar', '7z', 'gz', 'tgz', 'tar', 'bz2', 'xz'],
  otherSpreadsheet: ['xls', 'xlsb', 'xlt', 'xlw', 'ods', 'fods', 'ots', 'wks', 'et'],
  numbers: ['numbers'],
};
const kindOfEnding = (ending: string) =>
  (['archive', 'otherSpreadsheet', 'numbers'] as const).find((kind) => endings[kind].includes(ending));

/** What a file that is neither CSV nor XLSX by its name probably is. */
export const otherKindOf = (name: string): OtherKind =>
  kindOfEnding(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '') ?? 'notATable';
