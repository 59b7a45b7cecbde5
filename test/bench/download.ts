/**
 * `npm run bench:download`: what a download costs beside `https.get` and `pipeline`, in turn, each in a process of its own between
 * the same source and the same reader. Arguments: download-roles.ts.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeUntrustedCertificate } from '../adapters/graph/untrusted-certificate.ts';
import { downloadBytes, readDownloadArguments } from './download-roles.ts';
import { peakMegabytes, usageOf } from './process-watch.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const given = readDownloadArguments(process.argv.slice(2));
const roles = new URL('./download-roles.ts', import.meta.url).pathname;

interface Part {
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

async function start(role: string, more: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Part> {
  const options = role === 'ours' ? (given.node ?? '').split(' ').filter((option) => option !== '') : [];
  const size = ['--mb', String(given.mb), '--framing', given.framing];
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...options, roles, '--role', role, ...size, ...more],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...env } },
  );
  const [port] = (await once(child, 'message')) as [number];
  const stop = async (): Promise<void> => {
    child.disconnect();
    await once(child, 'exit');
  };
  return { port, pid: child.pid ?? 0, stop };
}

function read(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, agent: false }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => (bytes += piece.length));
      response.on('end', () => resolve(bytes)).on('error', reject);
    });
    request.on('error', reject);
  });
}

async function measure({ port, pid }: Part) {
  const before = usageOf(pid);
  const startedAt = performance.now();
  const bytes = await read(port);
  const seconds = (performance.now() - startedAt) / 1000;
  const after = usageOf(pid);
  if (bytes !== downloadBytes(given) || before === undefined || after === undefined)
    throw new Error(`${bytes} bytes arrived`);
  return {
    'MB a second': bytes / 1e6 / seconds,
    'processor seconds a GB': ((after.cpuSeconds - before.cpuSeconds) * 1e9) / bytes,
    'memory growth (MB)': peakMegabytes(pid) - before.residentMegabytes,
  };
}

type Figures = Awaited<ReturnType<typeof measure>>;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function print(raw: readonly Figures[], ours: readonly Figures[]): void {
  for (const name of ['MB a second', 'processor seconds a GB', 'memory growth (MB)'] as const) {
    const [reference, own] = [raw, ours].map((all) => median(all.map((one) => one[name]))) as [
      number,
      number,
    ];
    say(
      `${name.padEnd(24)}${own.toFixed(1).padStart(8)}, raw ${reference.toFixed(1).padStart(8)}, ratio ${(own / reference).toFixed(2)}`,
    );
  }
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-download-'));
try {
  const certificate = makeUntrustedCertificate();
  const [pair, trusted] = [path.join(folder, 'pair.json'), path.join(folder, 'cert.pem')];
  await writeFile(pair, JSON.stringify(certificate));
  await writeFile(trusted, certificate.cert);
  const source = await start('source', ['--pair', pair]);
  const figures: Readonly<Record<'raw' | 'ours', Figures[]>> = { raw: [], ours: [] };
  for (let round = 0; round < given.rounds; round += 1)
    for (const role of ['raw', 'ours'] as const) {
      const from = ['--from', `https://localhost:${source.port}`];
      const part = await start(role, from, { NODE_EXTRA_CA_CERTS: trusted });
      figures[role].push(await measure(part));
      await part.stop();
    }
  await source.stop();
  print(figures.raw, figures.ours);
} finally {
  await rm(folder, { recursive: true });
}
