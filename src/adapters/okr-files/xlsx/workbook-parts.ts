/** Finds the parts of a workbook within its archive (ECMA-376 part 2, Open Packaging Conventions). */
import path from 'node:path';
import type { OtherKind } from '../../../domain/okrs/file/okr-file.ts';
import { Unreadable } from '../table/text-table.ts';
import { readXml } from './xml-elements.ts';
import type { ZipArchive } from './zip-archive.ts';

export interface WorkbookParts {
  /** In the order of the tabs. */
  readonly sheets: readonly SheetPart[];
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
  readonly is1904: boolean;
}

interface SheetPart {
  /** Where it is in the archive. */
  readonly part: string;
  /** As its tab says it. */
  readonly name: string;
  /** No tab shows it. */
  readonly isHidden: boolean;
}

interface Relation {
  readonly id: string;
  /** The last word of its address, e.g. `worksheet`. */
  readonly type: string;
  readonly target: string;
}

const maxRelations = 10_000;
/** Characters; Excel itself stops at 31. */
const longestName = 100;

/** @throws Unreadable what it is instead when the archive is no workbook of this kind, `damaged` when a part that it names is missing */
export async function findParts(archive: ZipArchive): Promise<WorkbookParts> {
  const root = await relationsOf(archive, '');
  const named = root.find(({ type }) => type === 'officeDocument')?.target;
  const workbook = named ?? 'xl/workbook.xml';
  if (!archive.has(workbook)) throw new Unreadable(named === undefined ? kindOf(archive) : 'damaged');
  if (/\.bin$/i.test(workbook)) throw new Unreadable('otherSpreadsheet');
  const relations = await relationsOf(archive, workbook);
  const { tabs, is1904 } = await readWorkbook(archive.unpack(workbook));
  // A part that is named and missing is not one that was never there: what it says would be guessed.
  const present = ({ target }: Relation): string => {
    if (!archive.has(target)) throw new Unreadable('damaged');
    return target;
  };
  const ofType = (wanted: string): string | undefined => {
    const relation = relations.find(({ type }) => type === wanted);
    return relation && present(relation);
  };
  const sheets = tabs.flatMap(({ relationId, ...tab }) => {
    const relation = relations.find(({ id }) => id === relationId);
    if (relation === undefined) throw new Unreadable('damaged');
    // Others are charts and dialogs.
    return relation.type === 'worksheet' ? [{ ...tab, part: present(relation) }] : [];
  });
  if (sheets.length === 0) throw new Unreadable('notATable');
  return { sheets, sharedStrings: ofType('sharedStrings'), styles: ofType('styles'), is1904 };
}

/** Of an archive that is no Office document. */
function kindOf({ has }: ZipArchive): OtherKind {
  if (has('Index/Document.iwa') || has('Index.zip')) return 'numbers';
  return has('mimetype') && has('content.xml') ? 'otherSpreadsheet' : 'archive';
}

interface Tab extends Omit<SheetPart, 'part'> {
  readonly relationId: string;
}

async function readWorkbook(pieces: AsyncIterable<Uint8Array>) {
  const tabs: Tab[] = [];
  let is1904 = false;
  await readXml(pieces, {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name === 'sheet' && tabs.length < maxRelations)
        tabs.push({
          relationId: relationIdIn(attributes),
          name: (attributes.name ?? '').slice(0, longestName),
          isHidden: /hidden/i.test(attributes.state ?? ''),
        });
    },
  });
  return { tabs, is1904 };
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
      if (element !== 'Relationship' || mode === 'External' || relations.length === maxRelations) return;
      relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: nameOf(folder, target) });
    },
  });
  return relations;
}

/** Targets are relative to their part's folder, or to the root; some writers use backslashes. */
function nameOf(folder: string, written: string): string {
  const target = written.replaceAll('\\', '/');
  return target.startsWith('/') ? path.posix.normalize(target.slice(1)) : path.posix.join(folder, target);
}
