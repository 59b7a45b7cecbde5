/** Nearly a quarter of Graph's calls end in a fault: every export ends right, with few calls more than without. */
import assert from 'node:assert/strict';
import type { GetAnswer, GraphTrouble, ListAnswer, CreateAnswer } from '../../src/ports/export-source.ts';
import { createDice } from '../chaos/dice.ts';
import { describeUseCase, signedInScene } from '../support/rig/use-case-suite.ts';

const unreachable: GraphTrouble = { kind: 'unavailable', trouble: 'unreachable', notSent: false };
const busy: GraphTrouble = { kind: 'unavailable', trouble: 'busy', notSent: true };
/** 10 % 5xx, 5 % reset, 5 % 429 half of them without a header, 2 % malformed, 1 % stalls; the rest is answered. */
const mix: readonly (readonly [of200: number, trouble: GraphTrouble, isDone: boolean])[] = [
  [10, unreachable, true],
  [10, unreachable, false],
  [10, unreachable, true],
  [5, busy, false],
  [5, { ...busy, retryAfter: 20 }, false],
  [4, { kind: 'odd', sample: '200: {"id": "j!' }, true],
  [2, unreachable, true],
];

describeUseCase('a Graph with bad days', (rigged) => {
  it('ends every export right, with at most half as many calls again', async () => {
    const rig = rigged();
    const dice = createDice(20);
    let faults = 0;
    const play = <A>(make: () => A): A | GraphTrouble => {
      let left = dice.below(200);
      for (const [of200, trouble, isDone] of mix) {
        if (left < of200) {
          faults += 1;
          if (isDone) make();
          return trouble;
        }
        left -= of200;
      }
      return make();
    };
    const { script } = rig.graph;
    for (let nth = 0; nth < 1_000; nth += 1) {
      script.create.push((make): CreateAnswer => play(make));
      script.get.push((make): GetAnswer => play(make));
      script.list.push((make): ListAnswer => play(make));
    }
    const scenes = Array.from({ length: 12 }, () => signedInScene(rig));
    for (const scene of scenes) await rig.startExport(scene);
    for (let minute = 0; minute < 20; minute += 1) {
      if (minute > 1) for (const { id } of rig.graph.jobs) rig.graph.change(id, { status: 'succeeded' });
      await rig.run({ seconds: 60, wakes: 2_000 });
    }
    for (const scene of scenes) {
      const [job] = await rig.jobsOf(scene.requester);
      assert.equal(job?.state.status, 'ready');
      assert.equal(rig.graph.jobsOf(scene.target).length, 1, 'made once');
    }
    const calls = rig.graph.calls.filter((call) => call !== 'content').length;
    assert.ok(faults > 40, `${faults} faults`);
    assert.ok(calls <= 1.5 * (calls - faults), `${calls} calls, ${faults} of them in vain`);
  });
});
