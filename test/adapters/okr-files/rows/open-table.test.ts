/** Which record of a file is the header, and which sheet is the export. */
import assert from 'node:assert/strict';
import { openTable } from '../../../../src/adapters/okr-files/rows/open-table.ts';
import { inPieces } from '../pieces.ts';
import { inlineRow, workbookOf, type WorkbookOptions } from '../workbooks.ts';

const limits = { maxBytes: 20e6, maxRows: 100_000, maxUnpackedBytes: 200e6 };

async function open(file: string | Buffer) {
  const fileKind = typeof file === 'string' ? 'csv' : 'xlsx';
  const { header, records, gaps } = await openTable(inPieces(Buffer.from(file)), { fileKind, limits });
  const rows: (readonly string[])[] = [];
  for await (const record of records) rows.push(record);
  return { header, rows, gaps: gaps() };
}

const table = 'Id,Title,Status\n1,Grow,Behind\n';
const found = { header: ['Id', 'Title', 'Status'], rows: [['1', 'Grow', 'Behind']], gaps: [] };

describe('the header of a CSV', () => {
  const cases: readonly (readonly [name: string, file: string])[] = [
    ['on the first line', table],
    ['below a line that begins with "Title"', `Title,Our goals\n${table}`],
    ['below blank lines and lines of separators', `\n\n,,\n \n\n${table}`],
    ['150 lines down', `${'A note\n'.repeat(150)}${table}`],
    ['below a small table of its own', `Title,Status\nSummary,Done\n\n${table}`],
    ['below title lines with commas, its cells between semicolons', `Goals, plans, and more\nTitle, first\n\n${table.replaceAll(',', ';')}`],
    ['below title lines with semicolons', `a;b;c;d\nTitle;x\n${table}`],
    ['below a title, its cells between tabs', `Title, and; more\n${table.replaceAll(',', '\t')}`],
    ['in quotes below a title', `"Title; our, goals"\n"Id";"Title";"Status"\n1;Grow;Behind\n`],
    ['twice, as where two exports were put together', `${table}Id,Title,Status\n`],
    ['below a line that names the separator', `sep=;\n${table.replaceAll(',', ';')}`],
  ]; // prettier-ignore
  for (const [name, file] of cases)
    it(`is found ${name}`, async () => {
      assert.deepEqual(await open(file), found);
    });

  it('is not a title line above a header that has no column Title', async () => {
    const file = 'Title,Our goals\n\nId,Name,Status\n1,Grow,Behind\n';
    await assert.rejects(open(file), { name: 'Unreadable', why: 'noTitleColumn' });
  });

  it('is not a row whose cells say the names of columns', async () => {
    const { rows } = await open('Title,Status,Owner\nTitle,Status,x\nOwner,y,z\n');
    assert.equal(rows.length, 2);
  });

  it('may stand alone, or above rows of one column', async () => {
    assert.deepEqual(await open('Title\nGrow\n'), { header: ['Title'], rows: [['Grow']], gaps: [] });
  });
});

describe('the sheet of an export', () => {
  const now = inlineRow('Id', 'Title', 'Status') + inlineRow('1', 'Grow', 'Behind');
  const old = inlineRow('Id', 'Title', 'Status') + inlineRow('9', 'Old', 'Done');
  const readme = inlineRow('Title', 'How to read this') + inlineRow('Status', 'How it stands');
  const cases: readonly (readonly [name: string, options: WorkbookOptions])[] = [
    ['behind a Readme that says "Title"', { sheets: [readme, now] }],
    ['before a Readme', { sheets: [now, readme] }],
    ['behind a hidden one', { sheets: [old, now], states: ['hidden'] }],
    ['behind one that only a macro shows', { sheets: [old, now], states: ['veryHidden'] }],
    ['before a hidden one with more columns', { sheets: [now, inlineRow('Id', 'Title', 'Status', 'Owner')], states: ['visible', 'hidden'] }],
    ['where only a hidden one has a header', { sheets: [inlineRow('A note'), now], states: ['visible', 'hidden'] }],
    ['behind an empty one', { sheets: ['', now] }],
  ]; // prettier-ignore
  for (const [name, options] of cases)
    it(`is found ${name}`, async () => {
      assert.deepEqual(await open(workbookOf(options)), found);
    });

  it('is the first of those that are alike, and the others are told', async () => {
    const gaps = [{ kind: 'otherSheets', read: 'S1', others: 2 }];
    assert.deepEqual(await open(workbookOf({ sheets: [readme, now, old, old] })), { ...found, gaps });
  });
});
