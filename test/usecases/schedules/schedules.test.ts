import assert from 'node:assert/strict';
import { describeUseCase, signedInScene } from '../../support/rig/use-case-suite.ts';
import { someTarget } from '../../support/samples/sample-exports.ts';
import { mondays, outcomeOf, readAtGraph, scheduled } from '../../support/rig/scheduled.ts';

describeUseCase('schedules of a person', (rigged) => {
  it('are set up by a name, with three months as usual, and listed under it', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await rig.nameTargets.give({
      ...scene,
      written: 'Q3 sales',
      to: { kind: 'target', target: scene.target },
    });
    const wish = { ...scene, what: { written: 'q3 SALES' }, timing: mondays() };
    assert.deepEqual(await rig.schedules.setUp(wish), { kind: 'zoneUnknown' });
    assert.deepEqual(await rig.schedules.setUp({ ...wish, zone: '+01:00' }), { kind: 'zoneUnknown' });
    const zone = 'America/New_York';
    const outcome = await rig.schedules.setUp({ ...wish, zone });
    assert.ok(outcome.kind === 'scheduled');
    const { schedule, name } = outcome.listed;
    assert.deepEqual([name, schedule.timing.until, schedule.zone], ['Q3 sales', '2026-06-02', zone]);
    assert.deepEqual(schedule.state, { kind: 'active', nextAt: new Date('2026-03-02T15:00Z') });
    const again = await rig.schedules.setUp(wish);
    assert.equal(
      again.kind === 'scheduled' && again.listed.schedule.zone,
      zone,
      'the zone is asked for once',
    );
    assert.equal((await rig.schedules.list(scene)).length, 1, 'the same stands already');
    const other = { ...wish, timing: mondays({ condition: 'ifChanged' }) };
    assert.equal((await rig.schedules.setUp(other)).kind, 'scheduled');
    assert.equal((await rig.schedules.list(scene)).length, 2);
    const unknown = await rig.schedules.setUp({ ...wish, what: { written: 'Q3 sale' } });
    assert.deepEqual(unknown.kind === 'unknownName' && unknown.near.map((near) => near.name), ['Q3 sales']);
  });

  it('are refused where they would never run, or are too many', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const what = { target: scene.target };
    const over = { ...scene, what, zone: 'UTC', timing: mondays({ until: '2026-03-01' }) };
    assert.deepEqual(await rig.schedules.setUp(over), { kind: 'neverRuns' });
    for (let count = 0; count < 3; count += 1) await scheduled(rig, { ...scene, target: someTarget() });
    const outcome = await rig.schedules.setUp({ ...over, timing: mondays() });
    assert.deepEqual(outcome, { kind: 'tooMany', of: 'person', max: 3 });
  });

  it('are set up once by an activity that comes twice', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const first = await scheduled(rig, scene, { activityId: 'a' });
    const second = await scheduled(rig, scene, { activityId: 'a' });
    assert.equal(second.id, first.id);
    assert.equal((await rig.schedules.list(scene)).length, 1);
  });

  it('are paused, resumed, run and ended by their owner alone', async () => {
    const rig = rigged();
    const [scene, other] = [signedInScene(rig), signedInScene(rig)];
    const { id: scheduleId } = await scheduled(rig, scene, { timing: mondays({ condition: 'ifChanged' }) });
    const change = async (to: Parameters<typeof rig.schedules.change>[0]['to'], who = scene) =>
      rig.schedules.change({ ...who, which: { scheduleId }, to });
    const state = async (): Promise<string | undefined> =>
      (await rig.schedules.list(scene))[0]?.schedule.state.kind;
    for (const to of ['pause', 'runNow', 'end'] as const)
      assert.deepEqual(await change(to, other), { kind: 'notFound' });
    assert.equal((await change('pause')).kind, 'changed');
    assert.equal(await state(), 'paused');
    await rig.run({ seconds: 2 * 3600 });
    assert.equal(rig.graph.jobs.length, 0);
    assert.equal((await change('resume')).kind, 'changed');
    assert.equal(await state(), 'active');
    for (const posted of [1, 2]) {
      assert.equal((await change('runNow')).kind, 'changed');
      assert.equal((await change('runNow')).kind, 'underWay');
      await rig.run({ seconds: 20 });
      await readAtGraph(rig, scene, '1,Rise,Objective,10,On Track');
      assert.equal(await outcomeOf(rig, scheduleId), 'posted', 'whatever its condition');
      assert.equal(rig.teams.posts('export').length, posted);
    }
    assert.equal((await change('end')).kind, 'changed');
    assert.deepEqual(await change('resume'), { kind: 'notFound' });
    assert.deepEqual(await rig.schedules.list(scene), []);
  });

  it('are found by what they are called; several are asked about', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await rig.nameTargets.give({
      ...scene,
      written: 'Q3 sales',
      to: { kind: 'target', target: scene.target },
    });
    const pause = (written: string) => rig.schedules.change({ ...scene, which: { written }, to: 'pause' });
    assert.equal((await pause('Q3 sales')).kind, 'notScheduled');
    assert.equal((await pause('')).kind, 'notScheduled');
    assert.equal((await pause('Q3 salads')).kind, 'unknownName');
    await scheduled(rig, scene);
    assert.equal((await pause('')).kind, 'changed');
    await scheduled(rig, scene);
    const several = await pause('q3 sales');
    assert.equal(several.kind === 'several' && several.listed.length, 2);
    await scheduled(rig, { ...scene, target: { ...someTarget(), label: 'Other' } });
    assert.equal((await pause('other')).kind, 'changed');
  });

  it('that were due before a clock was set forward run at once', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await scheduled(rig, scene);
    rig.pass(2 * 3600);
    await rig.wakeSchedules();
    await rig.settle();
    assert.equal(rig.graph.jobs.length, 1);
  });
});
