/** Keeps on disk what the sheets need of the rows, while the file is read for its figures. */
import type { FileHandle } from 'node:fs/promises';
import type { CheckIn, OkrRow } from '../../../domain/okrs/reading/okr-row.ts';
import { orderAsTree, type TreeEntry, type TreePlace } from '../../../domain/okrs/summary/okr-tree.ts';
import { createSpool } from '../rows/row-spool.ts';
import { createColumnChoice, type ColumnChoice, type ListedRow } from './tree-columns.ts';

/** Beyond it the rows are listed as they come. */
const usualTreeLimit = 50_000;

export interface OkrCheckIns {
  readonly id?: string;
  readonly title: string;
  readonly checkIns: readonly CheckIn[];
}

/** Rows on disk: only what places them in the tree is in memory. */
export interface KeptRows {
  readonly add: (row: OkrRow) => Promise<void>;
  /** Before any of the below. */
  readonly close: () => Promise<void>;
  readonly columns: ColumnChoice['chosen'];
  /** With more rows there is no tree. */
  readonly maxInTree: number;
  /** Undefined when there are too many rows for a tree. */
  readonly tree: () => readonly TreePlace[] | undefined;
  readonly all: () => AsyncIterable<ListedRow>;
  /** By their index; only while there is a tree. */
  readonly some: (indexes: Iterable<number>) => AsyncIterable<ListedRow>;
  /** Of rows that have any. */
  readonly checkIns: () => AsyncIterable<OkrCheckIns>;
}

export interface RowFiles {
  readonly rows: FileHandle;
  readonly checkIns: FileHandle;
}

/** @param files Open for reading and writing, empty; closing them is the caller's. */
export function keepRows(files: RowFiles, maxInTree = usualTreeLimit): KeptRows {
  const rows = createSpool<ListedRow>(files.rows, maxInTree);
  const checkIns = createSpool<OkrCheckIns>(files.checkIns);
  const columns = createColumnChoice();
  let entries: TreeEntry[] | undefined = [];
  return {
    add: async ({ checkIns: own, ...row }) => {
      columns.see(row);
      if (entries !== undefined && entries.length === maxInTree) entries = undefined;
      entries?.push(entryOf(row));
      await rows.add(row);
      const { title, id } = row;
      if (own.length > 0) await checkIns.add({ title, checkIns: own, ...(id === undefined ? {} : { id }) });
    },
    close: async () => {
      await Promise.all([rows.close(), checkIns.close()]);
    },
    columns: columns.chosen,
    maxInTree,
    tree: () => (entries === undefined ? undefined : orderAsTree(entries)),
    all: rows.all,
    some: rows.some,
    checkIns: checkIns.all,
  };
}

const entryOf = ({ id, title, level, alignedTo }: ListedRow): TreeEntry => ({
  title,
  level,
  alignedTo,
  ...(id === undefined ? {} : { id }),
});
