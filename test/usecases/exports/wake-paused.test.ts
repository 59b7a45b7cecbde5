/** What was paused for an operator's fault goes on soon after it is mended, by whoever finds out. */
import assert from 'node:assert/strict';
import { graphSays, readyExport } from '../../support/rig/ended-exports.ts';
import { describeUseCase, signedInScene, someScene } from '../../support/rig/use-case-suite.ts';
import { sampleTenant } from '../../support/samples/sample-exports.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

describeUseCase('usecases/wake-paused', (rigged) => {
  const refused = { kind: 'operatorFault' } as const;
  /** As the app does it: a round a minute. */
  const minutes = async (rig: Rig, count: number): Promise<void> => {
    for (let minute = 0; minute < count; minute += 1) {
      await rig.wakePaused();
      await rig.run({ seconds: 60 });
    }
  };
  /** Paused so often that it would look again in a day. */
  const longPaused = async (rig: Rig) => {
    const scene = signedInScene(rig, { tenantId: sampleTenant });
    rig.tokens.app.isAccepted = false;
    rig.tokens.script.push(() => refused);
    const outcome = await rig.startExport(scene);
    assert.ok('exportId' in outcome);
    const { exportId } = outcome;
    await rig.settle();
    for (let press = 0; press < 12; press += 1) {
      rig.tokens.script.push(() => refused);
      await rig.ownExport.resume({ ...scene, exportId });
      await rig.settle();
    }
    const { due, state } = await rig.job(exportId);
    assert.ok(state.status === 'parked' && due);
    assert.ok(due.at.getTime() - rig.clock.now().getTime() > 20 * 3600_000, 'long');
    return { scene, exportId };
  };

  it('E5 goes on within two minutes once Entra ID takes the app again, and not before', async () => {
    const rig = rigged();
    const { exportId } = await longPaused(rig);
    await minutes(rig, 5);
    assert.equal((await rig.job(exportId)).state.status, 'parked');
    rig.tokens.app.isAccepted = true;
    await minutes(rig, 2);
    assert.equal((await rig.job(exportId)).state.status, 'waiting');
    assert.equal(rig.graph.jobs.length, 1);
  });

  it('E5 goes on when the bot is started with the right secret, once, whichever instance finds out', async () => {
    const rig = rigged();
    const { exportId } = await longPaused(rig);
    rig.tokens.app.isAccepted = true;
    const [one, other] = [rig.anotherProcess(), rig.anotherProcess()];
    // Each process has to find out for itself.
    await one.wakePaused();
    rig.tokens.mended.clear();
    await other.wakePaused();
    await rig.run({ seconds: 60 });
    assert.equal((await rig.job(exportId)).state.status, 'waiting');
    assert.equal(rig.graph.jobs.length, 1);
  });

  it('E5 asks whoever has no sign-in to sign in', async () => {
    const rig = rigged();
    const scene = someScene({ tenantId: sampleTenant });
    const outcome = await rig.startExport(scene);
    assert.ok('exportId' in outcome);
    await rig.settle();
    rig.tokens.app.isAccepted = false;
    rig.tokens.signIns.push(refused);
    await rig.exchangeSso({ ...scene, exchangeId: '1', ssoToken: 't' });
    await rig.settle();
    assert.equal((await rig.job(outcome.exportId)).state.status, 'parked');
    rig.tokens.app.isAccepted = true;
    await minutes(rig, 2);
    assert.equal((await rig.job(outcome.exportId)).state.status, 'waitingForSignIn');
    assert.notEqual(
      await rig.stores.signIns.outstanding(scene.requester, scene.conversation),
      undefined,
      'asked again',
    );
  });

  it('E5 is tried ever more seldom where the app is taken, but still refused when it counts', async () => {
    const rig = rigged();
    const { exportId } = await longPaused(rig);
    rig.tokens.app.isAccepted = true;
    let tries = 0;
    for (let nth = 0; nth < 1000; nth += 1)
      rig.tokens.script.push(() => {
        tries += 1;
        rig.tokens.mended.clear();
        return refused;
      });
    await minutes(rig, 12 * 60);
    assert.equal((await rig.job(exportId)).state.status, 'parked');
    assert.ok(tries > 5 && tries < 15, `${tries} tries in twelve hours`);
    assert.equal(rig.teams.posts('notice').length, 0, 'its card has told it at once');
  });

  it('E5 reads what a file says once the fault is mended, however long it lasted', async () => {
    const rig = rigged();
    const scene = signedInScene(rig, { tenantId: sampleTenant });
    const exportId = await readyExport(rig, scene);
    graphSays(rig, '1,Grow,Objective,40,On Track');
    for (let nth = 0; nth < 20; nth += 1) rig.tokens.script.push(() => refused);
    await rig.workOnFiles(15 * 60);
    const { state } = await rig.job(exportId);
    assert.ok(state.status === 'ready');
    assert.deepEqual(state.reading, { kind: 'underWay', attempts: 0 });
    rig.tokens.script.length = 0;
    await rig.workOnFiles(2 * 60);
    const read = (await rig.job(exportId)).state;
    assert.ok(read.status === 'ready' && read.reading?.kind === 'done');
  });

  it('wakes nothing that is paused for another reason, and asks nobody when nothing is paused', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const outcome = await rig.startExport(scene);
    assert.ok('exportId' in outcome);
    await rig.run({ seconds: 60 });
    await rig.engine.advance(outcome.exportId, { type: 'followedTooLong' });
    await minutes(rig, 3);
    assert.equal((await rig.job(outcome.exportId)).state.status, 'parked');
    assert.ok(!rig.tokens.mended.has(scene.requester.tenantId));
  });
});
