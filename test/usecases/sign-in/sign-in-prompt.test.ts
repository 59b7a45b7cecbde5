import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { SignInRequests } from '../../../src/ports/sign-ins.ts';
import { createAskSignIn } from '../../../src/usecases/sign-in/ask-sign-in.ts';
import { noLog } from '../../support/databases/databases.ts';
import { describeUseCase, someScene } from '../../support/rig/use-case-suite.ts';
import type { SendOutcome } from '../../../src/ports/messenger.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

/** What Teams makes of the next prompt; everything else arrives. */
function atNextPrompt({ teams }: Rig, answer: () => SendOutcome): void {
  const { post } = teams.script;
  post.push(function instead(send, message) {
    if (message.kind === 'signIn') return answer();
    post.unshift(instead);
    return send();
  });
}

const promptsIn = (rig: Rig, scene: ReturnType<typeof someScene>) =>
  rig.teams.standing(scene.conversation).filter((message) => message.kind === 'signIn');

describeUseCase('a prompt', (rigged) => {
  it('S1 stands once although the database is away just after it was posted, before or after it has heard of it', async () => {
    for (const hasHeard of [false, true]) {
      const rig = rigged();
      const scene = someScene();
      let outages = 2;
      const { signIns } = rig.stores;
      const firstPosted: SignInRequests['firstPosted'] = async (id, activityId) => {
        if (outages === 0) return signIns.firstPosted(id, activityId);
        outages -= 1;
        if (hasHeard) await signIns.firstPosted(id, activityId);
        throw new Error('terminating connection');
      };
      const { inConversation } = createAskSignIn({
        stores: { ...rig.stores, signIns: { ...signIns, firstPosted } },
        transact: rig.transact,
        messenger: rig.teams,
        tokens: rig.tokens,
        clock: rig.clock,
        log: noLog,
        chance: { newSecret: () => 'secret'.padEnd(43, String(hasHeard)) },
      });
      await inConversation(scene.requester, scene.conversation, { cause: 'signIn', silent: false });
      assert.deepEqual(
        rig.teams.standing(scene.conversation).map(({ kind }) => kind),
        ['signIn'],
      );
      const asked = await rig.stores.signIns.outstanding(scene.requester, scene.conversation);
      assert.equal(asked?.activityId, rig.teams.sent.at(-1)?.activityId);
    }
  });

  it('for a link comes at once although a block is still noted: somebody has just been heard there', async () => {
    const rig = rigged();
    const scene = someScene();
    await rig.stores.conversations.block(scene.conversation);
    await rig.startExport(scene);
    await rig.settle();
    assert.equal(promptsIn(rig, scene).length, 1);
  });

  it('of which nobody knows whether it arrived comes again within 20 s, with the same link', async () => {
    const rig = rigged();
    const scene = someScene();
    atNextPrompt(rig, () => ({ kind: 'unknown' }));
    await rig.startExport(scene);
    await rig.settle();
    const lost = await rig.stores.signIns.outstanding(scene.requester, scene.conversation);
    await rig.run({ seconds: 20 });
    assert.deepEqual(
      promptsIn(rig, scene).map(({ request }) => request.id),
      [lost?.id],
    );
  });

  it('that somebody else is posting is looked for again, since they may die before it stands', async () => {
    const rig = rigged();
    const scene = someScene();
    const { inConversation } = createAskSignIn({
      stores: rig.stores,
      transact: rig.transact,
      messenger: rig.teams,
      tokens: rig.tokens,
      clock: rig.clock,
      log: noLog,
      chance: { newSecret: () => randomUUID() },
    });
    const ask = () => inConversation(scene.requester, scene.conversation, { cause: 'signIn', silent: false });
    let meanwhile: number | undefined;
    rig.teams.script.post.push(async (send) => {
      meanwhile = await ask();
      return send();
    });
    assert.equal(await ask(), undefined);
    assert.equal(meanwhile, 5);
    assert.equal(await ask(), undefined, 'it stands');
  });

  it('that stands already comes again below the next message, and once for all links of one', async () => {
    const rig = rigged();
    const scene = someScene();
    const wish = () => rig.startExport({ ...scene, target: someScene().target });
    await wish();
    await wish();
    await rig.run({ seconds: 20 });
    assert.equal(rig.teams.posts('signIn').length, 1);
    await wish();
    await rig.run({ seconds: 20 });
    assert.equal(rig.teams.posts('signIn').length, 2);
    assert.equal(promptsIn(rig, scene).length, 1, 'the older one is taken away');
  });

  for (const kind of ['unknown', 'busy'] as const)
    it(`for a link that is pasted elsewhere as well comes there although Teams first says: ${kind}`, async () => {
      const rig = rigged();
      const scene = someScene();
      const elsewhere = { ...scene, conversation: someScene().conversation };
      await rig.startExport(scene);
      await rig.run({ seconds: 20 });
      atNextPrompt(rig, () => ({ kind }));
      await rig.startExport(elsewhere);
      await rig.run({ seconds: 60 });
      assert.equal(promptsIn(rig, elsewhere).length, 1);
    });

  for (const kind of ['unknown', 'busy'] as const)
    it(`that was lost and is asked for with “Ask again” comes although Teams first says: ${kind}`, async () => {
      const rig = rigged();
      const scene = someScene();
      const started = await rig.startExport(scene);
      assert.ok(started.kind === 'started');
      await rig.run({ seconds: 20 });
      await rig.stores.signIns.settle(scene.requester);
      const stood = promptsIn(rig, scene).length;
      atNextPrompt(rig, () => ({ kind }));
      await rig.ownExport.resume({ ...scene, exportId: started.exportId });
      await rig.run({ seconds: 60 });
      assert.equal(promptsIn(rig, scene).length, stood + 1);
    });

  it('that was wished for by “sign in” says that it worked, and is asked for once', async () => {
    const rig = rigged();
    const scene = someScene();
    assert.deepEqual(await rig.signIn(scene), { kind: 'asked' });
    assert.equal(promptsIn(rig, scene).length, 1);
    await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' });
    await rig.run({ seconds: 20 });
    assert.deepEqual(rig.teams.standing(scene.conversation), [
      { kind: 'signInSettled', outcome: 'signedInOnly', locale: 'de-AT' },
    ]);
    assert.deepEqual(await rig.signIn(scene), { kind: 'signedIn' });
    assert.equal(rig.teams.posts('signIn').length, 1);
  });

  it('S4 asks for what is needed now, although whoever learnt of it died before asking', async () => {
    const rig = rigged();
    const scene = someScene();
    const started = await rig.startExport(scene);
    assert.ok(started.kind === 'started');
    await rig.settle();
    const learnt = { type: 'signInRequired', cause: 'claims', claims: '{}' } as const;
    await rig.engine.advance(started.exportId, learnt, { leave: ['askSignIn', 'showCards'] });
    await rig.run({ seconds: 20 });
    assert.deepEqual(
      promptsIn(rig, scene).map(({ request }) => [request.cause, request.claims]),
      [['claims', '{}']],
    );
  });

  for (const kind of ['refused', 'unknown'] as const)
    it(`that was answered says so where it may not be taken away: ${kind}`, async () => {
      const rig = rigged();
      const scene = someScene();
      await rig.startExport(scene);
      await rig.settle();
      rig.teams.script.remove.push(() => ({ kind }));
      await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' });
      await rig.run({ seconds: 20 });
      assert.deepEqual(promptsIn(rig, scene), []);
      assert.deepEqual(
        rig.teams.standing(scene.conversation).filter((message) => message.kind === 'signInSettled'),
        [{ kind: 'signInSettled', outcome: 'signedIn', locale: 'de-AT' }],
      );
    });
});
