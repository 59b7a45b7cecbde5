/** Chooses the columns of the sheet that lists the OKRs. */
import type { OkrLevel, OkrRow } from '../../../domain/okrs/reading/okr-row.ts';
import { dayCell, linkCell, numberCell, percentCell, statusCell, textCell, type Cell } from './cells.ts';

export type ListedRow = Omit<OkrRow, 'checkIns'>;

export interface TreeColumn {
  readonly header: string;
  /** Characters. */
  readonly width: number;
  /** Of figures. */
  readonly right?: boolean;
  readonly cell: (row: ListedRow) => Cell | undefined;
}

/** Of the title, which is drawn by its place in the tree. */
export const titleWidth = 56;
/** Where `Progress` is on the sheet, from 1; the title is the first. */
export const progressColumn = 4;

const typeNames: Readonly<Record<OkrLevel, string>> = {
  objective: 'Objective',
  keyResult: 'Key result',
  other: 'Other',
};

/** Their names, and those of types, are what the bot knows when the sheet is sent back to it: the same in every language. */
const alwaysThere: readonly TreeColumn[] = [
  { header: 'Type', width: 13, cell: (row) => textCell(row.objectType ?? typeNames[row.level]) },
  { header: 'Status', width: 13, cell: (row) => statusCell(row.status) },
  { header: 'Progress', width: 10, right: true, cell: (row) => percentCell(row.progress) },
  { header: 'Owner', width: 22, cell: (row) => textCell(row.owner) },
];

const whenFilled: readonly TreeColumn[] = [
  { header: 'Period', width: 14, cell: (row) => textCell(row.period) },
  { header: 'Bucket', width: 18, cell: (row) => textCell(row.bucket) },
  { header: 'Start date', width: 12, cell: (row) => dayCell(row.startsOn) },
  { header: 'End date', width: 12, cell: (row) => dayCell(row.endsOn) },
  { header: 'Last check-in', width: 14, cell: (row) => dayCell(row.lastCheckInOn) },
  { header: 'Last check-in note', width: 48, cell: (row) => textCell(row.lastNote) },
  { header: 'Metric', width: 24, cell: (row) => textCell(row.metricName) },
  { header: 'Unit', width: 9, cell: (row) => textCell(row.unit) },
  { header: 'Start value', width: 12, right: true, cell: (row) => numberCell(row.start) },
  { header: 'Actual progress', width: 16, right: true, cell: (row) => numberCell(row.actualProgress) },
  { header: 'Target', width: 12, right: true, cell: (row) => numberCell(row.target) },
  { header: 'Score', width: 9, right: true, cell: (row) => numberCell(row.score) },
  { header: 'Teams', width: 24, cell: (row) => textCell(row.teams.join('; ')) },
  {
    header: 'Aligned to',
    width: 40,
    cell: (row) => textCell(row.alignedTo.map(({ title, id = '' }) => title || id).join(' / ')),
  },
  { header: 'Goal type', width: 13, cell: (row) => textCell(row.goalType) },
  { header: 'Description', width: 48, cell: (row) => textCell(row.description) },
  { header: 'Creator', width: 22, cell: (row) => textCell(row.creator) },
  { header: 'Created', width: 12, cell: (row) => dayCell(row.createdOn) },
  { header: 'Id', width: 12, cell: (row) => textCell(row.id) },
];

/** Excel has 16,384 columns; a file of ours has a handful of its own. */
const maxOthers = 1_000;

/** Learns from every row which columns hold anything; an empty one would only be in the way. */
export interface ColumnChoice {
  readonly see: (row: ListedRow) => void;
  /** @param linkHosts whose addresses become links */
  readonly chosen: (linkHosts: readonly string[]) => readonly TreeColumn[];
}

export function createColumnChoice(): ColumnChoice {
  const missing = new Set(whenFilled);
  const others = new Set<string>();
  return {
    see: (row) => {
      for (const column of missing) if (column.cell(row) !== undefined) missing.delete(column);
      for (const header of Object.keys(row.others)) if (others.size < maxOthers) others.add(header);
    },
    chosen: (linkHosts) => [
      ...alwaysThere,
      ...whenFilled.filter((column) => !missing.has(column)),
      ...Array.from(others, (header) => otherColumn(header, linkHosts)),
    ],
  };
}

const otherColumn = (header: string, linkHosts: readonly string[]): TreeColumn => ({
  header,
  width: 24,
  cell: ({ others }) => (Object.hasOwn(others, header) ? linkCell(others[header], linkHosts) : undefined),
});
