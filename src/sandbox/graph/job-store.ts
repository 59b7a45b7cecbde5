/** The jobs the simulated Graph knows: from this run, from its journal, or learnt from an id that comes back. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { JobOrigin } from './job-id.ts';
import { makeJobId, readJobId } from './job-id.ts';
import type { Fate } from './scenarios.ts';

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
