// An operator's fault: how often exports that it paused are tried again, and who is told.
import assert from 'node:assert/strict';
import { readyExport } from '../support/rig/ended-exports.ts';
import { describeUseCase, signedInScene, someScene } from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';

const prompts = (rig: Rig): number => rig.teams.posts('signIn').length;

describeUseCase('an operator’s fault', (rigged) => {
  it('E5 that only seems to be mended is tried ever more seldom, and not told again', async () => {
    const rig = rigged();
    const scene = someScene();
    const outcome = await rig.startExport(scene);
    assert.ok('exportId' in outcome);
    const id = outcome.exportId;
    await rig.settle();
    // Teams answers each new question silently by itself, and the exchange is what the operator has not mended.
    for (let quarter = 0; quarter < 4 * 24 * 3; quarter += 1) {
      if ((await rig.stores.signIns.outstanding(scene.requester, scene.conversation)) !== undefined) {
        rig.tokens.signIns.push({ kind: 'operatorFault', correlationId: 'c0ffee' });
        await rig.exchangeSso({ ...scene, exchangeId: String(quarter), ssoToken: 't' });
      }
      await rig.run({ seconds: 900 });
    }
    const { state } = await rig.job(id);
    assert.ok(state.status === 'parked' && state.correlationId === 'c0ffee');
    assert.ok(prompts(rig) <= 12, `${prompts(rig)} prompts in three days`);
    assert.equal(rig.teams.posts('notice').length, 0, 'its card has told it at once');
    await rig.run({ seconds: 24 * 3600 });
    await rig.exchangeSso({ ...scene, exchangeId: 'mended', ssoToken: 't' });
    await rig.run({ seconds: 60 });
    assert.equal((await rig.job(id)).state.status, 'waiting');
  });

  it('E5 is told with its reference to who wished to sign in, where no export’s card tells it', async () => {
    const rig = rigged();
    const scene = someScene();
    await rig.signIn(scene);
    rig.tokens.signIns.push({ kind: 'operatorFault', correlationId: 'c0ffee' });
    await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' });
    await rig.run({ seconds: 20 });
    assert.deepEqual(rig.teams.standing(scene.conversation), [
      { kind: 'signInSettled', outcome: 'operatorFaultOnly', correlationId: 'c0ffee', locale: 'de-AT' },
    ]);
    const refused = { kind: 'operatorFault', correlationId: 'c0ffee' } as const;
    rig.tokens.script.push(() => refused);
    assert.deepEqual(await rig.signIn(scene), refused);
  });

  it('E5 is told of a download', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    const offer = await rig.downloadExport.offer({ ...scene, subject: { kind: 'export', id: exportId } });
    assert.ok(offer.kind === 'link');
    rig.tokens.script.push(() => ({ kind: 'operatorFault' }));
    const taken = await rig.downloadExport.take(offer.url.split('/').at(-1) ?? '');
    assert.equal(taken.kind === 'failed' && taken.why, 'operatorFault');
  });

  it('E5 is looked at soon again while somebody else is finding out whether it lasts', async () => {
    const rig = rigged();
    const scene = someScene();
    rig.tokens.signIn(scene.requester);
    rig.tokens.script.push(
      () => ({ kind: 'operatorFault' }),
      () => ({ kind: 'unavailable', retryAfter: 5 }),
    );
    const outcome = await rig.startExport(scene);
    assert.ok('exportId' in outcome);
    await rig.settle();
    await rig.run({ seconds: 310 });
    assert.equal((await rig.job(outcome.exportId)).state.status, 'waiting');
    assert.equal(rig.teams.posts('notice').length, 0, 'its card has told it at once');
  });
});
