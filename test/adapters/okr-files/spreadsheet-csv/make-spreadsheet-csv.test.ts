/** The CSV for spreadsheets: mark, line ends, names of ragged columns, guarded cells; read back by a parser. */
import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { openScratchFile } from '../../../../src/adapters/okr-files/worker/scratch-file.ts';
import { writeSpreadsheetCsv } from '../../../../src/adapters/okr-files/spreadsheet-csv/make-spreadsheet-csv.ts';

describe('the CSV for spreadsheets', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'spreadsheet-csv-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const fill = async (
    header: readonly string[],
    records: AsyncIterable<readonly string[]>,
  ): Promise<void> => {
    await using body = await openScratchFile(path.join(folder, 'body'));
    await writeSpreadsheetCsv(
      { header, records },
      { body, out: await open(path.join(folder, 'out.csv'), 'w') },
    );
  };
  const write = async ([header = [], ...records]: readonly (readonly string[])[]): Promise<string> => {
    await fill(header, oneByOne(records));
    return readFile(path.join(folder, 'out.csv'), 'utf8');
  };
  const readBack = (text: string): unknown => parse(text, { bom: true, relax_column_count: true });

  it('is UTF-8 with a byte order mark and CRLF, and leaves nothing beside it', async () => {
    const text = await write([
      ['Title', 'Owner'],
      ['Größer werden', 'Ada'],
    ]);
    assert.equal(text, '\uFEFFTitle,Owner\r\nGrößer werden,Ada\r\n');
    assert.deepEqual(await readdir(folder), ['out.csv']);
  });

  it('names the check-ins that rows have beyond the header', async () => {
    const text = await write([['Title', 'Checkins', '', ''], ['A', '1', '2', '3', '4'], ['B']]);
    const expected = [
      ['Title', 'Checkins', 'Check-in 2', 'Check-in 3', 'Check-in 4'],
      ['A', '1', '2', '3', '4'],
      ['B'],
    ];
    assert.deepEqual(readBack(text), expected);
    assert.deepEqual(
      readBack(
        await write([
          ['Title', '', 'Status'],
          ['A', 'b', 'c', 'd'],
        ]),
      ),
      [
        ['Title', '', 'Status', 'Check-in 1'],
        ['A', 'b', 'c', 'd'],
      ],
    );
  });

  it('keeps line breaks, quotes and separators in cells, and guards header and cells', async () => {
    const cells = ['a\nb', 'c\r\nd', '"q", r; s', '=1+1', '-12%', ' @x', '\ud83d\ude00'];
    const text = await write([['Title', '=cmd', 'c', 'd', 'e', 'f', 'g'], cells]);
    assert.deepEqual(readBack(text), [
      ['Title', "'=cmd", 'c', 'd', 'e', 'f', 'g'],
      ['a\nb', 'c\r\nd', '"q", r; s', "'=1+1", '-12%', "' @x", '\ud83d\ude00'],
    ]);
  });

  it('quotes a cell with a line break of any kind, for readers that end rows at any of them', async () => {
    const text = await write([['Title'], ['a\nb'], ['c\rd'], ['e\r\nf']]);
    assert.equal(text, '\uFEFFTitle\r\n"a\nb"\r\n"c\rd"\r\n"e\r\nf"\r\n');
  });

  it('fails with the error of a source that breaks', async () => {
    const broken = new Error('the source broke');
    async function* breaking(): AsyncGenerator<readonly string[]> {
      yield* oneByOne([['A']]);
      throw broken;
    }
    await assert.rejects(fill(['Title'], breaking()), broken);
  });
});

async function* oneByOne(records: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  for (const record of records) yield await Promise.resolve(record);
}
