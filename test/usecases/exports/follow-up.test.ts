/** When an export is carried on: at its time, also when the database's clock wakes it a little before. */
import assert from 'node:assert/strict';
import { describeUseCase, signedInScene } from '../../support/rig/use-case-suite.ts';

describeUseCase('usecases/follow-up', (rigged) => {
  for (const minutes of [10, -10])
    it(`T9 looks once, and then at the usual pace, when the clock has jumped by ${minutes} minutes`, async () => {
      const rig = rigged();
      const scene = signedInScene(rig);
      await rig.startExport(scene);
      await rig.settle();
      const [job] = await rig.jobsOf(scene.requester);
      assert.ok(job?.due?.step === 'poll');
      const looks = (): number => rig.graph.calls.filter((call) => call === 'get').length;
      const before = looks();
      rig.pass(minutes * 60);
      await rig.engine.followUp(job.id);
      assert.equal(looks(), before + 1);
      const next = (await rig.job(job.id)).due;
      assert.ok(next && next.at.getTime() - rig.clock.now().getTime() <= 66_000, 'soon by the new time');
      await rig.engine.followUp(job.id);
      assert.equal(looks(), before + 1);
    });

  it('looks at a job that it is woken for a little early, and not at one that is due later', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await rig.startExport(scene);
    await rig.settle();
    const [first] = await rig.jobsOf(scene.requester);
    assert.ok(first?.due?.step === 'poll');
    const looks = (): number => rig.graph.calls.filter((call) => call === 'get').length;
    const before = looks();
    const left = (): number => ((first.due?.at.getTime() ?? 0) - rig.clock.now().getTime()) / 1000;
    rig.pass(left() - 1);
    await rig.engine.followUp(first.id);
    assert.equal(looks(), before);
    assert.deepEqual(rig.queued.get(first.id), first.due.at);
    rig.pass(left() - 0.05);
    await rig.engine.followUp(first.id);
    assert.equal(looks(), before + 1);
    assert.ok((rig.queued.get(first.id) ?? first.due.at) > first.due.at);
  });
});
