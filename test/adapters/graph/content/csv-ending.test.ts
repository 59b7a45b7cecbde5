/** Where a CSV ends, told by its quotes, is where a CSV parser says that it ends. */
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { createCsvEnding } from '../../../../src/adapters/graph/content/csv-ending.ts';

function endOf(bytes: Uint8Array, sizes: readonly number[]) {
  const ending = createCsvEnding();
  for (let from = 0, n = 0; from < bytes.length; n += 1) {
    const to = from + (sizes[n % sizes.length] ?? bytes.length);
    ending.write(bytes.subarray(from, to));
    from = to;
  }
  return ending.end();
}

function parsedEndOf(bytes: Buffer) {
  try {
    parse(bytes, {
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
    });
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'inQuotes'
      : error;
  }
  const last = bytes.findLast((byte) => byte !== 0);
  return last === 0x0a || last === 0x0d ? 'complete' : 'unclear';
}

const texts = fc
  .array(fc.constantFrom('"', '"', ',', '\n', '\r\n', '\r', 'a', ' ', ';', 'é', '∢', '\u0000'), {
    maxLength: 14,
  })
  .map((letters) => letters.join(''));
const pieceSizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });

describe('the end of a CSV', () => {
  it('is where a parser says, with and without a byte order mark, however the pieces fall', () => {
    fc.assert(
      fc.property(texts, pieceSizes, fc.constantFrom('', '\ufeff'), (text, sizes, mark) => {
        const bytes = Buffer.from(mark + text);
        assert.equal(endOf(bytes, sizes), parsedEndOf(bytes));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is the same in UTF-16', () => {
    fc.assert(
      fc.property(texts, pieceSizes, (text, sizes) => {
        const marked = `\ufeff${text}`;
        assert.equal(endOf(Buffer.from(marked, 'utf16le'), sizes), parsedEndOf(Buffer.from(marked)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is unclear once more stood within quotes than any field has', () => {
    const field = Buffer.alloc(1024 * 1024, 'a');
    const swallowed = (fields: number, end: string) => {
      const ending = createCsvEnding();
      ending.write(Buffer.from('Title\n"'));
      for (let nth = 0; nth < fields; nth += 1) ending.write(field);
      ending.write(Buffer.from(end));
      return ending.end();
    };
    assert.deepEqual(
      [swallowed(3, ''), swallowed(5, ''), swallowed(3, '"\n'), swallowed(5, '"\n')],
      ['inQuotes', 'unclear', 'complete', 'unclear'],
    );
  });
});
