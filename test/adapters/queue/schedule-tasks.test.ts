// Runs of schedules wait in the queue: the one that has been due for longest goes first, whenever it was queued.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { keyOfTask } from '../../../src/adapters/queue/task-payload.ts';
import { createWorkQueue } from '../../../src/adapters/queue/work-queue.ts';
import { createTransact } from '../../../src/adapters/store/transact.ts';
import type { QueuedTask } from '../../../src/ports/queued-tasks.ts';
import { describeOnBothEngines, noLog, systemClock } from '../../support/databases/databases.ts';
import { someConversation, somebody } from '../../support/samples/sample-exports.ts';
import { queuedFor } from '../../support/databases/what-is-stored.ts';
import { sampleVault } from '../../support/samples/sample-vault.ts';

const of = () => {
  const { tenantId, userId } = somebody();
  return { person: { tenantId, userId }, scheduleId: randomUUID() };
};
const due = (minute: string) => ({ ...of(), dueAt: `2026-06-01T09:${minute}:00.000Z` });
const conversation = someConversation();

describeOnBothEngines('tasks of schedules', (given) => {
  it('are read back as they were queued, the oldest first', async () => {
    const { database } = given();
    const queue = await createWorkQueue(database, { log: noLog, clock: systemClock });
    const transact = createTransact(database.db, { queueIn: queue.in, vault: sampleVault });
    const newer: QueuedTask[] = [
      { kind: 'endSchedule', ...of(), until: '2026-06-01T09:00:00.000Z' },
      { kind: 'tellSchedule', ...of(), conversation, notice: { what: 'paused', why: 'failures' }, key: 'a' },
      ...Array.from({ length: 8 }, (): QueuedTask => ({ kind: 'runSchedule', ...due('30') })),
    ];
    const older: QueuedTask[] = [
      { kind: 'carryRun', ...due('00') },
      ...Array.from({ length: 7 }, (): QueuedTask => ({ kind: 'runSchedule', ...due('00') })),
    ];
    await transact(async ({ queue: inside }) => {
      for (const task of [...newer, ...older]) await inside.scheduleTask(task, new Date());
    });
    const run: QueuedTask[] = [];
    const { promise: done, resolve } = Promise.withResolvers<undefined>();
    queue.start(
      () => Promise.resolve(),
      undefined,
      (task) => {
        run.push(task);
        if (run.length === newer.length + older.length) resolve(undefined);
        return Promise.resolve(undefined);
      },
    );
    await done;
    await queue.stop(1000);
    const positions = (tasks: readonly QueuedTask[]) =>
      tasks.map((task) => run.findIndex((one) => JSON.stringify(one) === JSON.stringify(task)));
    assert.ok(positions([...newer, ...older]).every((position) => position >= 0));
    const runs = newer.filter(({ kind }) => kind === 'runSchedule');
    // Those of one batch come in any order.
    assert.ok(Math.min(...positions(runs)) > Math.min(...positions(older)));
    assert.equal(positions(runs).filter((position) => position < 5).length, 0);
  });

  it('keep the next one though the one that queued it is tried again: its commit was made, but the answer lost', async () => {
    const { database } = given();
    const queue = await createWorkQueue(database, { log: noLog, clock: systemClock });
    const transact = createTransact(database.db, { queueIn: queue.in, vault: sampleVault });
    const put = (at: Date, ...tasks: readonly QueuedTask[]): Promise<void> =>
      transact(async ({ queue: inside }) => {
        for (const task of tasks) await inside.scheduleTask(task, at);
      });
    const schedule = of();
    const tomorrow = new Date(Date.now() + 24 * 3600_000);
    const now: readonly QueuedTask[] = [
      { kind: 'runSchedule', ...schedule, dueAt: '2026-06-01T09:00:00.000Z' },
      { kind: 'endSchedule', ...schedule, until: '2026-06-01T23:59:59.000Z' },
    ];
    const later: readonly QueuedTask[] = [
      { kind: 'runSchedule', ...schedule, dueAt: tomorrow.toISOString() },
      { kind: 'endSchedule', ...schedule, until: tomorrow.toISOString() },
    ];
    const again = new Map(now.map(({ kind }) => [kind, Promise.withResolvers<undefined>()]));
    const tried = new Set<string>();
    queue.start(
      () => Promise.resolve(),
      undefined,
      async (task) => {
        if (tried.has(task.kind)) again.get(task.kind)?.resolve(undefined);
        else {
          tried.add(task.kind);
          await put(tomorrow, ...later.filter(({ kind }) => kind === task.kind));
          throw new Error('the connection was cut');
        }
        return undefined;
      },
    );
    await put(new Date(), ...now);
    await Promise.all([...again.values()].map(({ promise }) => promise));
    await queue.stop(1000);
    for (const task of later)
      assert.deepEqual(await queuedFor(database, keyOfTask(task)), [{ state: 'created', minutes: 24 * 60 }]);
  });
});
