import assert from 'node:assert/strict';
import { sampleTenant, somebody } from '../../support/samples/sample-exports.ts';
import { describeUseCase, signedInScene, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

async function started(rig: Rig, scene: Scene): Promise<string> {
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  await rig.run({ seconds: 20 });
  return outcome.exportId;
}

const state = 'consent-state';

describeUseCase('consent of an administrator', (rigged) => {
  const inTenant = (rig: Rig): Scene => signedInScene(rig, { tenantId: sampleTenant });

  it('lets everything in the tenant go on, without a prompt', async () => {
    const rig = rigged();
    const scene = inTenant(rig);
    rig.graph.script.create.push(() => ({ kind: 'consentMissing' }));
    const id = await started(rig, scene);
    await rig.run({ seconds: 10 * 24 * 3600 });
    assert.deepEqual(
      await rig.consentLanded({ tenantId: sampleTenant.toUpperCase(), granted: true, state }),
      {
        kind: 'granted',
      },
    );
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(id)).state.status, 'waiting');
    assert.deepEqual(
      rig.teams.standing(scene.conversation).map(({ kind }) => kind),
      ['export'],
    );
  });

  it('is not taken back by a refusal from before it that is run again after a crash', async () => {
    const rig = rigged();
    const scene = inTenant(rig);
    rig.tokens.signOut(scene.requester);
    const id = await started(rig, scene);
    const refusal = { kind: 'signInRequired', cause: 'adminConsent' } as const;
    const { version } = await rig.job(id);
    const { tenantId, userId } = scene.requester;
    const task = {
      kind: 'signInRefused',
      person: { tenantId, userId },
      answer: refusal,
      waiting: [{ id, version }],
    } as const;
    await rig.runTask(task);
    await rig.run({ seconds: 20 });
    const causeNow = async () => {
      const { state } = await rig.job(id);
      return state.status === 'waitingForSignIn' && state.cause;
    };
    assert.equal(await causeNow(), 'adminConsent');
    await rig.consentLanded({ tenantId: sampleTenant, granted: true, state });
    await rig.run({ seconds: 20 });
    assert.equal(await causeNow(), 'signIn');
    await rig.runTask(task);
    await rig.run({ seconds: 20 });
    assert.equal(await causeNow(), 'signIn');
  });

  it('that is claimed but was not given brings no prompt', async () => {
    const rig = rigged();
    const scene = inTenant(rig);
    const no = () => ({ kind: 'consentMissing' }) as const;
    for (let nth = 0; nth < 30; nth += 1) {
      rig.graph.script.create.push(no);
      rig.graph.script.list.push(no);
    }
    await started(rig, scene);
    for (let nth = 0; nth < 5; nth += 1) {
      await rig.consentLanded({ tenantId: sampleTenant, granted: true, state });
      await rig.run({ seconds: 60 });
    }
    assert.equal(rig.teams.posts('signIn').length, 0);
  });

  it('is not believed for other tenants, nor when it was declined', async () => {
    const rig = rigged();
    assert.equal(
      (await rig.consentLanded({ tenantId: somebody().tenantId, granted: true, state })).kind,
      'unknownTenant',
    );
    assert.equal(
      (await rig.consentLanded({ tenantId: undefined, granted: true, state })).kind,
      'unknownTenant',
    );
    for (const tenantId of [sampleTenant, undefined])
      assert.equal((await rig.consentLanded({ tenantId, granted: false, state })).kind, 'declined');
    assert.equal(
      (await rig.consentLanded({ tenantId: somebody().tenantId, granted: false, state })).kind,
      'unknownTenant',
    );
  });
});
