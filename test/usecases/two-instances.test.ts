// Two instances over one database: one export, one Graph job, one card and one notice of the same wish.
import assert from 'node:assert/strict';
import { describeOnBothEngines } from '../support/databases/databases.ts';
import { someTarget } from '../support/samples/sample-exports.ts';
import { createRig, type Rig } from '../support/rig/use-case-rig.ts';
import { signedInScene } from '../support/rig/use-case-suite.ts';

describeOnBothEngines('two instances', (given) => {
  async function two(limits = {}): Promise<readonly [Rig, Rig]> {
    const one = createRig(given().database, { limits });
    return [one, one.anotherProcess(undefined, await given().otherInstance())];
  }
  const tenTimes = <T>(rigs: readonly [Rig, Rig], work: (rig: Rig) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: 10 }, (_, nth) => work(rigs[nth % 2 === 0 ? 0 : 1])));

  it('make one export, one Graph job and one live card of the same wish', async () => {
    const rigs = await two();
    const scene = signedInScene(rigs[0]);
    const outcomes = await tenTimes(rigs, (rig) => rig.startExport(scene));
    assert.equal(outcomes.filter(({ kind }) => kind === 'started').length, 1);
    for (const rig of rigs) await rig.run({ seconds: 30 });
    const [job, ...others] = await rigs[0].jobsOf(scene.requester);
    assert.ok(job && others.length === 0);
    assert.deepEqual(job.state, { status: 'waiting', graphJobId: 'j!1' });
    assert.equal(rigs[0].graph.calls.filter((call) => call === 'create').length, 1);
    const shown = rigs[0].teams.standing(scene.conversation).filter(({ kind }) => kind === 'export');
    assert.equal(shown.length, 1);
  });

  it('keep to a limit together', async () => {
    const rigs = await two({ openPerUser: 3 });
    const scene = signedInScene(rigs[0]);
    const outcomes = await tenTimes(rigs, (rig) => rig.startExport({ ...scene, target: someTarget() }));
    assert.equal(outcomes.filter(({ kind }) => kind === 'started').length, 3);
    for (const rig of rigs) await rig.run({ seconds: 30 });
  });

  it('tell the end once', async () => {
    const rigs = await two();
    const scene = signedInScene(rigs[0]);
    await rigs[0].startExport(scene);
    await rigs[0].settle();
    const [job] = await rigs[0].jobsOf(scene.requester);
    assert.ok(job);
    rigs[0].graph.change('j!1', { status: 'succeeded' });
    rigs[0].pass(10);
    await tenTimes(rigs, (rig) => rig.engine.followUp(job.id));
    for (const rig of rigs) await rig.run({ seconds: 30 });
    assert.equal((await rigs[1].job(job.id)).state.status, 'ready');
    assert.equal(rigs[0].teams.posts('notice').length, 1);
  });
});
