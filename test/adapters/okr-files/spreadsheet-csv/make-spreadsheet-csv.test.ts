/** The CSV for spreadsheets: mark, line ends, names of ragged columns, guarded cells, numbers that stay numbers; read back by a parser. */
import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readColumns } from '../../../../src/domain/okrs/reading/columns.ts';
import { openScratchFile } from '../../../../src/adapters/okr-files/worker/scratch-file.ts';
import {
  guardCell,
  writeSpreadsheetCsv,
} from '../../../../src/adapters/okr-files/spreadsheet-csv/make-spreadsheet-csv.ts';

const noColumns = { fields: new Map(), others: [], furtherCheckInsFrom: 0 };

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
      { header, columns: readColumns(header) ?? noColumns, records },
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

const leading = [
  '',
  ' ',
  '   ',
  '\u00A0',
  '\u3000',
  '\u2003',
  '\u200B',
  '\u202E',
  '\uFEFF',
  '\u00AD',
  ' \t ',
  '\0',
  '\u3164',
];
const starters = [
  '=',
  '+',
  '-',
  '@',
  '\uFF1D',
  '\uFF0B',
  '\uFF0D',
  '\uFF20',
  '\uFE66',
  '\uFE62',
  '\uFE63',
  '\uFE6B',
  '\u2212',
  '\u207A',
];
const movers = ['\t', '\r', '\n'];
const numbers = [
  '-12%',
  '-1,234.5',
  '+3',
  '-3.5e4',
  '-0',
  '+1e-7',
  '-.5',
  '-5.',
  '-12 %',
  ' -7 ',
  '\u00A0+7,000,000',
  '-1.234,5',
  '-1,5',
  '+99.9\u202F%',
];
const notNumbers = [
  '-1+1',
  '+49 170 1234567',
  '-',
  '--5',
  '+-5',
  '-1,23,4',
  '-1e',
  '-5a',
  '-5\n',
  '\t-5',
  '\uFF0D5',
  '-2%%',
  '=5',
  '@5',
  '-5 6',
  '-0x1F',
];

const row = (cells: readonly string[], change: (cell: string) => string): void => {
  for (const cell of cells) assert.equal(guardCell(cell), change(cell), JSON.stringify(cell));
};

describe('the formula guard', () => {
  it('puts a quote before what begins like a formula, and sees through what stands before it', () => {
    const armed = leading.flatMap((space) => starters.map((starter) => `${space}${starter}SUM(A1)`));
    row(armed, (cell) => `'${cell}`);
    row(
      movers.map((mover) => `${mover}text`),
      (cell) => `'${cell}`,
    );
  });

  it('lets whole numbers be, with signs, groups, decimals, exponents and percent', () => {
    row(numbers, (cell) => cell);
    row(notNumbers, (cell) => `'${cell}`);
  });

  it('leaves every other text as it is', () => {
    row(
      ['', ' ', 'Plan', "'=1", '5-3', 'a=b', '(=1)', '2025-11-24', '💡=x', '\uFFFD', '\uD800'],
      (cell) => cell,
    );
  });

  it('holds for 120,000 cells of hostile parts', () => {
    const part = fc.constantFrom(
      ...leading,
      ...starters,
      ...movers,
      ...numbers,
      ...notNumbers,
      'x',
      '(',
      '"',
      ',',
      ';',
      '1',
      '\u{1F600}',
    );
    const cell = fc.oneof(
      { weight: 3, arbitrary: fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    );
    fc.assert(fc.property(cell, holds), { numRuns: 120_000 });
  });

  it('takes its time in proportion to the cell', () => {
    const spaces = ' '.repeat(1_000_000);
    row(
      [`-5${spaces}x`, `${spaces}=1`, `-${'1'.repeat(1_000_000)}x`, `-${',111'.repeat(200_000)}`],
      (text) => `'${text}`,
    );
  });
});

/** Told by another road than the guard's: code point by code point, and by `Number`. */
function holds(cell: string): void {
  const guarded = guardCell(cell);
  assert.ok(guarded === cell || guarded === `'${cell}`);
  const first =
    Array.from(cell)
      .find((char) => !/^[\s\p{Z}\p{C}\p{DI}\u2800]$/u.test(char))
      ?.normalize('NFKC') ?? '';
  const begins = '=+-@\u2212'.includes(first.charAt(0)) && first !== '';
  const plain = cell.replace(/[\u00A0\u202F\u3000 ]/g, '').replace(/%$/, '');
  const isNumber =
    /^[+-]?[0-9.,]+(e[+-]?\d+)?$/i.test(plain) &&
    [plain.replaceAll(',', ''), plain.replaceAll('.', '').replace(',', '.')].some(
      (text) => !Number.isNaN(Number(text)),
    );
  if (guarded === cell)
    assert.ok((!begins && !movers.includes(cell.charAt(0))) || isNumber, JSON.stringify(cell));
  else assert.ok(begins || movers.includes(cell.charAt(0)), JSON.stringify(cell));
}
