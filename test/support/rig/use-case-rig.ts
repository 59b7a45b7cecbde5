/** Builds the app's use cases over the real stores; the outside, the clock and the queue's worker are in the test's hands. */
import { createSources } from '../../../src/sources/sources.ts';
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '../../../src/adapters/store/engine/database.ts';
import { createUseCases, type UseCases } from '../../../src/app/use-cases.ts';
import { createBackground } from '../../../src/background.ts';
import type { ExportJob, Requester } from '../../../src/domain/exports/export-job.ts';
import type { FileWork } from '../../../src/ports/readings.ts';
import type { Log, Stores, Transact } from '../../../src/ports/runtime.ts';
import type { Limits } from '../../../src/usecases/machine/limits.ts';
import { createLife, type Life } from './mortal-ports.ts';
import { createScriptedGraph, type ScriptedGraph } from './scripted-graph.ts';
import { createScriptedTeams, type ScriptedTeams } from './scripted-teams.ts';
import { storesOver, transactWith, type QueuedAt } from './rig-queue.ts';
import { createScriptedDrive, simpleOkrFiles, type ScriptedDrive } from './scripted-files.ts';
import { sampleTenant } from '../samples/sample-exports.ts';
import { expireClaims, passInDatabase, takeExport } from './claims.ts';
import { createScriptedTokens, type ScriptedTokens } from './scripted-tokens.ts';

export interface Rig extends UseCases {
  readonly graph: ScriptedGraph;
  readonly teams: ScriptedTeams;
  readonly tokens: ScriptedTokens;
  readonly clock: { readonly now: () => Date };
  /** When the queue wakes each export. */
  readonly queued: ReadonlyMap<string, Date>;
  /** Work on files that waits, and when it is due. */
  readonly queuedFileWork: ReadonlyMap<string, { readonly work: FileWork; readonly at: Date }>;
  /** What follows from something that was kept; it is run at once, unless the process dies. */
  readonly queuedTasks: ReadonlyMap<string, QueuedAt>;
  readonly transact: Transact;
  /** Does the work on files that is due within so many seconds, until there is none. */
  readonly workOnFiles: (seconds?: number) => Promise<void>;
  readonly drive: ScriptedDrive;
  readonly stores: Stores;
  readonly failures: unknown[];
  /** Told to the operator as errors, though nothing failed here. */
  readonly reported: readonly Readonly<Record<string, unknown>>[];
  /** Waits for all background work, or for the death of the process. */
  readonly settle: () => Promise<void>;
  readonly pass: (seconds: number) => void;
  /** Lets so many seconds pass, with all wakes that are queued for them, `wakes` at most. */
  readonly run: (options?: { readonly seconds?: number; readonly wakes?: number }) => Promise<void>;
  readonly job: (exportId: string) => Promise<ExportJob>;
  readonly jobsOf: (person: Requester) => Promise<readonly ExportJob[]>;
  /** Claims of dead processes run out. */
  readonly expireClaims: () => Promise<void>;
  /** The same world, used by one more process, over its own connection if one is given. */
  readonly anotherProcess: (life?: Life, database?: Database) => Rig;
}

interface World {
  readonly database: Database;
  readonly graph: ScriptedGraph;
  readonly teams: ScriptedTeams;
  readonly tokens: ScriptedTokens;
  readonly queued: Map<string, Date>;
  readonly queuedFileWork: Map<string, { readonly work: FileWork; readonly at: Date }>;
  readonly queuedTasks: Map<string, QueuedAt>;
  readonly drive: ScriptedDrive;
  readonly time: { now: Date };
  readonly limits: Limits;
}

const settings = {
  publicUrl: 'https://bot.example',
  scheduleLimits: { perUser: 3, perTenant: 1000 },
  followDays: 7,
  database: { kind: 'embedded' as const },
  allowedTenants: new Set([sampleTenant]),
  graph: { maxDownloadMegabytes: 0.1 },
  files: { maxUploadMegabytes: 0.1, maxRows: 1000 },
};

export function createRig(
  database: Database,
  { limits = {}, life }: { readonly limits?: Partial<Limits>; readonly life?: Life } = {},
): Rig {
  const time = { now: new Date('2026-03-02T09:00:00.000Z') };
  const clock = { now: () => time.now };
  const world: World = {
    database,
    time,
    graph: createScriptedGraph(clock),
    teams: createScriptedTeams(),
    tokens: createScriptedTokens(),
    queued: new Map(),
    queuedFileWork: new Map(),
    queuedTasks: new Map(),
    drive: createScriptedDrive(),
    limits: { openPerUser: 100, dailyPerUser: 100, openPerTenant: 1000, ...limits },
  };
  return processIn(world, life);
}

/** Each look at it takes a millisecond, as in life: two of its times are never quite the same. */
const tickingClock = (time: World['time']): Rig['clock'] => ({
  now: () => (time.now = new Date(time.now.getTime() + 1)),
});

function processIn(world: World, life: Life = createLife({ call: 0, when: 'before' })): Rig {
  const { database, graph, teams, tokens, queued, queuedFileWork, queuedTasks, drive, time } = world;
  const failures: unknown[] = [];
  const reported: Readonly<Record<string, unknown>>[] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (fields) => {
      if ('err' in fields) failures.push(fields['err']);
      else reported.push(fields);
    },
    child: () => log,
  };
  const clock = tickingClock(time);
  const background = createBackground(log);
  const runTasks = async (until: Date): Promise<void> => {
    for (const [key, due] of queuedTasks) {
      if (due.at > until || life.isDead()) continue;
      const seconds = await useCases.runTask(due.task);
      if (queuedTasks.get(key) === due) queuedTasks.delete(key);
      if (seconds !== undefined)
        queuedTasks.set(key, { task: due.task, at: new Date(time.now.getTime() + seconds * 1000) });
    }
  };
  const transact = transactWith(world, () => background.run('tasks', () => runTasks(time.now)));
  const stores = storesOver(world);
  const useCases = createUseCases(
    {
      stores: life.mortal(stores),
      transact: life.mortal(transact),
      messenger: life.mortal(teams),
      sources: createSources([life.mortal(graph.source)]),
      background,
      clock,
      log,
      tokens: {
        ...life.mortal(tokens.over(transact)),
        adminConsentUrl: tokens.adminConsentUrl,
        isConsentState: tokens.isConsentState,
      },
      chance: { random: () => 0, newId: randomUUID, newSecret: () => randomBytes(32).toString('base64url') },
      okrFiles: simpleOkrFiles,
      fetchAttachment: life.mortal(drive.fetchAttachment),
      drive: life.mortal(drive.drive),
      countOthers: () => Promise.resolve(undefined),
      findMember: (_conversation, { userId }) => Promise.resolve(teams.standings.get(userId) ?? 'member'),
      findPersonalChat: ({ tenantId, userId }, known) =>
        Promise.resolve({
          kind: 'found',
          conversation: { ...known, tenantId, conversationId: `a:${userId}`, kind: 'personal' },
        }),
      // No process of the rig has only just begun.
      processAge: () => 60,
    },
    { ...settings, limits: world.limits },
  );
  const settle = () => Promise.race([background.drain(20_000), life.death]);
  const passTo = async (at: Date): Promise<void> => {
    const milliseconds = at.getTime() - time.now.getTime();
    if (milliseconds <= 0) return;
    time.now = at;
    await passInDatabase(database, milliseconds);
  };
  /** As the queue does: what was not scheduled meanwhile is woken when it is due. */
  const wakeExport = async (exportId: string): Promise<void> => {
    await useCases.engine.followUp(exportId, await takeExport(database, exportId, time.now));
    const { due } = (await stores.exports.load(exportId)) ?? {};
    if (due !== undefined && !queued.has(exportId)) queued.set(exportId, due.at);
  };
  /** Export or task, whichever is due first. */
  const wakeNext = async (until: Date): Promise<boolean> => {
    const [next] = [...queued, ...[...queuedTasks].map(([key, { at }]) => [key, at] as const)]
      .filter(([, at]) => at <= until)
      .sort((a, b) => a[1].getTime() - b[1].getTime());
    if (next === undefined || life.isDead()) return false;
    if (queuedTasks.has(next[0])) {
      await passTo(next[1]);
      await Promise.race([runTasks(time.now), life.death]);
      await settle();
      return !life.isDead();
    }
    queued.delete(next[0]);
    await passTo(next[1]);
    await Promise.race([wakeExport(next[0]), life.death]);
    await settle();
    // The queue gives a dead worker's export to the next one.
    if (life.isDead() && !queued.has(next[0])) queued.set(next[0], new Date(time.now.getTime() + 20_000));
    return !life.isDead();
  };
  const workOnNext = async (until: Date): Promise<boolean> => {
    const [next] = [...queuedFileWork]
      .filter(([, { at }]) => at <= until)
      .sort((a, b) => a[1].at.getTime() - b[1].at.getTime());
    if (next === undefined || life.isDead()) return false;
    const [key, { work, at }] = next;
    queuedFileWork.delete(key);
    await passTo(at);
    await Promise.race([useCases.workOnFile(work), life.death]);
    await settle();
    if (life.isDead() && !queuedFileWork.has(key))
      queuedFileWork.set(key, { work, at: new Date(time.now.getTime() + 20_000) });
    return !life.isDead();
  };
  return {
    ...useCases,
    graph,
    teams,
    tokens,
    clock,
    queued,
    queuedFileWork,
    queuedTasks,
    drive,
    stores,
    transact,
    failures,
    reported,
    settle,
    workOnFiles: async (seconds = 0) => {
      const until = new Date(time.now.getTime() + seconds * 1000);
      while (await workOnNext(until));
      assert.deepEqual(failures, []);
    },
    pass: (seconds) => {
      time.now = new Date(time.now.getTime() + seconds * 1000);
    },
    run: async ({ seconds = 3600, wakes = 100 } = {}) => {
      await settle();
      const until = new Date(time.now.getTime() + seconds * 1000);
      let left = wakes;
      while (left > 0 && (await wakeNext(until))) left -= 1;
      if (left > 0) await passTo(until);
      assert.deepEqual(failures, []);
    },
    job: async (exportId) => {
      const job = await stores.exports.load(exportId);
      assert.ok(job, 'the export is there');
      return job;
    },
    jobsOf: (person) => stores.exports.recentOf(person, 100),
    expireClaims: () => expireClaims(database),
    anotherProcess: (next, connected = database) => processIn({ ...world, database: connected }, next),
  };
}
