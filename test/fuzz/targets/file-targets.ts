/** Fuzzes files: CSV and workbooks, their structure and their bytes; what cannot be read has to say why. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { Unreadable } from '../../../src/adapters/okr-files/table/text-table.ts';
import { summarizeFile } from '../../../src/adapters/okr-files/rows/summarize-file.ts';
import type { ReadJob } from '../../../src/adapters/okr-files/worker/worker-protocol.ts';
import { createCsvEnding } from '../../../src/adapters/graph/content/csv-ending.ts';
import { inPieces, scratchPath } from '../../adapters/okr-files/pieces.ts';
import { inlineRow, workbookOf } from '../../adapters/okr-files/workbooks.ts';
import { slowFuzzTarget, fuzzTarget, type FuzzTarget } from '../fuzz-target.ts';
import { mutatedBytes, oddText, spliced } from '../mutations.ts';

const limits = { maxBytes: 2e6, maxRows: 2_000, maxUnpackedBytes: 4e6 };

/** Read whole, or told why not: never a number that is none. */
async function assertAnswered(file: Uint8Array, fileKind: ReadJob['fileKind']): Promise<void> {
  try {
    const job = { kind: 'read', fileKind, today: '2026-11-30', limits, scratch: scratchPath() } as const;
    const { summary } = await summarizeFile(inPieces(file, [4_096, 1, 700]), job);
    assert.ok(summary.rows > 0 && summary.rows <= limits.maxRows);
    assertNumbers(summary);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
}

/** Text may hold whatever the file says. */
function assertNumbers(value: unknown): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), 'a number that is none');
  else if (value instanceof Date) assert.ok(!Number.isNaN(value.getTime()), 'a date that is none');
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(assertNumbers);
}

const header = 'Id,Title,Object Type,Progress %,Status,Start Date,End Date,Owner,Last Check-in,Aligned To';
const csvPieces = [
  `${header}\r\n`,
  '1,Grow,Objective,40%,On Track,2026-01-01,2026-12-31,Sam Sample,2026-11-20,\r\n',
  '2,"Trials, many",Key result,20,At Risk,01/02/2026,31.12.2026,,soon,1\r\n',
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\r',
  '\n',
  '\ufeff',
  'sep=;\n',
  '=HYPERLINK("https://x","y")',
  '99999999999999999999',
  '1e400',
  '-40 %',
  '1.234,5',
  '0000-00-00',
  '31/02/2026',
  '٤٢',
];

const csv = slowFuzzTarget({ name: 'CSV', share: 40_000, input: spliced(csvPieces, 14) }, () => ({
  holds: (text) => assertAnswered(Buffer.from(text), 'csv'),
}));

const encoded = fc
  .tuple(spliced(csvPieces, 10), fc.constantFrom<BufferEncoding>('utf8', 'utf16le', 'latin1'))
  .map(([text, encoding]) => Buffer.from(text, encoding));

const csvBytes = slowFuzzTarget(
  {
    name: 'bytes of CSV',
    share: 15_000,
    input: encoded.chain((bytes) => mutatedBytes([bytes.length > 0 ? bytes : Buffer.of(0)])),
  },
  () => ({ holds: (bytes) => assertAnswered(bytes, 'csv') }),
);

const ending = fuzzTarget(
  { name: 'ends of CSV', share: 40_000, input: fc.array(spliced(csvPieces, 4), { maxLength: 4 }) },
  (pieces) => {
    const whole = createCsvEnding();
    whole.write(Buffer.from(pieces.join('')));
    const parts = createCsvEnding();
    for (const piece of pieces) parts.write(Buffer.from(piece));
    // How it was cut into pieces changes nothing.
    assert.equal(parts.end(), whole.end());
  },
);

const cell = fc.oneof(
  oddText,
  fc.constantFrom('Title', 'Id', 'Progress %', 'Status', 'Grow', '45292', '40%', '2026-11-30'),
);
const sheetPieces = [
  inlineRow('Id', 'Title', 'Progress %', 'End Date'),
  inlineRow('1', 'Grow', '12.5', '46022'),
  '<row r="3"><c r="A3" t="n"><v>1</v></c><c r="ZZZ3"><v>2</v></c></row>',
  '<row><c t="s"><v>999999</v></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c></row>',
  '<row r="1048577"><c r="A1048577"><f>A1</f><v/></c></row>',
  '<c',
  '</row>',
  '<!-- x -->',
  '<![CDATA[x]]>',
  '&lt;&#0;&#x110000;&unknown;',
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>',
];

const workbooks = fc
  .record({
    sheets: fc.array(spliced(sheetPieces, 6), { minLength: 1, maxLength: 3 }),
    cells: fc.array(cell, { maxLength: 6 }),
    sharedStrings: fc.option(spliced(['<si><t>Title</t></si>', '<si>', '<r><t>x</t></r>', '</si>'], 6), {
      nil: undefined,
    }),
    is1904: fc.boolean(),
  })
  .map(({ sheets: [first = '', ...others], cells, sharedStrings, is1904 }) => {
    const row = inlineRow(...cells.map((text) => text.replace(/[<&\0-\x08\x0b\x0c\x0e-\x1f]/g, '')));
    const shared = sharedStrings === undefined ? {} : { sharedStrings };
    return workbookOf({ sheets: [first + row, ...others], is1904, ...shared });
  });

const xlsx = slowFuzzTarget({ name: 'workbooks', share: 8_000, input: workbooks }, () => ({
  holds: (bytes) => assertAnswered(bytes, 'xlsx'),
}));

const good = workbookOf({ sheets: [inlineRow('Id', 'Title') + inlineRow('1', 'Grow')] });
const bomb = zipSync({ ...unzipSync(good), 'xl/worksheets/sheet1.xml': strToU8(' '.repeat(8e6)) });

const xlsxBytes = slowFuzzTarget(
  { name: 'bytes of workbooks', share: 8_000, input: mutatedBytes([good, good, good, bomb]) },
  () => ({ holds: (bytes) => assertAnswered(bytes, 'xlsx') }),
);

export const fileTargets: readonly FuzzTarget[] = [csv, csvBytes, ending, xlsx, xlsxBytes];
