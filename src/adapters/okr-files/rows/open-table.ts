/** Opens the table of an export in a file: the one whose header names the most columns. */
import {
  countKnownColumns,
  knownColumns,
  readColumns,
  usualColumns,
  type Columns,
  type KnownColumns,
} from '../../../domain/okrs/reading/columns.ts';
import type { NumberSource } from '../../../domain/okrs/reading/number-evidence.ts';
import type { ReadingGap } from '../../../domain/okrs/reading/okr-summary.ts';
import { csvTables } from '../csv/csv-tables.ts';
import {
  headerWithin,
  Unreadable,
  type Records,
  type TextTable,
  type TextTables,
} from '../table/text-table.ts';
import type { TableOptions } from '../worker/worker-protocol.ts';
import { xlsxTables } from '../xlsx/xlsx-tables.ts';

export interface OpenTable {
  readonly header: readonly string[];
  readonly columns: Columns;
  readonly numbers: NumberSource;
  /** Those below the header; throws Unreadable `tooManyRows`, and `damaged` where the file breaks. */
  readonly records: Records;
  /** What may be wrong with the table as a whole; known once the records have ended. */
  readonly gaps: () => readonly ReadingGap[];
}

/** @throws Unreadable when there is no such table */
export async function openTable(
  pieces: AsyncIterable<Uint8Array>,
  { columns: namings = [usualColumns], ...options }: TableOptions,
): Promise<OpenTable> {
  const known = knownColumns(namings);
  const { table, found, others } = await bestOf(tablesOf(pieces, options, known), known);
  const { header, columns, records } = found;
  const choice = others === 0 ? [] : [{ kind: 'otherSheets', read: table.name ?? '', others } as const];
  const gaps = (): readonly ReadingGap[] => [...choice, ...(table.gaps?.() ?? [])];
  return { header, columns, numbers: table.numbers, records: atMost(records, options.limits.maxRows), gaps };
}

interface Best {
  readonly table: TextTable;
  readonly found: FoundHeader;
  /** TextTables behind it with as many known columns. */
  readonly others: number;
}

/** The first of the best; hidden ones only where no other has a header. */
async function bestOf(tables: TextTables, known: KnownColumns): Promise<Best> {
  let best: Best | undefined;
  let sawRecords = false;
  for await (const table of tables) {
    if (best !== undefined && table.isHidden === true) break;
    const found = await findHeader(table.records, known);
    sawRecords ||= found !== 'empty';
    if (found === 'empty' || found === 'none') continue;
    const ahead = found.columns.fields.size - (best?.found.columns.fields.size ?? 0);
    if (best === undefined || ahead > 0) {
      await best?.table.records.return();
      best = { table, found, others: 0 };
    } else {
      if (ahead === 0) best = { ...best, others: best.others + 1 };
      await table.records.return();
    }
  }
  if (best === undefined) throw new Unreadable(sawRecords ? 'noTitleColumn' : 'empty');
  return best;
}

function tablesOf(
  pieces: AsyncIterable<Uint8Array>,
  { fileKind, limits }: TableOptions,
  known: KnownColumns,
): TextTables {
  switch (fileKind) {
    case 'csv':
      return csvTables(pieces, known);
    case 'xlsx':
      return xlsxTables(pieces, limits);
  }
}

async function* atMost(records: Records, maxRows: number): Records {
  let rows = 0;
  for await (const record of records) {
    rows += 1;
    if (rows > maxRows) throw new Unreadable('tooManyRows');
    yield record;
  }
}

/** Characters; no more is held while the header is looked for. */
const maxHeld = 2 * 1024 * 1024;

type TextRecord = readonly string[];

interface FoundHeader {
  readonly header: TextRecord;
  readonly columns: Columns;
  /** Those below it. */
  readonly records: Records;
}

/** Of two headers alike the first. `empty` when nothing stands in any record. */
async function findHeader(records: Records, names: KnownColumns): Promise<FoundHeader | 'none' | 'empty'> {
  const beginning = await beginningOf(records);
  if (beginning.every((record) => record.every((cell) => cell.trim() === ''))) return 'empty';
  const known = beginning.map((record) => countKnownColumns(record, names));
  const headers = beginning
    .map((header, at) => ({ header, at }))
    .filter(({ at }) => known[at] !== 0)
    .map((one) => ({ ...one, columns: readColumns(one.header, names) }))
    .filter((one) => one.columns !== undefined);
  const most = headers.reduce((least, { at }) => Math.max(least, known[at] ?? 0), 0);
  const found = headers.find(({ at }) => known[at] === most);
  // A line such as "Title, Our aims" above a header that has no column Title is no header.
  if (found?.columns === undefined || (most === 1 && known.some((count) => count > 1))) return 'none';
  const { header, columns, at } = found;
  return { header, columns, records: below(header, beginning.slice(at + 1), records) };
}

async function beginningOf(records: Records): Promise<readonly TextRecord[]> {
  const beginning: TextRecord[] = [];
  let characters = 0;
  while (beginning.length < headerWithin && characters < maxHeld) {
    const next = await records.next();
    if (next.done === true) break;
    beginning.push(next.value);
    characters += next.value.reduce((sum, cell) => sum + cell.length, 0);
  }
  return beginning;
}

/** Two exports in one file, one below the other, have the header twice. */
async function* below(header: TextRecord, beginning: readonly TextRecord[], rest: Records): Records {
  const isHeader = (record: TextRecord): boolean =>
    record.length === header.length && record.every((cell, at) => cell === header[at]);
  for (const record of beginning) if (!isHeader(record)) yield record;
  for await (const record of rest) if (!isHeader(record)) yield record;
}
