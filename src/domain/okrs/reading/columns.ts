/** Recognises the columns of an export by their headers. */
/** The fields of a row that a column of their own fills. */
export type OkrField =
  | 'id'
  | 'title'
  | 'team'
  | 'creator'
  | 'owner'
  | 'period'
  | 'startsOn'
  | 'endsOn'
  | 'description'
  | 'alignedTo'
  | 'metricName'
  | 'unit'
  | 'target'
  | 'objectType'
  | 'goalType'
  | 'start'
  | 'createdAt'
  | 'lastCheckInOn'
  | 'progress'
  | 'actualProgress'
  | 'status'
  | 'lastNote'
  | 'score'
  | 'bucket'
  | 'checkIns';

/** How a source calls its columns; how they are written (capitals, spaces) does not matter. */
export type ColumnNames = Readonly<Partial<Record<OkrField, readonly string[]>>>;

/** The usual headers; gaps are told in these words. */
export const usualHeaders: Readonly<Record<OkrField, string>> = {
  id: 'Id',
  title: 'Title',
  team: 'Team',
  creator: 'Creator',
  owner: 'Owner',
  period: 'Period',
  startsOn: 'Start Date',
  endsOn: 'End Date',
  description: 'Description',
  alignedTo: 'Aligned To',
  metricName: 'Metric Name',
  unit: 'Unit',
  target: 'Target',
  objectType: 'Object Type',
  goalType: 'Goal Type',
  start: 'Start',
  createdAt: 'Created At',
  lastCheckInOn: 'Last Check-in',
  progress: 'Progress %',
  actualProgress: 'Actual Progress',
  status: 'Status',
  lastNote: 'Last Check-in Note',
  score: 'Score',
  bucket: 'Bucket',
  checkIns: 'Checkins',
};

/** Further spellings; `OKR type` and `Type name` are from a known variant, `Type` is what our own workbook says. */
const otherSpellings: ColumnNames = {
  team: ['teams'],
  owner: ['owners'],
  objectType: ['okr type', 'type'],
  goalType: ['type name'],
  progress: ['progress', 'progress (%)'],
  checkIns: ['check-ins', 'check ins'],
};

export const usualColumns: ColumnNames = Object.fromEntries(
  (Object.keys(usualHeaders) as OkrField[]).map((field) => [
    field,
    [usualHeaders[field], ...(otherSpellings[field] ?? [])],
  ]),
);

interface Meaning {
  readonly field: OkrField;
  /** Of the naming that says so. */
  readonly nth: number;
}

/** What each name means. */
export type KnownColumns = ReadonlyMap<string, Meaning>;

/** Of two namings that take one name, or of which a file has both names, the earlier one counts. */
export function knownColumns(namings: readonly ColumnNames[]): KnownColumns {
  const known = new Map<string, Meaning>();
  for (const [nth, naming] of namings.entries())
    for (const field of Object.keys(naming) as OkrField[])
      for (const name of naming[field] ?? [])
        if (!known.has(plain(name))) known.set(plain(name), { field, nth });
  return known;
}

/** More columns than this are no export of ours; cells beyond are left out. */
export const maxColumns = 2_000;

export interface Columns {
  readonly fields: ReadonlyMap<OkrField, number>;
  /** Columns that are not known here. */
  readonly others: readonly { readonly header: string; readonly at: number }[];
  /** From here on each cell is a further check-in: behind the last column with a name. */
  readonly furtherCheckInsFrom: number;
}

/** Undefined when no column is the title. Of two columns with one name the first counts, the second passes through. */
export function readColumns(header: readonly string[], known = usual): Columns | undefined {
  const names = header.slice(0, maxColumns).map((name) => unnumbered(plain(name)));
  const meanings = names.map((name) => meaningOf(name, known));
  const fields = new Map<OkrField, number>();
  meanings.forEach((meaning, at) => {
    if (meaning === undefined) return;
    const earlier = meanings[fields.get(meaning.field) ?? -1];
    if (earlier === undefined || meaning.nth < earlier.nth) fields.set(meaning.field, at);
  });
  if (!fields.has('title')) return undefined;
  const taken = new Set(fields.values());
  const others = names.flatMap((name, at) =>
    name === '' || taken.has(at) ? [] : [{ header: oneLine(header[at] ?? ''), at }],
  );
  return { fields, others, furtherCheckInsFrom: names.findLastIndex((name) => name !== '') + 1 };
}

/** What the record says there, trimmed; undefined for nothing. */
export function cellOf({ fields }: Columns, record: readonly string[], field: OkrField): string | undefined {
  const at = fields.get(field);
  const text = at === undefined ? '' : (record[at] ?? '').trim();
  return text === '' ? undefined : text;
}

/** Characters; no name is longer, and texts often are. */
const longestName = 100;

/** How many fields this record names: the more, the more it looks like a header. */
export function countKnownColumns(record: readonly string[], known = usual): number {
  const fields = new Set<OkrField>();
  for (const cell of record.slice(0, maxColumns)) {
    const meaning = cell.length > longestName ? undefined : meaningOf(plain(cell), known);
    if (meaning !== undefined) fields.add(meaning.field);
  }
  return fields.size;
}

/** The documented header of alignments goes on with `(weight, Objective ID)`. */
const meaningOf = (name: string, known: KnownColumns): Meaning | undefined =>
  known.get(name.startsWith('aligned to') ? name.replace(/^aligned to ?\(.*/, 'aligned to') : name);

/** Our own CSV gives the unnamed columns of further check-ins a name: `Check-in 2`. */
const unnumbered = (name: string): string => (/^check-in \d{1,4}$/.test(name) ? '' : name);

const oneLine = (text: string): string => (isOneLine(text) ? text : text.replace(/[\s\0]+/g, ' ').trim());
const plain = (text: string): string => oneLine(text).toLowerCase();

const space = 0x20;
/** From `!` to `~`, and from Latin to the scripts of the Near East, no character is a blank. */
const isInk = (code: number): boolean => (code > 0x20 && code < 0x7f) || (code > 0xa0 && code < 0x1680);

/** As nearly all cells are of the thousands that are looked at for a header: an expression costs more than all else that is done. */
function isOneLine(text: string): boolean {
  let last = space;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isInk(code) && (code !== space || last === space)) return false;
    last = code;
  }
  return last !== space || text === '';
}

const usual = knownColumns([usualColumns]);
