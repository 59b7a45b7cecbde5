// How long export files of 1, 10 and 100 MB take, what memory that costs, and whether the main thread stays free: figures to read, nothing is asserted.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createOkrFiles } from '../../src/adapters/okr-files/okr-files.ts';
import type { MadeOutcome } from '../../src/ports/okr-files.ts';
import { contentFor } from '../../src/sandbox/graph/goals-content.ts';

const sizes = (process.env['BENCH_MB'] ?? '1,10,100').split(',').map(Number);
const limits = { maxBytes: 1e9, maxRows: 10e6, maxUnpackedBytes: 1e9 };
const mb = 1_000_000;

/** The sandbox's rows over and over, made as they are asked for, so that the source itself takes no memory. */
function csvOf(bytes: number): ReadableStream<Uint8Array> {
  const sample = contentFor({ explorerViewId: 'bench', createdAt: Date.parse('2025-06-01'), rows: 2_000 });
  const headerEnd = sample.indexOf('\n') + 1;
  const body = sample.subarray(headerEnd);
  let left = bytes;
  let isFirst = true;
  return new ReadableStream(
    {
      pull: (controller) => {
        const piece = isFirst ? sample : body;
        isFirst = false;
        left -= piece.length;
        controller.enqueue(piece);
        if (left <= 0) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

const options = { kind: 'csv', limits } as const;
const origin = {
  requestedBy: 'Robin Example',
  source: 'bench',
  from: 'goals',
  linkHosts: [],
  exportedAt: new Date(0),
};

/** Made and read to the end, as for a download. */
async function sizeOf(making: Promise<MadeOutcome>): Promise<string> {
  const made = await making;
  if (made.kind === 'unreadable') return made.why;
  let bytes = 0;
  for await (const piece of made.stream) bytes += piece.length;
  return `${(bytes / mb).toFixed(1)} MB made`;
}

describe('export files', () => {
  const files = createOkrFiles({ log: { warn: (...words) => console.log(words) } });
  after(() => files.close());

  const works: Readonly<Record<string, (source: ReadableStream<Uint8Array>) => Promise<string>>> = {
    reads: async (source) => {
      const reading = await files.read(source, { ...options, today: '2025-06-01' });
      return reading.kind === 'read' ? `${reading.summary.rows} rows` : reading.why;
    },
    'makes a workbook of': (source) =>
      sizeOf(files.workbook(source, { ...options, today: '2025-06-01', origin })),
    'makes a spreadsheet CSV of': (source) => sizeOf(files.spreadsheetCsv(source, options)),
  };
  for (const [name, work] of Object.entries(works)) {
    for (const size of sizes) {
      it(`${name} ${size} MB of CSV`, async function () {
        this.timeout(600_000);
        await measure(`${name} ${size} MB`, size, () => work(csvOf(size * mb)));
      });
    }
  }
});

/** `stop` gives the highest growth of the whole process's resident memory, in MB; collects garbage first when that is allowed. */
function watchMemory(): { readonly stop: () => number } {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 50);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return (most - before) / 1e6;
    },
  };
}

async function measure(name: string, size: number, work: () => Promise<string>): Promise<void> {
  const memory = watchMemory();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const outcome = await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - startedAt) / 1_000;
  delay.disable();
  console.log(
    `${name}, ${outcome}: ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of processor), ` +
      `${(size / seconds).toFixed(1)} MB/s, memory +${memory.stop().toFixed(0)} MB at most, ` +
      `event loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms, worst ${(delay.max / 1e6).toFixed(0)} ms`,
  );
}
