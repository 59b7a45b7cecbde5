// What waited for a person goes on in the transaction that keeps their tokens, whatever becomes of the process after that.
import assert from 'node:assert/strict';
import { createSources } from '../../../src/sources/sources.ts';
import { afterSignIn } from '../../../src/usecases/sign-in/after-sign-in.ts';
import { createExchangeSso } from '../../../src/usecases/sign-in/silent-sign-in.ts';
import { noLog } from '../../support/databases/databases.ts';
import { sampleTenant } from '../../support/samples/sample-exports.ts';
import { describeUseCase, someScene, startedExport, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

const after = (rig: Rig, { requester }: Scene) =>
  afterSignIn({ ...rig, advanceWithin: rig.engine.advanceWithin }, requester);

const isAsked = async (rig: Rig, { requester, conversation }: Scene): Promise<boolean> =>
  (await rig.stores.signIns.outstanding(requester, conversation)) !== undefined;

describeUseCase('after a sign-in', (rigged) => {
  async function waiting(rig: Rig, scene: Scene): Promise<string> {
    const id = await startedExport(rig, scene);
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(id)).state.status, 'waitingForSignIn');
    assert.ok(await isAsked(rig, scene));
    return id;
  }

  it('an export has gone on, and its prompt is settled, with the commit alone', async () => {
    const rig = rigged();
    const scene = someScene();
    const id = await waiting(rig, scene);
    const { alongside } = await after(rig, scene);
    await rig.transact(alongside);
    assert.equal((await rig.job(id)).state.status, 'starting');
    assert.equal(await isAsked(rig, scene), false);
    assert.ok(rig.queued.has(id), 'it comes back although nobody acts');
    rig.tokens.signIn(scene.requester);
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(id)).state.status, 'waiting');
    assert.deepEqual(
      rig.teams.standing(scene.conversation).map(({ kind }) => kind),
      ['export'],
    );
  });

  it('nothing has changed where the tokens could not be kept', async () => {
    const rig = rigged();
    const scene = someScene();
    const id = await waiting(rig, scene);
    const { alongside } = await after(rig, scene);
    const notKept = rig.transact(async (stores) => {
      await alongside(stores);
      throw new Error('not kept');
    });
    await assert.rejects(notKept, /not kept/);
    assert.equal((await rig.job(id)).state.status, 'waitingForSignIn');
    assert.ok(await isAsked(rig, scene));
  });

  it('what came to wait while Entra ID was asked goes on as well', async () => {
    const rig = rigged();
    const scene = someScene();
    await waiting(rig, scene);
    const { alongside } = await after(rig, scene);
    const late = { ...scene, target: someScene().target };
    const id = await waiting(rig, late);
    await rig.transact(alongside);
    assert.equal((await rig.job(id)).state.status, 'starting');
  });

  it('what waited in the tenant for an administrator tries again, which is queued with it', async () => {
    const rig = rigged();
    const [first, second] = [0, 1].map(() => someScene({ tenantId: sampleTenant }));
    assert.ok(first && second);
    rig.tokens.signIn(first.requester);
    rig.graph.script.create.push(() => ({ kind: 'consentMissing' }));
    const id = await startedExport(rig, first);
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(id)).state.status, 'waitingForSignIn');
    await waiting(rig, second);
    await rig.exchangeSso({ ...second, exchangeId: 'x', ssoToken: 't' });
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(id)).state.status, 'waiting');
  });

  it('the task of an earlier release lets exports go on', async () => {
    const rig = rigged();
    const scene = someScene();
    const id = await waiting(rig, scene);
    rig.tokens.signIn(scene.requester);
    const { tenantId, userId } = scene.requester;
    await rig.runTask({ kind: 'signedIn', person: { tenantId, userId } });
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(id)).state.status, 'waiting');
  });

  it('what the exchange is to bring is looked up beside the claim to it', async () => {
    const rig = rigged();
    const scene = someScene();
    const id = await waiting(rig, scene);
    const lookedUp = Promise.withResolvers<undefined>();
    const { signIns, exchanges } = rig.stores;
    const exchangeSso = createExchangeSso({
      ...rig,
      advanceWithin: rig.engine.advanceWithin,
      sources: createSources([rig.graph.source]),
      tokens: { ...rig.tokens, ...rig.tokens.over(rig.transact) },
      log: noLog,
      stores: {
        exports: rig.stores.exports,
        signIns: {
          ...signIns,
          outstanding: (...given) => {
            lookedUp.resolve(undefined);
            return signIns.outstanding(...given);
          },
        },
        exchanges: {
          once: async (...given) => {
            await lookedUp.promise;
            return exchanges.once(...given);
          },
        },
      },
    });
    assert.equal(await exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' }), 'signedIn');
    assert.notEqual((await rig.job(id)).state.status, 'waitingForSignIn');
  });
});
