/** What is read without a worker. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { createOkrFiles } from '../../../src/adapters/okr-files/okr-files.ts';
import { readHere } from '../../../src/adapters/okr-files/read-here.ts';
import { summarizeFile } from '../../../src/adapters/okr-files/rows/summarize-file.ts';
import type { ReadJob } from '../../../src/adapters/okr-files/worker/worker-protocol.ts';
import { Unreadable } from '../../../src/adapters/okr-files/table/text-table.ts';
import { inPieces, scratchPath, streamOf } from './pieces.ts';

const limits = { maxBytes: 1e6, maxRows: 1_000, maxUnpackedBytes: 1e6 };
const job = (): ReadJob => ({
  kind: 'read',
  fileKind: 'csv',
  today: '2025-06-30',
  scratch: scratchPath(),
  limits,
});
const little = { bytes: 10_000, rows: 100 };
const { signal } = new AbortController();

const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<string> =>
  Buffer.from(await new Response(stream).arrayBuffer()).toString('latin1');

async function resultInWorker(bytes: Uint8Array) {
  try {
    return await summarizeFile(inPieces(bytes), job());
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', why: error.why };
    throw error;
  }
}

const folder = new URL('files/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.csv'))
  .map((name) => readFileSync(new URL(name, folder)));
const anySizes = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 5 });

describe('a CSV that is little work', () => {
  it('is read as a worker reads it, or is left whole for one', async () => {
    const kinds = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.integer({ min: 1, max: 6 }),
        anySizes,
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 40 }),
        async (file, times, sizes, bytes, rows) => {
          const all = Buffer.concat(Array.from({ length: times }, () => file));
          const source = ReadableStream.from(inPieces(all, sizes));
          const here = await readHere(source, job(), { bytes, rows }, signal);
          kinds.add(here.kind);
          if (here.kind === 'moreWork') assert.equal(await bytesOf(here.source), all.toString('latin1'));
          else assert.deepEqual(here.result, await resultInWorker(all));
        },
      ),
      { numRuns: 200 },
    );
    assert.deepEqual([...kinds].toSorted(), ['done', 'moreWork']);
  });

  it('needs no worker, and one row more does', async () => {
    const started: unknown[] = [];
    const count = (worker: unknown) => void started.push(worker);
    process.on('worker', count);
    const okrFiles = createOkrFiles({ log: { warn: () => undefined } });
    for (const rows of [500, 501]) {
      const csv = `Id,Title\n${Array.from({ length: rows }, (_, nth) => `${nth},Grow\n`).join('')}`;
      const reading = await okrFiles.read(streamOf(csv), { kind: 'csv', today: '2025-06-30', limits });
      assert.ok(reading.kind === 'read');
      assert.deepEqual([reading.summary.rows, reading.bytes], [rows, csv.length]);
      assert.equal(started.length, rows - 500);
    }
    process.off('worker', count);
    okrFiles.close();
  });

  it('is no more than the file may have', async () => {
    const small = { ...job(), limits: { ...limits, maxBytes: 20 } };
    const here = await readHere(
      ReadableStream.from([Buffer.from('Id,Title\n1,Grow\n2,On\n')]),
      small,
      little,
      signal,
    );
    assert.equal(here.kind, 'moreWork');
  });

  it('lets others have their turn', async () => {
    const turns: string[] = [];
    setImmediate(() => turns.push('another'));
    const csv = Buffer.from(`Id,Title\n${'1,Grow\n'.repeat(4_000)}`);
    const much = { bytes: 100_000, rows: 10_000 };
    const unlimited = { ...job(), limits: { ...limits, maxRows: 10_000 } };
    const here = await readHere(ReadableStream.from([csv]), unlimited, much, signal);
    turns.push(here.kind);
    assert.deepEqual(turns, ['another', 'done']);
  });

  it('is read no further than its answer needs, and its source is told', async () => {
    let isCancelled = false;
    const lines = Buffer.from('no,header\n'.repeat(300));
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(lines),
      cancel: () => {
        isCancelled = true;
      },
    });
    const here = await readHere(source, job(), { bytes: 100_000, rows: 100 }, signal);
    assert.deepEqual(here.kind === 'done' && here.result, { kind: 'unreadable', why: 'noTitleColumn' });
    assert.ok(isCancelled);
  });

  it('rejects with the error of a source that breaks, also behind what was looked at', async () => {
    const broken = new Error('cut');
    const breaking = (pieces: number) =>
      ReadableStream.from(
        (async function* () {
          yield* inPieces(Buffer.from('Id,Title\n1,Grow\n'.repeat(pieces)), [16]);
          throw broken;
        })(),
      );
    await assert.rejects(readHere(breaking(1), job(), little, signal), broken);
    const here = await readHere(breaking(50), job(), { bytes: 100, rows: 100 }, signal);
    assert.ok(here.kind === 'moreWork');
    await assert.rejects(bytesOf(here.source), broken);
  });

  it('rejects with the reason of a signal, aborted before or while it waits', async () => {
    const reason = new Error('no longer wanted');
    for (const isBefore of [true, false]) {
      const stop = new AbortController();
      const told = Promise.withResolvers<unknown>();
      const source = new ReadableStream<Uint8Array>({
        pull: () => (isBefore ? undefined : stop.abort(reason)),
        cancel: told.resolve,
      });
      if (isBefore) stop.abort(reason);
      await assert.rejects(readHere(source, job(), little, stop.signal), reason);
      assert.equal(await told.promise, reason);
    }
  });
});
