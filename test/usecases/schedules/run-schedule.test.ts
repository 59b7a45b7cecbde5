import assert from 'node:assert/strict';
import {
  describeUseCase,
  signedInScene,
  someScene,
  succeedAtGraph,
  type Scene,
} from '../../support/rig/use-case-suite.ts';
import { failAtGraph } from '../../support/rig/ended-exports.ts';
import {
  hour,
  mondays,
  onlySchedule,
  outcomeOf,
  passTo,
  readAtGraph,
  runNext,
  scheduled,
  week,
} from '../../support/rig/scheduled.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

const risky = '1,Rise,Objective,10,At Risk';
const calm = '1,Rise,Objective,10,On Track';

describeUseCase('a schedule', (rigged) => {
  it('exports when it is due, and posts one card, with nothing beside it', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { id, state } = await scheduled(rig, scene);
    assert.deepEqual(state, { kind: 'active', nextAt: new Date('2026-03-02T10:00Z') });
    await rig.run({ seconds: hour - 60 });
    assert.deepEqual([rig.graph.jobs.length, rig.teams.sent.length], [0, 0]);
    await runNext(rig, scene, calm);
    const standing = rig.teams.standing(scene.conversation);
    assert.deepEqual(
      standing.map(({ kind }) => kind),
      ['export'],
    );
    assert.equal(standing[0]?.kind === 'export' && standing[0].job.state.status, 'ready');
    assert.equal(rig.teams.posts('notice').length, 0);
    assert.equal(await outcomeOf(rig, id), 'posted');
    const next = (await onlySchedule(rig, scene)).state;
    assert.deepEqual(next, { kind: 'active', nextAt: new Date('2026-03-09T10:00Z') });
    await runNext(rig, scene, calm);
    assert.equal(rig.teams.posts('export').length, 2);
    assert.equal(rig.graph.jobs.length, 2);
  });

  it('posts nothing where its condition is not met, and notes it', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { id } = await scheduled(rig, scene, { timing: mondays({ condition: 'ifChanged' }) });
    await runNext(rig, scene, calm);
    assert.equal(await outcomeOf(rig, id), 'posted', 'the first has nothing to compare with');
    await runNext(rig, scene, calm);
    assert.equal(await outcomeOf(rig, id), 'notMet');
    assert.equal(rig.teams.posts('export').length, 1);
    await runNext(rig, scene, risky);
    assert.equal(await outcomeOf(rig, id), 'posted');
    assert.equal(rig.teams.posts('export').length, 2);
  });

  it('that waits for something at risk posts only then', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { id } = await scheduled(rig, scene, { timing: mondays({ condition: 'ifAtRisk' }) });
    await runNext(rig, scene, risky);
    assert.equal(await outcomeOf(rig, id), 'posted');
    const [card, ...others] = rig.teams.posts('export');
    assert.deepEqual([card?.job.bySchedule, others], [true, []], 'its card says where it comes from');
  });

  it('makes up for missed runs once', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await scheduled(rig, scene);
    rig.pass(3 * week + 2 * hour);
    await rig.run({ seconds: 10 });
    await readAtGraph(rig, scene, calm);
    assert.equal(rig.teams.posts('export').length, 1);
    assert.equal(rig.graph.jobs.length, 1);
    const { state } = await onlySchedule(rig, scene);
    assert.deepEqual(state, { kind: 'active', nextAt: new Date('2026-03-30T10:00Z') });
  });

  it('counts failures in a row: after three it is paused, and its owner is told once', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { id } = await scheduled(rig, scene);
    for (const posted of [1, 2, 2]) {
      const { state } = await onlySchedule(rig, scene);
      assert.ok(state.kind === 'active' && state.nextAt !== undefined);
      await passTo(rig, new Date(state.nextAt.getTime() + 1000));
      failAtGraph(rig, scene);
      await rig.run({ seconds: 300 });
      assert.equal(await outcomeOf(rig, id), 'failed');
      assert.equal(rig.teams.posts('export').length, posted);
    }
    const { state } = await onlySchedule(rig, scene);
    assert.equal(state.kind === 'paused' && state.why, 'failures');
    assert.deepEqual(
      rig.teams.posts('scheduleNotice').map(({ notice }) => notice),
      [{ what: 'paused', why: 'failures' }],
    );
    await rig.run({ seconds: 2 * week, wakes: 10_000 });
    assert.equal(rig.graph.jobs.length, 3);
  });

  it('is paused at once where its owner may not see it any more', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await scheduled(rig, scene);
    rig.graph.script.create.push(() => ({ kind: 'refused', reason: 'noAccess' }));
    await passTo(rig, new Date('2026-03-02T10:02Z'));
    const { state } = await onlySchedule(rig, scene);
    assert.equal(state.kind === 'paused' && state.why, 'noAccess');
    const kinds = rig.teams.standing(scene.conversation).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['scheduleNotice']);
  });

  it('asks its owner to sign in once, and is made up when they answer within a day', async () => {
    const rig = rigged();
    const scene = someScene();
    const { id } = await scheduled(rig, scene);
    await rig.run({ seconds: 6 * hour, wakes: 10_000 });
    assert.equal(await outcomeOf(rig, id), 'waitingForSignIn');
    assert.equal(rig.teams.posts('signIn').length, 1);
    assert.equal(await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' }), 'signedIn');
    await rig.run({ seconds: 20 });
    await readAtGraph(rig, scene, calm);
    assert.equal(await outcomeOf(rig, id), 'posted');
    assert.deepEqual([rig.teams.posts('export').length, rig.teams.posts('scheduleNotice').length], [1, 0]);
  });

  it('is made up for an owner who answers before their question has even been counted as asked', async () => {
    const rig = rigged();
    const scene = someScene();
    const { id } = await scheduled(rig, scene);
    const answers: unknown[] = [];
    rig.teams.script.post.push(async () => {
      answers.push(await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' }));
      await rig.run({ seconds: 1 });
      return { kind: 'sent', activityId: 'the question' };
    });
    await passTo(rig, new Date('2026-03-02T10:02Z'));
    await readAtGraph(rig, scene, calm);
    assert.deepEqual([answers, await outcomeOf(rig, id)], [['signedIn'], 'posted']);
  });

  it('leaves a run out for which nobody signs in within a day, and says so once', async () => {
    const rig = rigged();
    const scene = someScene();
    const timing = mondays({ days: { kind: 'everyDay' } });
    const { id } = await scheduled(rig, scene, { timing });
    await rig.run({ seconds: 24 * hour + 60, wakes: 10_000 });
    await rig.run({ seconds: 12 * hour, wakes: 10_000 });
    assert.deepEqual(
      rig.teams.posts('scheduleNotice').map(({ notice }) => notice.what),
      ['skipped'],
    );
    await rig.run({ seconds: 4 * 24 * hour, wakes: 10_000 });
    assert.deepEqual(
      rig.teams.posts('scheduleNotice').map(({ notice }) => notice.what),
      ['skipped', 'paused'],
    );
    const { state } = await onlySchedule(rig, scene);
    assert.equal(state.kind === 'paused' && state.why, 'signedOut');
    assert.equal(await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' }), 'signedIn');
    await rig.run({ seconds: 20 });
    await readAtGraph(rig, scene, calm);
    await runNext(rig, scene, calm);
    assert.equal(await outcomeOf(rig, id), 'posted');
  });

  it('waits while its owner is signed out, and asks nobody', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await scheduled(rig, scene);
    await rig.signOut(scene);
    await rig.run({ seconds: week, wakes: 10_000 });
    assert.equal(rig.teams.sent.length, 0);
    const { state } = await onlySchedule(rig, scene);
    assert.equal(state.kind === 'paused' && state.why, 'signedOut');
  });

  it('warns its owner a week before its last day, goes on when it is extended, and ends', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { id } = await scheduled(rig, scene, { timing: mondays({ until: '2026-03-14' }) });
    await runNext(rig, scene, calm);
    await passTo(rig, new Date('2026-03-08T00:30Z'));
    const told = () => rig.teams.posts('scheduleNotice').map(({ notice }) => notice.what);
    assert.deepEqual(told(), ['endsSoon']);
    const extended = await rig.schedules.change({ ...scene, which: { scheduleId: id }, to: 'extend' });
    assert.equal(extended.kind === 'changed' && extended.listed.schedule.timing.until, '2026-06-14');
    await rig.schedules.change({ ...scene, which: { scheduleId: id }, to: 'pause' });
    await passTo(rig, new Date('2026-06-15T00:30Z'));
    assert.deepEqual(told(), ['endsSoon', 'endsSoon', 'ended']);
    assert.deepEqual(await rig.schedules.list(scene), []);
  });

  it('never posts once its owner has their data deleted', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await scheduled(rig, scene);
    await passTo(rig, new Date('2026-03-02T10:00:03Z'));
    succeedAtGraph(rig, scene);
    const gone = await rig.deleteMyData.confirm(scene);
    assert.equal(gone.schedules, 1);
    await rig.run({ seconds: 2 * week, wakes: 10_000 });
    assert.deepEqual(await rig.schedules.list(scene), []);
    assert.equal(rig.teams.posts('export').length, 0);
  });

  const groupScene = (rig: Rig): Scene => {
    const scene = signedInScene(rig);
    const there = { conversationId: '19:group@thread.v2', kind: 'groupChat' } as const;
    return { ...scene, conversation: { ...scene.conversation, ...there } };
  };

  it('of a group is posted for everybody there, and without its file', async () => {
    const rig = rigged();
    const scene = groupScene(rig);
    const { audience, id } = await scheduled(rig, scene);
    assert.equal(audience, 'everybody');
    await runNext(rig, scene, risky);
    assert.deepEqual(
      rig.teams.standing(scene.conversation).map(({ kind }) => kind),
      ['scheduleNotice', 'sharedSummary'],
    );
    assert.equal(await outcomeOf(rig, id), 'posted');
    assert.equal((await rig.schedules.listHere(scene)).length, 1);
  });

  it('of a group has nothing to post where the file could not be read: three such runs pause it', async () => {
    const rig = rigged();
    const scene = groupScene(rig);
    const { id } = await scheduled(rig, scene);
    for (let nth = 0; nth < 3; nth += 1) {
      rig.graph.script.content.push(() => ({ kind: 'notCsv' }));
      await runNext(rig, scene);
      rig.graph.script.content.length = 0;
      assert.equal(await outcomeOf(rig, id), 'failed');
    }
    assert.equal(rig.teams.posts('sharedSummary').length, 0);
    const state = (await rig.stores.schedules.load(id))?.state;
    assert.equal(state?.kind === 'paused' && state.why, 'failures');
  });
});
