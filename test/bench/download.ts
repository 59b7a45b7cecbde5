/**
 * What a download through the whole bot costs beside `https.get` and `pipeline`, in turn, each in a process
 * of its own between the same source and the same reader; with `--what forms` the memory that the three forms of a file take.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeUntrustedCertificate } from '../adapters/graph/untrusted-certificate.ts';
import { downloadBytes, readDownloadArguments } from './download-roles.ts';
import { tellRatio } from './tell-ratio.ts';
import { forgetPeak, peakMegabytes, usageOf } from './process-watch.ts';
import { startWholeBot, take, type WholeBot, type WholeBotOptions } from './whole-bot.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const given = readDownloadArguments(process.argv.slice(2));
const roles = new URL('./download-roles.ts', import.meta.url).pathname;

interface Part {
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

async function start(role: string, more: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Part> {
  const size = ['--mb', String(given.mb), '--framing', given.framing];
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', roles, '--role', role, ...size, ...more],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...env } },
  );
  const [port] = (await once(child, 'message')) as [number];
  const stop = async (): Promise<void> => {
    child.disconnect();
    await once(child, 'exit');
  };
  return { port, pid: child.pid ?? 0, stop };
}

async function measure(pid: number, work: () => Promise<number>) {
  forgetPeak(pid);
  const before = usageOf(pid);
  const startedAt = performance.now();
  const bytes = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const after = usageOf(pid);
  if (before === undefined || after === undefined) throw new Error(`process ${pid} has ended`);
  return {
    'MB a second': bytes / 1e6 / seconds,
    'processor seconds a GB': ((after.cpuSeconds - before.cpuSeconds) * 1e9) / bytes,
    'memory growth (MB)': peakMegabytes(pid) - before.residentMegabytes,
  };
}

type Figures = Awaited<ReturnType<typeof measure>>;

async function takeWhole(address: string, method: 'GET' | 'POST'): Promise<number> {
  const bytes = await take(address, method);
  if (bytes !== downloadBytes(given)) throw new Error(`${bytes} bytes arrived`);
  return bytes;
}

interface Surroundings {
  readonly source: URL;
  /** A file with the source's certificate. */
  readonly trusted: string;
}

async function measureRaw({ source, trusted }: Surroundings): Promise<Figures> {
  const part = await start('raw', ['--from', source.origin], { NODE_EXTRA_CA_CERTS: trusted });
  const figures = await measure(part.pid, () => takeWhole(`http://127.0.0.1:${part.port}`, 'GET'));
  await part.stop();
  return figures;
}

/** Milliseconds, after which no worker of files waits any more, and the embedded database is optimized: no part of a download. */
const settling = 35_000;

async function withBot<T>(
  engine: WholeBotOptions['engine'],
  { source, trusted }: Surroundings,
  work: (bot: WholeBot) => Promise<T>,
): Promise<T> {
  const options =
    given.node === undefined ? {} : { NODE_OPTIONS: `--disable-warning=ExperimentalWarning ${given.node}` };
  const bot = await startWholeBot({
    engine,
    source,
    variables: { NODE_EXTRA_CA_CERTS: trusted, ...options },
  });
  try {
    await pause(settling);
    return await work(bot);
  } finally {
    await bot.stop();
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function print(who: string, raw: readonly Figures[], ours: readonly Figures[]): void {
  for (const name of ['MB a second', 'processor seconds a GB', 'memory growth (MB)'] as const) {
    const [reference, own] = [raw, ours].map((all) => median(all.map((one) => one[name]))) as [
      number,
      number,
    ];
    tellRatio(`download, ${who}, ${name}`, own, reference);
  }
}

const download = async (around: Surroundings, engine: WholeBotOptions['engine']): Promise<void> =>
  withBot(engine, around, async ({ pid, exportFile }) => {
    const [raw, ours]: [Figures[], Figures[]] = [[], []];
    for (let round = 0; round < given.rounds; round += 1) {
      raw.push(await measureRaw(around));
      const page = await exportFile('beside');
      ours.push(await measure(pid, () => takeWhole(page, 'POST')));
    }
    print(engine, raw, ours);
  });

const forms = async (around: Surroundings, engine: WholeBotOptions['engine']): Promise<void> =>
  withBot(engine, around, async ({ pid, exportFile }) => {
    const before = usageOf(pid)?.residentMegabytes ?? Number.NaN;
    const tell = (what: string): void => {
      const { residentMegabytes = Number.NaN, cpuSeconds = Number.NaN } = usageOf(pid) ?? {};
      const [most, now] = [peakMegabytes(pid), residentMegabytes].map((mb) => (mb - before).toFixed(0));
      say(
        `${engine}, ${what}: +${most} MB at most so far, +${now} MB now; ${cpuSeconds.toFixed(1)} s of processor`,
      );
    };
    forgetPeak(pid);
    tell(`before (${before.toFixed(0)} MB)`);
    const page = await exportFile('file');
    tell('read');
    await takeWhole(page, 'POST');
    tell('original taken');
    for (const format of ['workbook', 'spreadsheetCsv']) {
      await take(`${page}?format=${format}`, 'POST');
      tell(`${format} taken`);
    }
  });

const folder = await mkdtemp(path.join(tmpdir(), 'bench-download-'));
try {
  const certificate = makeUntrustedCertificate();
  const [pair, trusted] = [path.join(folder, 'pair.json'), path.join(folder, 'cert.pem')];
  await writeFile(pair, JSON.stringify(certificate));
  await writeFile(trusted, certificate.cert);
  const part = await start('source', ['--pair', pair]);
  const around = { source: new URL(`https://localhost:${part.port}/content`), trusted };
  const measured = { download, forms }[given.what];
  for (const engine of given.engines) await measured(around, engine);
  await part.stop();
} finally {
  await rm(folder, { recursive: true });
}
