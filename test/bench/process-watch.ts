/** What a process uses, read from the kernel and from the bot's own figures. Source: proc(5); Prometheus text format. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

export interface Usage {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly residentMegabytes: number;
  /** Open files, sockets included. */
  readonly handles: number;
  /** Seconds of processor time since its start. */
  readonly cpuSeconds: number;
}

const ticksPerSecond = 100;
const bytesPerPage = 4096;

/** Undefined when the process is gone. */
export function usageOf(pid: number): Usage | undefined {
  try {
    const fields = fieldsOf(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const [user, system, resident] = [fields[11], fields[12], fields[21]].map(Number);
    return {
      at: Date.now(),
      residentMegabytes: ((resident ?? 0) * bytesPerPage) / 1e6,
      handles: readdirSync(`/proc/${pid}/fd`).length,
      cpuSeconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond,
    };
  } catch {
    return undefined;
  }
}

/**
 * Processor seconds of the threads that live, to the nanosecond: `cpuSeconds` counts ticks, and whoever wakes by a timer of an idle
 * machine is there at each. Source: kernel documentation, "Scheduler Statistics".
 */
export const exactSeconds = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce(
    (sum, thread) => sum + Number(read(`${pid}/task/${thread}`, 'schedstat').split(' ')[0]) / 1e9,
    0,
  );

/** From now on `peakMegabytes` tells of what follows. */
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** The most resident memory that it ever had, or since `forgetPeak`. */
export const peakMegabytes = (pid: number): number =>
  (Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`${pid}`, 'status'))?.[1]) * 1024) / 1e6;

/** Processor seconds of the PostgreSQL server at that URL, its processes that have ended included; 0 without one. */
export function postgresSeconds(databaseUrl: string | undefined): number {
  if (databaseUrl === undefined) return 0;
  const { server, ours } = postgresProcesses(databaseUrl);
  const living = ours.reduce((sum, pid) => sum + (usageOf(Number(pid))?.cpuSeconds ?? 0), 0);
  return server === undefined ? living : living + secondsOfEndedChildren(server);
}

/** The same to the nanosecond, without processes that have ended. */
export const exactPostgresSeconds = (databaseUrl: string): number =>
  postgresProcesses(databaseUrl).ours.reduce((sum, pid) => sum + exactSeconds(Number(pid)), 0);

function postgresProcesses(databaseUrl: string) {
  const { port } = new URL(databaseUrl);
  const pids = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid));
  const server = pids.find((pid) => read(pid, 'cmdline').includes(`\0-p\0${port}\0`) && isPostgres(pid));
  const ours = pids.filter((pid) => isPostgres(pid) && (pid === server || parentOf(pid) === server));
  return { server, ours };
}

function secondsOfEndedChildren(pid: string): number {
  const fields = fieldsOf(read(pid, 'stat'));
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}

/** What follows the name of the process, which may hold blanks. */
const fieldsOf = (stat: string): readonly string[] => stat.replace(/^.*\) /, '').split(' ');

const isPostgres = (pid: string): boolean => read(pid, 'comm').trim() === 'postgres';
const parentOf = (pid: string): string | undefined => fieldsOf(read(pid, 'stat'))[1];

function read(pid: string, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return '';
  }
}

/** Sums of the figures of that name over all labels; 0 when there is none. */
export async function figure(metricsPort: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/** Growth in units a minute: the straight line that fits the samples best. */
export function slopePerMinute(samples: readonly { readonly at: number; readonly value: number }[]): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [at, value] = [mean(samples.map((one) => one.at)), mean(samples.map((one) => one.value))];
  const spread = samples.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  const together = samples.reduce((sum, one) => sum + (one.at - at) * (one.value - value), 0);
  return spread === 0 ? 0 : (together / spread) * 60_000;
}
