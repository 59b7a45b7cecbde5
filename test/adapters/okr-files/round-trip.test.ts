import assert from 'node:assert/strict';
import { createOkrFiles } from '../../../src/adapters/okr-files/okr-files.ts';
import type { MadeOutcome, OkrFileKind } from '../../../src/ports/okr-files.ts';
import { contentFor } from '../../../src/sandbox/graph/goals-content.ts';
import { streamOf } from './pieces.ts';

const limits = { maxBytes: 20e6, maxRows: 100_000, maxUnpackedBytes: 200e6 };
const options = { kind: 'csv', today: '2025-06-01', limits } as const;

describe('files that the bot made', () => {
  const files = createOkrFiles({ log: { warn: (...words) => assert.fail(JSON.stringify(words)) } });
  const original = contentFor({ explorerViewId: 'a', createdAt: Date.parse('2025-06-01'), rows: 200 });

  const read = async (file: Uint8Array, kind: OkrFileKind) => {
    const reading = await files.read(streamOf(file), { ...options, kind });
    assert.ok(reading.kind === 'read');
    return { summary: reading.summary, keys: reading.snapshot.rows.map(({ key }) => key).toSorted() };
  };
  const bytesOf = async (made: MadeOutcome): Promise<Uint8Array> => {
    assert.ok(made.kind === 'made');
    return new Response(made.stream).bytes();
  };

  it('say the same as the export when they are sent back to it: the CSV for spreadsheets', async () => {
    const made = await files.spreadsheetCsv(streamOf(original), options);
    assert.deepEqual(await read(await bytesOf(made), 'csv'), await read(original, 'csv'));
  });

  it('say the same as the export when they are sent back to it: the workbook', async () => {
    const origin = {
      requestedBy: 'Mira Tannholt',
      source: 'a',
      from: 'goals',
      linkHosts: [],
      exportedAt: new Date('2025-06-01T10:00:00Z'),
    };
    const made = await files.workbook(streamOf(original), { ...options, origin });
    assert.deepEqual(await read(await bytesOf(made), 'xlsx'), await read(original, 'csv'));
  });
});
