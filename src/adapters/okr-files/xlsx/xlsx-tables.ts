/** Reads the sheets of a workbook as tables of text (ECMA-376: SpreadsheetML, and Open Packaging Conventions). */
import path from 'node:path';
import type { OtherKind } from '../../../domain/okrs/file/okr-file.ts';
import type { OkrFileLimits } from '../../../ports/okr-files.ts';
import { Unreadable, type TextTables } from '../table/text-table.ts';
import { readNumberFormats } from './number-formats.ts';
import { readSharedTexts } from './shared-texts.ts';
import { sheetRecords, type SheetContext } from './sheet-records.ts';
import { readXml } from './xml-elements.ts';
import { openArchive, type ZipArchive } from './zip-archive.ts';

const maxSheets = 50;
/** A compound file: a workbook with a password is one, and so is one of before 2007. */
const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const encryptedPart = Buffer.from('EncryptedPackage', 'utf16le');
/** What the cells are in before 2007: `Workbook`, still earlier `Book`. */
const oldCells = [Buffer.from('Workbook', 'utf16le'), Buffer.from('Book', 'utf16le')];

/** The archive is held packed, its parts pass by. @throws Unreadable */
export async function* xlsxTables(
  pieces: AsyncIterable<Uint8Array>,
  { maxUnpackedBytes }: Pick<OkrFileLimits, 'maxUnpackedBytes'>,
): TextTables {
  const bytes = await wholeBytes(pieces);
  refuseOthers(bytes);
  const archive = await openArchive(bytes, maxUnpackedBytes);
  const parts = await findParts(archive);
  const context = await contextOf(archive, parts);
  const sheets = parts.sheets.toSorted((one, other) => Number(one.isHidden) - Number(other.isHidden));
  for (const { part, name, isHidden } of sheets.slice(0, maxSheets))
    yield { records: sheetRecords(archive.unpack(part), context), numbers: 'machine', name, isHidden };
}

/** Held whole: an archive's table of contents stands at its end. The feed has bounded it before. */
async function wholeBytes(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

function refuseOthers(bytes: Buffer): void {
  if (bytes.subarray(0, compoundFile.length).equals(compoundFile)) {
    if (bytes.includes(encryptedPart)) throw new Unreadable('encrypted');
    throw new Unreadable(oldCells.some((part) => bytes.includes(part)) ? 'otherSpreadsheet' : 'notATable');
  }
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') throw new Unreadable('notATable');
}

async function contextOf(archive: ZipArchive, parts: WorkbookParts): Promise<SheetContext> {
  const { sharedStrings, styles, is1904 } = parts;
  return {
    is1904,
    texts:
      sharedStrings === undefined
        ? { at: () => undefined }
        : await readSharedTexts(archive.unpack(sharedStrings)),
    formats: styles === undefined ? [] : await readNumberFormats(archive.unpack(styles)),
  };
}

interface WorkbookParts {
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

/**
 * Finds the parts of a workbook within its archive.
 * @throws Unreadable what it is instead when the archive is no workbook of this kind, `damaged` when a part that it names is missing
 */
async function findParts(archive: ZipArchive): Promise<WorkbookParts> {
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
