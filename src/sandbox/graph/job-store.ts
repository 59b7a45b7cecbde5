/** Keeps the jobs of the simulated Graph: from this run, from its journal, or learnt from an id that comes back. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Fate } from './scenarios.ts';
import { createSeal } from '../loopback/simulator-keys.ts';

type JobStatus = 'notStarted' | 'running' | 'succeeded' | 'failed';

export type SimulatedJob = JobOrigin & Readonly<{ id: string }>;

export type JobStore = Readonly<{
  add: (origin: JobOrigin) => SimulatedJob;
  /** Undefined for a forgotten job and for an id that no simulator made. */
  find: (id: string) => SimulatedJob | undefined;
  all: () => readonly SimulatedJob[];
  forget: (id: string) => void;
  /** Any word is allowed, so that tests can answer with one that nobody knows. */
  setStatus: (id: string, status: string) => void;
  statusOf: (job: SimulatedJob, fate: Fate) => string;
}>;

const journalLine = z.object({
  id: z.string(),
  status: z.string().optional(),
  forgotten: z.boolean().optional(),
});

/** @param journalFile JSON lines, appended to; without it List is empty again after a restart */
export const createJobStore = (clock: () => number, journalFile?: string): JobStore => {
  const jobs = new Map<string, SimulatedJob>();
  const forgotten = new Set<string>();
  const statuses = new Map<string, string>();

  const find = (id: string): SimulatedJob | undefined => {
    if (forgotten.has(id)) return undefined;
    const known = jobs.get(id);
    if (known) return known;
    const origin = readJobId(id);
    if (!origin) return undefined;
    const job = { ...origin, id };
    jobs.set(id, job);
    return job;
  };
  const apply = (line: z.infer<typeof journalLine>): void => {
    if (line.forgotten) forgotten.add(line.id);
    if (line.status !== undefined) statuses.set(line.id, line.status);
    find(line.id);
  };
  const record = (line: z.infer<typeof journalLine>): void => {
    apply(line);
    if (journalFile === undefined) return;
    mkdirSync(dirname(journalFile), { recursive: true });
    appendFileSync(journalFile, `${JSON.stringify(line)}\n`);
  };
  readJournal(journalFile).forEach(apply);

  return {
    add: (origin) => {
      const id = makeJobId(origin);
      record({ id });
      return { ...origin, id };
    },
    find,
    all: () => [...jobs.values()].filter(({ id }) => !forgotten.has(id)),
    forget: (id) => record({ id, forgotten: true }),
    setStatus: (id, status) => record({ id, status }),
    statusOf: (job, fate) => statuses.get(job.id) ?? statusByTime(fate, clock() - job.createdAt),
  };
};

const statusByTime = (fate: Fate, age: number): JobStatus => {
  if (fate.kind !== 'runs' || age < fate.startsAfterMs) return 'notStarted';
  return age < fate.endsAfterMs ? 'running' : fate.ends;
};

const readJournal = (journalFile: string | undefined): z.infer<typeof journalLine>[] => {
  if (journalFile === undefined || !existsSync(journalFile)) return [];
  // A line cut short by a killed process is dropped; everything before it counts.
  return readFileSync(journalFile, 'utf8').split('\n').flatMap(readLine);
};

const readLine = (line: string): z.infer<typeof journalLine>[] => {
  try {
    return [journalLine.parse(JSON.parse(line))];
  } catch {
    return [];
  }
};

export type JobOrigin = Readonly<{
  goalsOrganizationId: string;
  explorerViewId: string;
  /** Tenant and object id of who started it. */
  tid: string;
  oid: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}>;

// The simulator guards nothing: a fixed key lets every later process read the ids of an earlier one.
const seal = createSeal(createHash('sha256').update('simulated graph job ids').digest());

export const makeJobId = (origin: JobOrigin): string => {
  const time = Buffer.alloc(8);
  time.writeDoubleBE(origin.createdAt);
  const guids = [origin.goalsOrganizationId, origin.explorerViewId, origin.tid, origin.oid].map(bytesOfGuid);
  return `j!${seal.seal(Buffer.concat([time, ...guids]))}`;
};

/** Undefined for an id that no simulator made. */
const readJobId = (id: string): JobOrigin | undefined => {
  const bytes = id.startsWith('j!') ? seal.open(id.slice(2)) : undefined;
  if (bytes?.length !== 72) return undefined;
  const guidAt = (index: number) => guidOfBytes(bytes.subarray(8 + 16 * index, 24 + 16 * index));
  return {
    createdAt: bytes.readDoubleBE(0),
    goalsOrganizationId: guidAt(0),
    explorerViewId: guidAt(1),
    tid: guidAt(2),
    oid: guidAt(3),
  };
};

const bytesOfGuid = (guid: string): Buffer => {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new Error(`Not a GUID: ${guid}`);
  return bytes;
};

const guidOfBytes = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
