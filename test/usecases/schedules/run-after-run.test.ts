// A run that is due while the one before it is not over yet.
import assert from 'node:assert/strict';
import { graphSays } from '../../support/rig/ended-exports.ts';
import { hour, mondays, outcomeOf, passTo, readAtGraph, scheduled } from '../../support/rig/scheduled.ts';
import {
  describeUseCase,
  signedInScene,
  someScene,
  succeedAtGraph,
} from '../../support/rig/use-case-suite.ts';

const calm = '1,Rise,Objective,10,On Track';

describeUseCase('a run of a schedule behind another one', (rigged) => {
  it('that is due while its last run is about to be posted posts both, one after the other', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { id, state } = await scheduled(rig, scene, { timing: mondays({ days: { kind: 'everyDay' } }) });
    assert.ok(state.kind === 'active' && state.nextAt !== undefined);
    await passTo(rig, new Date(state.nextAt.getTime() + 1000));
    succeedAtGraph(rig, scene);
    graphSays(rig, calm);
    await passTo(rig, new Date(state.nextAt.getTime() + 24 * hour * 1000 + 10_000));
    assert.equal(await outcomeOf(rig, id), 'underWay', 'its file is not read yet');
    assert.equal(rig.graph.jobs.length, 1);
    await rig.workOnFiles();
    await rig.run({ seconds: 120 });
    await readAtGraph(rig, scene, calm);
    assert.deepEqual([rig.graph.jobs.length, rig.teams.posts('export').length], [2, 2]);
    assert.equal(await outcomeOf(rig, id), 'posted');
  });

  it('whose owner has signed in at last is posted before the next one begins, and not told as left out', async () => {
    const rig = rigged();
    const scene = someScene();
    const { state } = await scheduled(rig, scene, { timing: mondays({ days: { kind: 'everyDay' } }) });
    assert.ok(state.kind === 'active' && state.nextAt !== undefined);
    const nextDueAt = state.nextAt.getTime() + 24 * hour * 1000;
    await passTo(rig, new Date(nextDueAt - 60_000));
    assert.equal(await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' }), 'signedIn');
    await passTo(rig, new Date(nextDueAt - 1_000));
    succeedAtGraph(rig, scene);
    graphSays(rig, calm);
    await passTo(rig, new Date(nextDueAt + 30_000));
    await rig.workOnFiles();
    await rig.run({ seconds: 120 });
    await readAtGraph(rig, scene, calm);
    assert.deepEqual([rig.graph.jobs.length, rig.teams.posts('export').length], [2, 2]);
    assert.deepEqual(rig.teams.posts('scheduleNotice'), []);
  });

  it('that is due is not held up for longer than an hour', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { state } = await scheduled(rig, scene, { timing: mondays({ days: { kind: 'everyDay' } }) });
    assert.ok(state.kind === 'active' && state.nextAt !== undefined);
    await passTo(rig, new Date(state.nextAt.getTime() + 1000));
    succeedAtGraph(rig, scene);
    graphSays(rig, calm);
    await passTo(rig, new Date(state.nextAt.getTime() + 25 * hour * 1000 + 60_000));
    assert.equal(rig.graph.jobs.length, 2);
  });
});
