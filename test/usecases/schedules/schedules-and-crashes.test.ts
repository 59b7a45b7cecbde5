// A run that is due begins once and posts one card: whichever call a process dies at, and whoever else runs the same task.
import assert from 'node:assert/strict';
import { openDatabase, type Database } from '../../../src/adapters/store/engine/database.ts';
import { isUnderWay } from '../../../src/domain/schedules/schedule-moves.ts';
import type { Timing } from '../../../src/domain/schedules/schedule.ts';
import type { Conversation } from '../../../src/ports/conversation.ts';
import { describeOnBothEngines, noLog } from '../../support/databases/databases.ts';
import { describeWithPostgres, postgresDatabase } from '../../support/databases/postgres.ts';
import { createLife } from '../../support/rig/mortal-ports.ts';
import { mondays, onlySchedule, passTo, readAtGraph, scheduled } from '../../support/rig/scheduled.ts';
import { someConversation } from '../../support/samples/sample-exports.ts';
import { createRig, type Rig } from '../../support/rig/use-case-rig.ts';
import { describeUseCase, signedInScene, someScene, type Scene } from '../../support/rig/use-case-suite.ts';

const timing = mondays({ days: { kind: 'everyDay' } });
const row = '1,Rise,Objective,10,On Track';

/** With one PostgreSQL database. */
function describeOnPostgres(title: string, suite: (database: () => Database) => void): void {
  describeWithPostgres(title, () => {
    let opened: { readonly database: Database; readonly drop: () => Promise<void> } | undefined;
    before(async () => {
      const { url, drop } = await postgresDatabase();
      opened = { database: await openDatabase({ kind: 'postgres', url }, { log: noLog }), drop };
    });
    after(async () => {
      await opened?.database.close();
      await opened?.drop();
    });
    suite(() => {
      if (opened === undefined) throw new Error('The database is there inside tests only');
      return opened.database;
    });
  });
}

/** One export, one card that is posted, and the next run. */
async function assertRanOnce(rig: Rig, scene: Scene, what: string): Promise<void> {
  const jobs = await rig.jobsOf(scene.requester);
  assert.equal(jobs.length, 1, what);
  const cards = await rig.stores.cards.of({ kind: 'export', id: jobs[0]?.id ?? '' });
  assert.deepEqual(
    cards.map(({ mode, shownVersion }) => [mode, shownVersion]),
    [['live', jobs[0]?.version]],
    what,
  );
  const { lastRun, state } = await onlySchedule(rig, scene);
  assert.equal(lastRun?.outcome, 'posted', what);
  assert.ok(state.kind === 'active' && state.nextAt !== undefined && state.nextAt > rig.clock.now(), what);
  assert.deepEqual(
    kindsAt(rig, scene.conversation).filter((kind) => kind !== 'export'),
    [],
    what,
  );
}

const kindsAt = (rig: Rig, conversation: Conversation): string[] =>
  rig.teams.standing(conversation).map(({ kind }) => kind);

/** Due once a day, and soon: little else happens until then. */
function dueSoon(rig: Rig): Timing {
  const at = new Date(rig.clock.now().getTime() + 120_000);
  return { ...timing, at: { hour: at.getUTCHours(), minute: at.getUTCMinutes() } };
}

/** A run for each call that it makes, whose process dies after that call: nothing happens between the end of one and the next. */
async function dieAfterEachCall(
  rig: Rig,
  sceneOf: () => Scene,
  assertOnce: (scene: Scene, what: string) => Promise<void>,
): Promise<void> {
  const runs = async (process: Rig, scene: Scene): Promise<void> => {
    await process.run({ seconds: 60 });
    await readAtGraph(process, scene, row);
  };
  const carryOn = async (scene: Scene): Promise<void> => {
    await rig.expireClaims();
    await runs(rig, scene);
    await readAtGraph(rig, scene);
  };
  for (let call = 0, calls = 0; call <= calls; call += 1) {
    const scene = sceneOf();
    const { id: scheduleId, state } = await scheduled(rig, scene, { timing: dueSoon(rig) });
    assert.ok(state.kind === 'active' && state.nextAt !== undefined);
    await passTo(rig, new Date(state.nextAt.getTime() - 1000));
    const life = createLife({ call, when: 'after' });
    await Promise.race([runs(rig.anotherProcess(life), scene), life.death]);
    if (call === 0) calls = life.calls();
    await carryOn(scene);
    // A call that was under way in the dead process may have claimed something since.
    if (isUnderWay((await onlySchedule(rig, scene)).lastRun)) await carryOn(scene);
    await assertOnce(scene, call === 0 ? 'nobody dies' : `dead after call ${String(call)}`);
    await rig.schedules.change({ ...scene, which: { scheduleId }, to: 'end' });
  }
}

describeUseCase('a run of a schedule', (createRigOf) => {
  it('begins once and posts one card, though the process dies after any of its calls', async () => {
    const rig = createRigOf();
    await dieAfterEachCall(
      rig,
      () => signedInScene(rig),
      (scene, what) => assertRanOnce(rig, scene, what),
    );
  });
});

describeOnPostgres('a run of a subscription', (database) => {
  it('begins once and posts one summary, and no file, though the process dies after any of its calls', async () => {
    const rig = createRig(database());
    let doubled = 0;
    const sceneOf = (): Scene => {
      const scene = signedInScene(rig);
      const { tenantId, userId } = scene.requester;
      const conversationId = `19:${userId}@thread.tacv2`;
      return { ...scene, conversation: someConversation({ tenantId, conversationId, kind: 'channel' }) };
    };
    await dieAfterEachCall(rig, sceneOf, async (scene, what) => {
      assert.equal((await rig.jobsOf(scene.requester)).length, 1, what);
      const { lastRun, state } = await onlySchedule(rig, scene);
      assert.equal(lastRun?.outcome, 'posted', what);
      assert.ok(
        state.kind === 'active' && state.nextAt !== undefined && state.nextAt > rig.clock.now(),
        what,
      );
      const [setUp, first, ...more] = kindsAt(rig, scene.conversation);
      assert.deepEqual([setUp, first], ['scheduleNotice', 'sharedSummary'], what);
      if (more.length > 0) doubled += 1;
      assert.ok(more.length === 0 || String(more) === 'sharedSummary', `${what}: ${String(more)}`);
    });
    assert.ok(doubled <= 1, 'only who dies before it is kept that it was posted posts it again');
  });
});

describeUseCase('a run whose owner is to sign in', (createRigOf) => {
  it('asks them, though the process that was about to post the question has died', async () => {
    const rig = createRigOf();
    const scene = someScene();
    const { id } = await scheduled(rig, scene, { timing });
    const { requester: person, conversation } = scene;
    const question = { cause: 'signIn', silent: false } as const;
    await passTo(rig, new Date('2026-03-02T10:00Z'));
    await rig.stores.signIns.ask({
      id: 'left behind',
      person,
      conversation,
      ...question,
      askedAt: rig.clock.now(),
    });
    await rig.run({ seconds: 120 });
    assert.deepEqual(kindsAt(rig, conversation), ['signIn']);
    await rig.run({ seconds: 3600 });
    assert.equal(rig.teams.posts('signIn').length, 1, 'it stands');
    assert.equal((await rig.stores.schedules.load(id))?.lastRun?.outcome, 'waitingForSignIn');
  });
});

describeOnBothEngines('two instances with one schedule', (given) => {
  it('begin its run once and post one card', async () => {
    const one = createRig(given().database);
    const rigs = [one, one.anotherProcess(undefined, await given().otherInstance())] as const;
    const scene = signedInScene(one);
    const { id, state } = await scheduled(one, scene);
    assert.ok(state.kind === 'active' && state.nextAt !== undefined);
    const { tenantId, userId } = scene.requester;
    const of = { person: { tenantId, userId }, scheduleId: id, dueAt: state.nextAt.toISOString() };
    one.pass(3600);
    const both = (kind: 'runSchedule' | 'carryRun'): Promise<unknown> =>
      Promise.all(
        Array.from({ length: 10 }, (_, nth) => rigs[nth % 2 === 0 ? 0 : 1].runTask({ kind, ...of })),
      );
    await both('runSchedule');
    for (const rig of rigs) await rig.run({ seconds: 2 });
    for (const { id: jobId } of one.graph.jobs) one.graph.change(jobId, { status: 'succeeded' });
    await one.run({ seconds: 60, wakes: 5 });
    await one.workOnFiles();
    await both('carryRun');
    for (const rig of rigs) await rig.run({ seconds: 60 });
    assert.equal(one.graph.calls.filter((call) => call === 'create').length, 1);
    assert.equal(one.teams.posts('export').length, 1);
    await assertRanOnce(one, scene, 'two instances');
  });
});
