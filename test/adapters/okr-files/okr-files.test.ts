import assert from 'node:assert/strict';
import { createOkrFiles, type OkrFilesDeps } from '../../../src/adapters/okr-files/okr-files.ts';
import { streamOf } from './pieces.ts';
import { inlineRow, workbookOf } from './workbooks.ts';

const limits = { maxBytes: 1e6, maxRows: 1_000, maxUnpackedBytes: 10e6 };
const options = { kind: 'csv', today: '2025-06-30', limits } as const;
const csv = 'Id,Title\n1,Grow\n';

const none = { bytes: 0, rows: 0 };

/** A worker that does just this, with the port of the real one. */
const workerDoing = (code: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import {parentPort} from 'node:worker_threads';${code}`)}`,
  );

/** A source that never ends, and tells whether it was cancelled. */
function endless(text: string) {
  const seen = { cancelled: false, pulls: 0 };
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      seen.pulls += 1;
      controller.enqueue(Buffer.from(text));
    },
    cancel: () => {
      seen.cancelled = true;
    },
  });
  return { seen, stream };
}

/** A source that gives nothing until it is told to. */
function held() {
  const gate = Promise.withResolvers<undefined>();
  const asked = Promise.withResolvers<undefined>();
  let isAsked = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        isAsked = true;
        asked.resolve(undefined);
        await gate.promise;
        controller.enqueue(Buffer.from(csv));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, asked: asked.promise, wasAsked: () => isAsked, release: () => gate.resolve(undefined) };
}

describe('export files', () => {
  const warnings: unknown[] = [];
  const filesWith = (deps: Partial<OkrFilesDeps> = {}) =>
    createOkrFiles({ log: { warn: (...words) => warnings.push(words) }, ...deps });
  beforeEach(() => void warnings.splice(0));

  it('are read in a worker, CSV and workbooks', async () => {
    const files = filesWith({ littleWork: none });
    const fromCsv = await files.read(streamOf('Id,Title\n1,"Gr', 'ow"\n'), options);
    assert.ok(fromCsv.kind === 'read');
    assert.equal(fromCsv.bytes, Buffer.byteLength('Id,Title\n1,"Grow"\n'));
    assert.deepEqual(
      fromCsv.snapshot.rows.map(({ key, title }) => [key, title]),
      [['1', 'Grow']],
    );
    const workbook = workbookOf({ sheets: [inlineRow('Title') + inlineRow('Grow')] });
    const fromXlsx = await files.read(streamOf(workbook), { ...options, kind: 'xlsx' });
    assert.ok(fromXlsx.kind === 'read');
    assert.equal(fromXlsx.bytes, workbook.length);
    assert.equal(fromXlsx.summary.rows, 1);
    assert.deepEqual(warnings, []);
  });

  it('say why they cannot be read', async () => {
    assert.deepEqual(await filesWith().read(streamOf('Name\nx\n'), options), {
      kind: 'unreadable',
      why: 'noTitleColumn',
    });
  });

  it('are read no further than so many bytes, and the source is told', async () => {
    const { stream, seen } = endless(`Title\n${`${'x'.repeat(999)}\n`.repeat(20)}`);
    const reading = await filesWith().read(stream, { ...options, limits: { ...limits, maxRows: 1e9 } });
    assert.deepEqual(reading, { kind: 'unreadable', why: 'tooLarge' });
    assert.ok(seen.cancelled);
    assert.ok(seen.pulls < 60);
  });

  it('are pulled no faster than the worker asks', async () => {
    const { stream, seen } = endless('x');
    const entry = workerDoing(
      `parentPort.once('message', ({port}) => {
        port.postMessage({kind: 'more'});
        port.once('message', () => process.exit());
      })`,
    );
    await filesWith({ entry, littleWork: none }).read(stream, options);
    assert.ok(seen.pulls <= 3, String(seen.pulls));
  });

  it('reject with the error of a source that breaks', async () => {
    const broken = new Error('cut');
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from(csv)),
      pull: () => {
        throw broken;
      },
    });
    await assert.rejects(filesWith().read(stream, options), broken);
  });

  it('reject with the reason of the signal, while they wait for their source', async () => {
    const source = held();
    const stop = new AbortController();
    const reading = filesWith().read(source.stream, { ...options, signal: stop.signal });
    await source.asked;
    const reason = new Error('no longer wanted');
    stop.abort(reason);
    await assert.rejects(reading, reason);
    source.release();
  });

  it('end when the bot does', async () => {
    const source = held();
    const files = filesWith();
    const reading = files.read(source.stream, options);
    await source.asked;
    files.close();
    await assert.rejects(reading, { name: 'AbortError' });
    source.release();
  });

  const deaths: readonly (readonly [name: string, code: string, why: string])[] = [
    ['ends without a word', 'process.exit(0)', 'damaged'],
    ['throws', `throw new Error('the text of a cell')`, 'damaged'],
    ['runs out of memory', 'const all = []; for (;;) all.push(Array(10_000).fill({}))', 'tooLarge'],
    ['never comes to an end', 'for (;;);', 'tookTooLong'],
  ];
  for (const [name, code, why] of deaths) {
    it(`are ${why} when the worker ${name}, and the log does not quote them`, async () => {
      const { stream, seen } = endless(csv);
      const files = filesWith({ littleWork: none, entry: workerDoing(code), maxHeapMb: 32, maxWorkMs: why === 'tookTooLong' ? 200 : 60_000 });
      assert.deepEqual(await files.read(stream, options), { kind: 'unreadable', why });
      assert.ok(seen.cancelled);
      assert.doesNotMatch(JSON.stringify(warnings), /text of a cell/);
    }); // prettier-ignore
  }

  it('leave in the log where the worker died', async () => {
    const entry = workerDoing(
      `function lost() { throw new TypeError('a cell\\n    at another cell') } lost()`,
    );
    await filesWith({ entry, littleWork: none }).read(streamOf(csv), options);
    const [[death]] = warnings as [[{ errorName: string; frames: string[] }]];
    assert.equal(death.errorName, 'TypeError');
    assert.match(death.frames[0] ?? '', /^at lost /);
    assert.ok(death.frames.every((frame) => !frame.startsWith('at another')));
  });

  describe('one after the other', () => {
    /** Answers with the number of its job; the third is its end. */
    const counting = (result: string, heapMb: number): URL =>
      workerDoing(`let nth = 0;
        parentPort.on('message', ({port}) => {
          nth += 1;
          if (nth === 3) process.exit();
          port.postMessage({kind: 'done', result: {${result}, nth}, heapMb: ${heapMb}});
        })`);
    const [wellRead, noTable, damaged] = [
      `kind: 'read'`,
      `kind: 'unreadable', why: 'noTitleColumn'`,
      `kind: 'unreadable', why: 'damaged'`,
    ];
    const jobsOf = async (deps: Partial<OkrFilesDeps>) => {
      const files = filesWith({ littleWork: none, ...deps });
      const jobs: unknown[] = [];
      for (let nth = 0; nth < 4; nth += 1) {
        const reading = await files.read(streamOf(csv), options);
        jobs.push('nth' in reading ? reading.nth : 'dead');
      }
      files.close();
      return jobs;
    };

    it('are read by the same worker until it has to be ended', async () => {
      assert.deepEqual(await jobsOf({ entry: counting(wellRead, 20) }), [1, 2, 'dead', 1]);
      assert.deepEqual(await jobsOf({ entry: counting(noTable, 20) }), [1, 2, 'dead', 1]);
    });

    it('are read by another worker when the first has grown, has done enough, or its file may be made to harm', async () => {
      assert.deepEqual(await jobsOf({ entry: counting(wellRead, 65) }), [1, 1, 1, 1]);
      assert.deepEqual(await jobsOf({ entry: counting(wellRead, 20), maxJobs: 2 }), [1, 2, 1, 2]);
      assert.deepEqual(await jobsOf({ entry: counting(damaged, 20) }), [1, 1, 1, 1]);
    });
  });

  it('are read by another worker after a large one', async () => {
    /** Reads its file to the end, and answers with the number of its job. */
    const entry = workerDoing(`let nth = 0;
      parentPort.on('message', ({port}) => {
        nth += 1;
        port.on('message', (answer) => port.postMessage(answer.kind === 'end'
          ? {kind: 'done', result: {kind: 'read', nth}, heapMb: 20} : {kind: 'more'}));
        port.postMessage({kind: 'more'});
      })`);
    const files = filesWith({ entry, littleWork: none });
    const jobs: unknown[] = [];
    for (const megabytes of [1, 5, 1]) {
      const file = streamOf('x'.repeat(megabytes * 1_000_000));
      const reading = await files.read(file, { ...options, limits: { ...limits, maxBytes: 10_000_000 } });
      jobs.push('nth' in reading && reading.nth);
    }
    files.close();
    assert.deepEqual(jobs, [1, 2, 1]);
  });

  it('share one worker where they are small, although they come at once', async () => {
    const files = filesWith({ besideAfterMs: 60_000, littleWork: none });
    const started: unknown[] = [];
    const count = (worker: unknown) => void started.push(worker);
    process.on('worker', count);
    const reading = () => files.read(streamOf(csv), options);
    const kinds = (await Promise.all([reading(), reading()])).map(({ kind }) => kind);
    process.off('worker', count);
    assert.deepEqual([kinds, started.length], [['read', 'read'], 1]);
    files.close();
  });

  it('wait their turn: two at once, and one who leaves the queue loses nobody else their turn', async () => {
    const files = filesWith();
    const sources = [held(), held(), held(), held()] as const;
    const leave = new AbortController();
    const readings = sources.map(({ stream }, nth) =>
      files.read(stream, nth === 2 ? { ...options, signal: leave.signal } : options),
    );
    await Promise.all([sources[0].asked, sources[1].asked]);
    const left = assert.rejects(readings[2] ?? Promise.resolve(), { name: 'AbortError' });
    leave.abort();
    await left;
    assert.deepEqual(sources.map((one) => one.wasAsked()), [true, true, false, false]);
    sources[0].release();
    await sources[3].asked;
    for (const source of sources) source.release();
    const kinds = await Promise.all([readings[0], readings[1], readings[3]]);
    assert.deepEqual(kinds.map((one) => one?.kind), ['read', 'read', 'read']);
  }); // prettier-ignore
});
