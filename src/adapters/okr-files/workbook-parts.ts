/** Answers for where the parts of a workbook are within its archive (ECMA-376 part 2, Open Packaging Conventions). */
import path from 'node:path';
import { Unreadable } from './unreadable.ts';
import { readXml } from './xml-elements.ts';
import type { ZipArchive } from './zip-archive.ts';

export interface WorkbookParts {
  /** Names in the archive, in the order of the tabs. */
  readonly sheets: readonly string[];
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
  readonly is1904: boolean;
}

interface Relation {
  readonly id: string;
  /** The last word of its address, e.g. `worksheet`. */
  readonly type: string;
  readonly target: string;
}

const mostRelations = 10_000;

/** @throws Unreadable `notATable` when the archive is no workbook */
export async function findParts(archive: ZipArchive): Promise<WorkbookParts> {
  const root = await relationsOf(archive, '');
  const workbook = root.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!archive.has(workbook)) throw new Unreadable('notATable');
  const relations = await relationsOf(archive, workbook);
  const sheetIds: string[] = [];
  let is1904 = false;
  await readXml(archive.unpack(workbook), {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name === 'sheet' && sheetIds.length < mostRelations) sheetIds.push(relationIdIn(attributes));
    },
  });
  const ofType = (wanted: string): string | undefined =>
    relations.find(({ type, target }) => type === wanted && archive.has(target))?.target;
  const sheets = sheetIds
    .map((sheetId) => relations.find(({ id, type }) => id === sheetId && type === 'worksheet')?.target)
    .filter((target) => target !== undefined && archive.has(target));
  if (sheets.length === 0) throw new Unreadable('notATable');
  return {
    sheets: sheets as string[],
    sharedStrings: ofType('sharedStrings'),
    styles: ofType('styles'),
    is1904,
  };
}

/** The prefix is the file's choice; usually `r:id`. */
const relationIdIn = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

async function relationsOf(archive: ZipArchive, part: string): Promise<readonly Relation[]> {
  const folder = path.posix.dirname(part);
  const name = path.posix.join(folder, '_rels', `${path.posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!archive.has(name)) return relations;
  await readXml(archive.unpack(name), {
    open: (element, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) => {
      if (element !== 'Relationship' || mode === 'External' || relations.length === mostRelations) return;
      relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: nameOf(folder, target) });
    },
  });
  return relations;
}

/** Targets are relative to their part's folder, or to the root. */
const nameOf = (folder: string, target: string): string =>
  target.startsWith('/') ? path.posix.normalize(target.slice(1)) : path.posix.join(folder, target);
