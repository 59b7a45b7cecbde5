import assert from 'node:assert/strict';
import { someConversation, somebody, someTarget } from '../../support/samples/sample-exports.ts';
import { describeUseCase, signedInScene, someScene, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

async function started(rig: Rig, scene: Scene): Promise<string> {
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  await rig.run({ seconds: 20 });
  return outcome.exportId;
}

async function openLink(
  rig: Rig,
  scene: Scene,
): Promise<{ readonly state: string; readonly requestId: string }> {
  const asked = await rig.stores.signIns.outstanding(scene.requester, scene.conversation);
  const begun = await rig.signInByBrowser.begin(asked?.id ?? 'none');
  assert.ok(begun.kind === 'go' && asked);
  return { state: new URL(begun.url).searchParams.get('state') ?? '', requestId: asked.id };
}

const prompts = (rig: Rig): number => rig.teams.posts('signIn').length;

describeUseCase('signing in', (rigged) => {
  it('once resumes everything of that person in all conversations, and retires the prompts', async () => {
    const rig = rigged();
    const scene = someScene();
    const elsewhere = { ...scene, conversation: someConversation({ tenantId: scene.requester.tenantId }) };
    const ids = [
      await started(rig, scene),
      await started(rig, { ...scene, target: someTarget() }),
      await started(rig, { ...elsewhere, target: someTarget() }),
    ];
    assert.equal(prompts(rig), 3, 'the second link has it come again below');
    const { state } = await openLink(rig, scene);
    const outcome = await rig.signInByBrowser.finish({ state, code: 'c' });
    assert.equal(outcome.kind, 'signedIn');
    await rig.run({ seconds: 20 });
    for (const id of ids) assert.equal((await rig.job(id)).state.status, 'waiting');
    for (const { conversation } of [scene, elsewhere])
      assert.ok(
        rig.teams.standing(conversation).every(({ kind }) => kind === 'export'),
        'no prompt stays',
      );
    assert.equal(prompts(rig), 3);
  });

  it('is verified once, for that person only', async () => {
    const rig = rigged();
    const scene = someScene();
    await started(rig, scene);
    const { state } = await openLink(rig, scene);
    const outcome = await rig.signInByBrowser.finish({ state, code: 'c' });
    assert.ok(outcome.kind === 'signedIn');
    const { nonce } = outcome;
    assert.equal(await rig.signInByBrowser.verifyState({ requester: somebody(), nonce }), false);
    assert.equal(await rig.signInByBrowser.verifyState({ requester: scene.requester, nonce }), true);
    assert.equal(await rig.signInByBrowser.verifyState({ requester: scene.requester, nonce }), false);
    await rig.settle();
  });

  it('takes a state once, and no unknown one', async () => {
    const rig = rigged();
    const scene = someScene();
    await started(rig, scene);
    const { state } = await openLink(rig, scene);
    rig.tokens.signIns.push({ kind: 'notAccepted' });
    assert.equal((await rig.signInByBrowser.finish({ state, code: 'c' })).kind, 'notAccepted');
    assert.equal((await rig.signInByBrowser.finish({ state, code: 'c' })).kind, 'used');
    assert.equal((await rig.signInByBrowser.finish({ state: 'made-up', code: 'c' })).kind, 'unknown');
    assert.deepEqual(await rig.signInByBrowser.begin('made-up'), { kind: 'unknown' });
  });

  it('in a second tab finds the question answered', async () => {
    const rig = rigged();
    const scene = someScene();
    await started(rig, scene);
    const [one, two] = [await openLink(rig, scene), await openLink(rig, scene)];
    await rig.signInByBrowser.finish({ state: one.state, code: 'c' });
    await rig.settle();
    assert.equal((await rig.signInByBrowser.finish({ state: two.state, code: 'c' })).kind, 'used');
  });

  for (const [kind, given, answer] of [
    ['wrongPerson', { code: 'c' }, { kind: 'wrongPerson' }],
    ['declined', { error: { code: 'access_denied' } }, undefined],
    ['unavailable', { error: { code: 'server_error' } }, undefined],
    ['notAccepted', { error: { code: 'interaction_required' } }, undefined],
    ['notAccepted', {}, undefined],
    ['unavailable', { code: 'c' }, { kind: 'unavailable' }],
    ['notAccepted', { code: 'c' }, { kind: 'userGone' }],
  ] as const) {
    it(`that ends ${kind} (${JSON.stringify(given)}) leaves the export waiting`, async () => {
      const rig = rigged();
      const scene = someScene();
      const id = await started(rig, scene);
      const { state, requestId } = await openLink(rig, scene);
      if (answer !== undefined) rig.tokens.signIns.push(answer);
      const outcome = await rig.signInByBrowser.finish({ state, ...given });
      assert.equal(outcome.kind, kind);
      await rig.run({ seconds: 60 });
      assert.equal((await rig.job(id)).state.status, 'waitingForSignIn');
      assert.equal((await rig.signInByBrowser.begin(requestId)).kind, 'go');
      assert.equal(prompts(rig), 1);
    });
  }

  for (const [given, answer] of [
    [{ error: { code: 'invalid_client' } }, undefined],
    [{ code: 'c' }, { kind: 'operatorFault' }],
  ] as const) {
    it(`E5 that meets an operator’s fault (${JSON.stringify(given)}) is asked again once it is mended`, async () => {
      const rig = rigged();
      const scene = someScene();
      const id = await started(rig, scene);
      const { state } = await openLink(rig, scene);
      rig.tokens.app.isAccepted = false;
      if (answer !== undefined) rig.tokens.signIns.push(answer);
      assert.equal((await rig.signInByBrowser.finish({ state, ...given })).kind, 'operatorFault');
      await rig.run({ seconds: 24 * 3600 });
      const parked = await rig.job(id);
      assert.equal(parked.state.status === 'parked' && parked.state.cause, 'operatorFault');
      const standing = rig.teams.standing(scene.conversation).map(({ kind }) => kind);
      assert.deepEqual(standing, ['export', 'notice'], 'the card says so, and nobody asks');
      assert.equal(prompts(rig), 1);
      rig.tokens.app.isAccepted = true;
      await rig.run({ seconds: 600 });
      assert.equal(prompts(rig), 2);
      await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' });
      await rig.run({ seconds: 20 });
      assert.equal((await rig.job(id)).state.status, 'waiting');
    });
  }

  it('that an administrator must allow says so on the card, without another prompt', async () => {
    const rig = rigged();
    const scene = someScene();
    const id = await started(rig, scene);
    const { state } = await openLink(rig, scene);
    const outcome = await rig.signInByBrowser.finish({ state, error: { code: 'consent_required' } });
    assert.ok(
      outcome.kind === 'consentNeeded' && outcome.adminConsentUrl?.includes(scene.requester.tenantId),
    );
    await rig.run({ seconds: 60 });
    const job = await rig.job(id);
    assert.equal(job.state.status === 'waitingForSignIn' && job.state.cause, 'adminConsent');
    assert.equal(prompts(rig), 1);
    assert.deepEqual(
      rig.teams.standing(scene.conversation).map(({ kind }) => kind),
      ['export'],
    );
  });

  it('that Graph never takes is asked for once for each sign-in, silently only the first time', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const no = () => ({ kind: 'unauthorized' }) as const;
    for (let nth = 0; nth < 99; nth += 1) {
      rig.graph.script.create.push(no);
      rig.graph.script.list.push(no);
    }
    await started(rig, scene);
    for (let nth = 0; nth < 5; nth += 1) {
      await rig.exchangeSso({ ...scene, exchangeId: `x${nth}`, ssoToken: 't' });
      await rig.run({ seconds: 3600 });
    }
    assert.equal(prompts(rig), 6);
    assert.deepEqual(
      rig.teams.posts('signIn').map(({ request }) => request.silent),
      [true, false, false, false, false, false],
    );
  });

  it('is not asked for again by itself, however long nobody answers, and is given up after 7 days', async () => {
    const rig = rigged();
    const scene = someScene();
    const id = await started(rig, scene);
    await rig.run({ seconds: 8 * 24 * 3600 });
    assert.equal(prompts(rig), 1);
    assert.ok(rig.teams.standing(scene.conversation).every(({ kind }) => kind !== 'signIn'));
    assert.equal(await rig.stores.signIns.outstanding(scene.requester, scene.conversation), undefined);
    const { state } = await rig.job(id);
    assert.equal(state.status === 'stopped' && state.by, 'noSignIn');
    rig.tokens.signIn(scene.requester);
    await rig.ownExport.resume({ ...scene, exportId: id });
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(id)).state.status, 'waiting');
  });

  it('for all of a person’s clients is one exchange with one outcome', async () => {
    const rig = rigged();
    const scene = someScene();
    await started(rig, scene);
    rig.tokens.signIns.push({ kind: 'signInRequired', cause: 'claims' });
    const exchange = { ...scene, exchangeId: 'same', ssoToken: 't' };
    const outcomes = await Promise.all([1, 2, 3].map(() => rig.exchangeSso(exchange)));
    assert.deepEqual(outcomes, ['interactionNeeded', 'interactionNeeded', 'interactionNeeded']);
    assert.deepEqual(rig.tokens.signIns, []);
  });

  it('that Teams reports as failed comes back once as a button, however many clients report', async () => {
    const rig = rigged();
    const scene = someScene();
    await started(rig, scene);
    for (let nth = 0; nth < 3; nth += 1) {
      await rig.signInFailed({ ...scene, code: 'invokeerror' });
      await rig.settle();
    }
    assert.deepEqual(
      rig.teams.posts('signIn').map(({ request }) => request.silent),
      [true, false],
    );
    const standing = rig.teams.standing(scene.conversation).map(({ kind }) => kind);
    assert.deepEqual(standing, ['signIn']);
  });

  it('that nothing waits for is not asked for', async () => {
    const rig = rigged();
    await rig.signInFailed({ ...someScene(), code: 'invokeerror' });
    await rig.settle();
    assert.equal(prompts(rig), 0);
  });

  it('comes again when Teams was busy', async () => {
    const rig = rigged();
    const scene = someScene();
    rig.teams.script.post.push(
      (send) => send(),
      () => ({ kind: 'busy', retryAfter: 9 }),
    );
    await started(rig, scene);
    assert.equal(prompts(rig), 1);
  });
});
