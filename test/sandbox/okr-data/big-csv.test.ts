// The big exports that readers are measured with: as large as asked, and still a table.
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { bigCsv, type BigCsvSize } from '../../../src/sandbox/okr-data/big-csv.ts';

const at = Date.parse('2026-03-02T09:15:20Z');

const bytesOf = async (size: BigCsvSize): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bigCsv(size, at)) pieces.push(piece);
  return Buffer.concat(pieces);
};

describe('bigCsv', () => {
  it('has as many rows as asked for, each with an Id of its own', async () => {
    const [, ...rows] = parse(await bytesOf({ rows: 2_000 }), { relax_column_count: true });
    assert.equal(rows.length, 2_000);
    assert.equal(new Set(rows.map(([id]) => id)).size, 2_000);
  });

  it('is at least as large as asked for, and hardly larger', async () => {
    const { length } = await bytesOf({ atLeastBytes: 500_000 });
    assert.ok(length >= 500_000 && length < 510_000, `${length} bytes`);
  });
});
