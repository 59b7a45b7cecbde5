// Queued tasks: committed with what they follow from, run at once by whoever committed them, and again until they are done.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { keyOfTask } from '../../../src/adapters/queue/task-payload.ts';
import { createWorkQueue, type Queue } from '../../../src/adapters/queue/work-queue.ts';
import { createTransact } from '../../../src/adapters/store/transact.ts';
import type { QueuedTask } from '../../../src/ports/queued-tasks.ts';
import type { Transact } from '../../../src/ports/runtime.ts';
import { describeOnBothEngines, noLog, systemClock } from '../../support/databases/databases.ts';
import { queuedFor } from '../../support/databases/what-is-stored.ts';
import { someConversation, somebody } from '../../support/samples/sample-exports.ts';
import { sampleVault } from '../../support/samples/sample-vault.ts';

type Run = (task: QueuedTask) => Promise<number | undefined>;

describeOnBothEngines('queued tasks', (given) => {
  let queue: Queue;
  let transact: Transact;
  const handlers = new Map<string, Run>();
  const put = (task: QueuedTask, at = new Date()): Promise<void> =>
    transact(({ queue: inside }) => inside.scheduleTask(task, at));
  const signedIn = (): QueuedTask => {
    const { tenantId, userId } = somebody();
    return { kind: 'signedIn', person: { tenantId, userId } };
  };
  /** What the task comes to each time that it is run, and when it was run so often. */
  const scripted = (task: QueuedTask, ...outcomes: readonly (() => Promise<number | undefined>)[]) => {
    const { promise: done, resolve } = Promise.withResolvers<QueuedTask>();
    let runs = 0;
    handlers.set(keyOfTask(task), (seen) => {
      runs += 1;
      if (runs === outcomes.length) resolve(seen);
      return outcomes[runs - 1]?.() ?? Promise.resolve(undefined);
    });
    return { done, runs: () => runs };
  };
  const over = (): Promise<undefined> => Promise.resolve(undefined);

  before(async () => {
    const { database } = given();
    queue = await createWorkQueue(database, { log: noLog, clock: systemClock });
    transact = createTransact(database.db, {
      queueIn: queue.in,
      vault: sampleVault,
      onQueued: queue.queued,
    });
    queue.start(
      () => Promise.resolve(),
      undefined,
      (task) => handlers.get(keyOfTask(task))?.(task) ?? Promise.resolve(undefined),
    );
  });
  after(() => queue.stop(1000));

  const conversation = someConversation();
  const tasks: readonly QueuedTask[] = [
    signedIn(),
    { ...signedIn(), kind: 'ownerSignedIn' } as const,
    {
      ...signedIn(),
      kind: 'signInRefused',
      answer: { kind: 'signInRequired', cause: 'claims', claims: '{}' },
      waiting: [{ id: randomUUID(), version: 7 }],
    },
    { ...signedIn(), kind: 'signInRefused', answer: { kind: 'operatorFault' }, waiting: [] },
    { ...signedIn(), kind: 'signedOut' },
    { kind: 'consented', tenantId: randomUUID() },
    { kind: 'askWithButton', person: somebody(), conversation, code: 'resourcematchfailed' },
    { kind: 'askAgain', person: somebody(), conversation, question: { cause: 'signIn', silent: true } },
    { kind: 'retirePrompt', conversation, activityId: '1', outcome: 'signedIn', locale: 'de-AT' },
    { kind: 'retireCard', conversation, activityId: '2' },
    { kind: 'showSharedName', conversation, activityId: '2', nameId: 'n', locale: 'en' },
    { kind: 'tellSaved', tenantId: conversation.tenantId, offerId: 'o', outcome: 'sessionOver' },
    { kind: 'removeMessage', conversation, activityId: '3' },
    { kind: 'catchUp', tenantId: conversation.tenantId, conversationId: conversation.conversationId },
    { kind: 'share', exportId: randomUUID(), conversation, claim: 'shared' },
  ] as readonly QueuedTask[];
  for (const [nth, task] of tasks.entries())
    it(`come back from the database as they were: ${task.kind} (${String(nth + 1)})`, async () => {
      const { done } = scripted(task, over);
      await put(task);
      assert.deepEqual(await done, task);
    });

  it('are not there when their transaction is not', async () => {
    const task = signedIn();
    const failing = transact(async ({ queue: inside }) => {
      await inside.scheduleTask(task, new Date());
      throw new Error('out of order');
    });
    await assert.rejects(failing, /out of order/);
    assert.deepEqual(await queuedFor(given().database, keyOfTask(task)), []);
  });

  it('are queued once, whoever queues them', async () => {
    const task = signedIn();
    for (const minutes of [60, 20]) await put(task, new Date(Date.now() + minutes * 60_000));
    assert.deepEqual(await queuedFor(given().database, keyOfTask(task)), [{ state: 'created', minutes: 20 }]);
  });

  it('are run again after a failure, and after the time that they ask for', async () => {
    const task = signedIn();
    const { done, runs } = scripted(
      task,
      () => Promise.reject(new Error('out of order')),
      () => Promise.resolve(1),
      over,
    );
    await put(task);
    await done;
    assert.equal(runs(), 3);
  });

  it('that name a person are gone when the person is forgotten, also those that are done', async () => {
    const [mine, other] = [signedIn(), signedIn()];
    for (const task of [mine, other]) {
      const { done } = scripted(task, over);
      await put(task);
      await done;
      await put(task, new Date(Date.now() + 3600_000));
    }
    assert.ok(mine.kind === 'signedIn');
    const { person } = mine;
    await transact(({ queue: inside }) => inside.forgetTasksOf(person));
    const { rows } = await sql<{ data: unknown }>`SELECT data FROM pgboss.job`.execute(
      given().database.db.acrossTenants('a test'),
    );
    const text = JSON.stringify(rows);
    assert.ok(!text.includes(person.userId));
    assert.ok(other.kind === 'signedIn' && text.includes(other.person.userId));
  });
});
