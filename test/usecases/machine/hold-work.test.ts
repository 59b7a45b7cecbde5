import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { deathsAfter } from '../../../src/blocks/warm-up.ts';
import { createHoldWork, quarantineFor, warmUpFor } from '../../../src/usecases/machine/hold-work.ts';
import { exportTolerance } from '../../../src/usecases/exports/follow-up.ts';
import { noLog } from '../../support/databases/databases.ts';
import { describeUseCase, signedInScene, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

const forEver = new Promise<never>(() => undefined);
/** Milliseconds that as many as may work at the same time are given to come together. */
const longestWait = 10_000;

/** From now on Graph's answers kill whoever asks: nobody gets one. */
function becomeDeadly({ graph: { script } }: Rig): void {
  for (let nth = 0; nth < 20; nth += 1) {
    script.create.push(() => forEver);
    script.list.push(() => forEver);
  }
}

function becomeHarmless({ graph: { script } }: Rig): void {
  script.create.length = 0;
  script.list.length = 0;
}

/** Goes on until it asks Graph that, is done, or does neither for a while: whether it asked. */
async function asksGraph(
  { graph, engine, job }: Rig,
  exportId: string,
  that: readonly string[] = ['create', 'list'],
): Promise<boolean> {
  const timesAsked = (): number => graph.calls.filter((call) => that.includes(call)).length;
  const before = timesAsked();
  const work: { isDone: boolean } = { isDone: false };
  void engine.followUp(exportId).then(() => {
    work.isDone = true;
  });
  for (let round = 0; round < 50 && timesAsked() === before && !work.isDone; round += 1) await job(exportId);
  return timesAsked() > before;
}

async function asked(rig: Rig, scene: Scene): Promise<string> {
  const before = rig.graph.calls.length;
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  while (rig.graph.calls.length === before) await new Promise((resolve) => setImmediate(resolve));
  return outcome.exportId;
}

/** The process has died, and some time has passed. */
async function next(rig: Rig): Promise<Rig> {
  await rig.expireClaims();
  rig.pass(60);
  return rig.anotherProcess();
}

describeUseCase('S5 an export that may be what kills processes', (rigged) => {
  it('is parked after five of them, and none that was at work beside it', async () => {
    const first = rigged();
    becomeDeadly(first);
    const culprit = await asked(first, signedInScene(first));
    const innocent = await asked(first, signedInScene(first));
    let deaths = 0;
    for (let rig = await next(first); ; rig = await next(rig)) {
      deaths += 1;
      if (!(await asksGraph(rig, culprit))) break;
      await asksGraph(rig, innocent);
    }
    assert.equal(deaths, 5);
    const { state } = await first.job(culprit);
    assert.equal(state.status === 'parked' && state.cause, 'crashedTooOften');
    becomeHarmless(first);
    await (await next(first)).run({ seconds: 30 });
    assert.equal((await first.job(innocent)).state.status, 'waiting');
  });

  for (const { deaths, together } of [
    { deaths: 2, together: 5 },
    { deaths: 3, together: 1 },
  ])
    it(`is worked on with ${String(together - 1)} others at most after ${String(deaths)} deaths, and then at once`, async () => {
      const first = rigged();
      becomeDeadly(first);
      const exportIds: string[] = [];
      for (let nth = 0; nth < 7; nth += 1) exportIds.push(await asked(first, signedInScene(first)));
      becomeHarmless(first);
      const rig = await next(first);
      for (const exportId of exportIds)
        for (let death = 1; death < deaths; death += 1) await rig.stores.exports.claim(exportId, 'dead', 0);
      let [atOnce, most] = [0, 0];
      const full = Promise.withResolvers<undefined>();
      for (let nth = 0; nth < exportIds.length; nth += 1) {
        rig.graph.script.list.push(async (make) => {
          atOnce += 1;
          most = Math.max(most, atOnce);
          if (atOnce === together) full.resolve(undefined);
          await Promise.race([full.promise, pause(longestWait, undefined, { ref: false })]);
          // One too many would come meanwhile.
          await pause(20);
          atOnce -= 1;
          return make();
        });
      }
      await Promise.all(exportIds.map((exportId) => rig.engine.followUp(exportId)));
      assert.equal(most, together);
      for (const exportId of exportIds) assert.equal((await rig.job(exportId)).state.status, 'waiting');
    });

  it('is none when it gets on, however often processes die', async () => {
    const first = rigged();
    const scene = signedInScene(first);
    becomeDeadly(first);
    let rig = first;
    const exportId = await asked(rig, scene);
    for (let death = 1; death < 4; death += 1) {
      rig = await next(rig);
      assert.equal(await asksGraph(rig, exportId), true);
    }
    becomeHarmless(first);
    // It gets its job, and its process dies before it has given the export back.
    rig.graph.script.get.push(...Array.from({ length: 4 }, () => () => forEver));
    for (let death = 0; death < 4; death += 1) {
      rig = await next(rig);
      assert.equal(await asksGraph(rig, exportId, ['get']), true);
    }
    await (await next(rig)).run({ seconds: 30 });
    assert.equal((await first.job(exportId)).state.status, 'waiting');
  });

  it('may be taken again at once when it broke off, which counts like a death', async () => {
    const rig = rigged();
    const exportId = await asked(rig, signedInScene(rig));
    await rig.settle();
    for (let nth = 0; nth < 5; nth += 1) {
      rig.graph.script.get.push(() => Promise.reject(new Error('out of order')));
      rig.pass(60);
      await assert.rejects(rig.engine.followUp(exportId), /out of order/);
    }
    rig.pass(60);
    await rig.engine.followUp(exportId);
    const { state } = await rig.job(exportId);
    assert.equal(state.status === 'parked' && state.cause, 'crashedTooOften');
  });

  it('is left alone by a process that has not lived long enough to tell', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    becomeDeadly(rig);
    const exportId = await asked(rig, scene);
    becomeHarmless(rig);
    await (await next(rig)).stores.exports.claim(exportId, 'dead', 0);
    let age = 4;
    const hold = createHoldWork({
      claims: rig.stores.exports,
      tolerance: exportTolerance,
      chance: { newId: randomUUID },
      log: noLog,
      processAge: () => age,
    });
    const work = () => Promise.resolve(undefined);
    assert.equal(await hold(exportId, work), 'later');
    age = 5;
    assert.equal(await hold(exportId, work), 'done');
  });
});

describe('care for what was in hand when processes died', () => {
  it('grows with each death', () => {
    const deaths = [0, 1, 2, 3, 4, 5, 6];
    assert.deepEqual(
      deaths.map((nth) => quarantineFor(exportTolerance, nth)),
      ['none', 'none', 'amongFew', 'alone', 'alone', 'notAtAll', 'notAtAll'],
    );
    assert.deepEqual(
      deaths.map((nth) => warmUpFor(exportTolerance, nth)),
      [0, 0, 5, 10, 15, 0, 0],
    );
    // What the queue takes of them is what is not put off here.
    for (const [crashes, seconds] of [
      [2, 5],
      [3, 10],
      [4, 15],
    ] as const)
      assert.deepEqual([deathsAfter(seconds), deathsAfter(seconds - 0.1)], [crashes - 1, crashes - 2]);
  });
});
