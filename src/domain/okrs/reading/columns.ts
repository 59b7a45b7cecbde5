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
  | 'checkIns';

/** The header that a web export of November 2025 had; gaps are told in these words. */
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
  checkIns: 'Checkins',
};

/** Further spellings; `OKR type` and `Type name` are from a known variant, `Type` is what our own workbook says. */
const otherSpellings: Readonly<Partial<Record<OkrField, readonly string[]>>> = {
  team: ['teams'],
  owner: ['owners'],
  objectType: ['okr type', 'type'],
  goalType: ['type name'],
  progress: ['progress', 'progress (%)'],
  checkIns: ['check-ins', 'check ins'],
};

/** More columns than this are no export of ours; cells beyond are left out. */
export const maxColumns = 2_000;

export interface Columns {
  readonly fields: ReadonlyMap<OkrField, number>;
  /** Columns that are not known here. */
  readonly others: readonly { readonly header: string; readonly at: number }[];
  /** From here on each cell is a further check-in: behind the last column with a name. */
  readonly furtherCheckInsFrom: number;
}

/** Undefined when no column is called `Title`. Of two columns with one name the first counts, the second passes through. */
export function readColumns(header: readonly string[]): Columns | undefined {
  const names = header.slice(0, maxColumns).map((name) => unnumbered(plain(name)));
  const fields = new Map<OkrField, number>();
  const others: { readonly header: string; readonly at: number }[] = [];
  names.forEach((name, at) => {
    if (name === '') return;
    const field = fieldOf(name);
    if (field !== undefined && !fields.has(field)) fields.set(field, at);
    else others.push({ header: oneLine(header[at] ?? ''), at });
  });
  if (!fields.has('title')) return undefined;
  return { fields, others, furtherCheckInsFrom: names.findLastIndex((name) => name !== '') + 1 };
}

/** What the record says there, trimmed; undefined for nothing. */
export function cellOf({ fields }: Columns, record: readonly string[], field: OkrField): string | undefined {
  const at = fields.get(field);
  const text = at === undefined ? '' : (record[at] ?? '').trim();
  return text === '' ? undefined : text;
}

/** How many fields this record names: the more, the more it looks like a header. */
export function countKnownColumns(record: readonly string[]): number {
  const fields = record.slice(0, maxColumns).map((cell) => fieldOf(plain(cell)));
  return new Set(fields.filter((field) => field !== undefined)).size;
}

const fieldsByName = new Map<string, OkrField>(
  (Object.keys(usualHeaders) as OkrField[]).flatMap((field) =>
    [usualHeaders[field].toLowerCase(), ...(otherSpellings[field] ?? [])].map(
      (name) => [name, field] as const,
    ),
  ),
);

/** The documented header of alignments goes on with `(weight, Objective ID)`. */
const fieldOf = (name: string): OkrField | undefined =>
  /^aligned to( ?\(|$)/.test(name) ? 'alignedTo' : fieldsByName.get(name);

/** Our own CSV gives the unnamed columns of further check-ins a name: `Check-in 2`. */
const unnumbered = (name: string): string => (/^check-in \d{1,4}$/.test(name) ? '' : name);

const oneLine = (text: string): string => text.replace(/[\s\uFEFF\0]+/g, ' ').trim();
const plain = (text: string): string => oneLine(text).toLowerCase();
