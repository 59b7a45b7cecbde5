/** Lists every button in one table: what it says, what it is about, how it behaves; and draws it. */
import { z } from 'zod';
import { fileFormats, type FileFormat, type SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import { present } from '../../domain/present.ts';
import type { Execute } from './adaptive-card.ts';

interface ButtonEntry {
  readonly title: string;
  /** The kinds of subject that it acts on; without, it carries none. */
  readonly on?: readonly SubjectRef['kind'][];
  /** What it carries beside its subject. */
  readonly carries?: z.ZodRawShape;
  /** Graph is asked as the person: without their token they sign in first. An own file needs nobody's. */
  readonly needsToken?: true;
  /** Everybody in a group may read its answer; the others answer their presser only. */
  readonly forAll?: true;
}

const onBoth = ['export', 'ownFile'] as const;
const onExports = ['export'] as const;
/** Graph's job ids are opaque; the alphabet is the widest that its samples show. */
const graphJobId = z.string().regex(/^[A-Za-z0-9!_-]{1,256}$/);

const table = {
  show: { title: 'Show my details', on: onBoth },
  download: { title: 'Download', on: onBoth, needsToken: true },
  save: { title: 'Save to OneDrive', on: onBoth, carries: { format: z.enum(fileFormats) } },
  allChanges: { title: 'All changes', on: onBoth },
  readAgain: { title: 'Read again', on: onBoth },
  refresh: { title: 'Refresh', on: onExports },
  stop: { title: 'Stop watching', on: onExports },
  retry: { title: 'Try again', on: onExports },
  resume: { title: 'Resume', on: onExports },
  exportAgain: { title: 'Export again', on: onExports },
  exportForMe: { title: 'Export it for me', on: onExports, forAll: true },
  share: { title: 'Share', on: onExports },
  shareNow: { title: 'Share it here', on: onExports },
  followGraphJob: { title: 'Follow', carries: { graphJobId }, needsToken: true },
  help: { title: 'How it works', forAll: true },
  list: { title: 'My exports', needsToken: true },
  signIn: { title: 'Sign in' },
  myData: { title: 'Show my data' },
  deleteMyData: { title: 'Delete everything' },
  keepMyData: { title: 'Cancel' },
} as const satisfies Readonly<Record<string, ButtonEntry>>;

export const buttons: Readonly<Record<Verb, ButtonEntry>> = table;

export type Verb = keyof typeof table;
type Entry<V extends Verb> = (typeof table)[V];
type SubjectOf<Kind> = Omit<SubjectRef, 'kind'> & { readonly kind: Kind };

/** What one button carries: its verb and at most one opaque id. `from`: where the answer leads back to. */
export type ActionOf<V extends Verb> = { readonly verb: V } & (Entry<V> extends {
  readonly on: readonly (infer Kind)[];
}
  ? { readonly subject: SubjectOf<Kind>; readonly from?: 'list' | undefined }
  : unknown) &
  (Entry<V> extends { readonly carries: infer Shape extends z.ZodRawShape }
    ? Readonly<z.infer<z.ZodObject<Shape>>>
    : unknown);

/** What a button carries. Who pressed it comes from the activity only. */
export type CardAction = { [V in Verb]: ActionOf<V> }[Verb];

/** Verbs that act on an export and need nothing else. */
export type ExportVerb = {
  [V in Verb]: Entry<V> extends { readonly carries: unknown }
    ? never
    : Entry<V> extends { readonly on: unknown }
      ? V
      : never;
}[Verb];

/** True when `followGraphJob` can carry the id. */
export const canCarry = (jobId: string): boolean => graphJobId.safeParse(jobId).success;

interface Look {
  /** Where the table's words do not fit. */
  readonly title?: string | undefined;
  readonly style?: Execute['style'] | undefined;
}

/** A button for clients with and without Universal Actions. */
export function button(
  action: CardAction,
  { title = buttons[action.verb].title, style }: Look = {},
): Execute {
  const data = present(action);
  return {
    type: 'Action.Execute',
    title,
    verb: action.verb,
    data,
    ...(style !== undefined && { style }),
    fallback: { type: 'Action.Submit', title, data },
  };
}

export const exportButton = (
  verb: ExportVerb,
  exportId: string,
  { from, ...look }: Look & { readonly from?: 'list' | undefined } = {},
): Execute => button({ verb, subject: { kind: 'export', id: exportId }, from }, look);

const formatTitles: Readonly<Record<FileFormat, string>> = {
  workbook: 'Excel workbook',
  spreadsheetCsv: 'CSV for spreadsheets',
  original: 'Original file',
};

export const saveButton = (subject: SubjectRef, format: FileFormat, title = formatTitles[format]): Execute =>
  button({ verb: 'save', subject, format }, { title });
