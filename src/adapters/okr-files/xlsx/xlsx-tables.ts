/** Reads the sheets of a workbook as tables of text (ECMA-376 part 1, SpreadsheetML). */
import type { OkrFileLimits } from '../../../ports/okr-files.ts';
import { readNumberFormats } from './number-formats.ts';
import { readSharedTexts } from './shared-texts.ts';
import { sheetRecords, type SheetContext } from './sheet-records.ts';
import { Unreadable, type TextTables } from '../table/text-table.ts';
import { findParts, type WorkbookParts } from './workbook-parts.ts';
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
