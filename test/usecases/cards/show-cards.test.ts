import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { requestExport } from '../../../src/domain/exports/export-job.ts';
import type { SendOutcome } from '../../../src/ports/messenger.ts';
import { exportCards } from '../../../src/usecases/cards/card-kinds.ts';
import { createShowCards } from '../../../src/usecases/cards/show-cards.ts';
import { noLog } from '../../support/databases/databases.ts';
import { someConversation } from '../../support/samples/sample-exports.ts';
import {
  assertShown,
  describeUseCase,
  signedInScene,
  startedExport,
} from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

describeUseCase('cards', (rigged) => {
  it('show the newest version in the end, one sender at a time, however slow Teams is', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    let sending = 0;
    let most = 0;
    const slowly = async (send: () => SendOutcome): Promise<SendOutcome> => {
      sending += 1;
      most = Math.max(most, sending);
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      sending -= 1;
      return send();
    };
    for (let nth = 0; nth < 20; nth += 1) {
      rig.teams.script.post.push(slowly);
      rig.teams.script.update.push(slowly);
    }
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    await Promise.all(Array.from({ length: 10 }, () => rig.engine.bringUpToDate(exportId)));
    await rig.run({ seconds: 60 });
    assert.equal(most, 1);
    await assertShown(rig, exportId);
    assert.equal(rig.teams.posts('export').length, 1);
  });

  it('are posted once when the database is away just after the post', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    let outages = 2;
    const cards: Rig['stores']['cards'] = {
      ...rig.stores.cards,
      shown: (...given) =>
        outages-- > 0
          ? Promise.reject(new Error('terminating connection'))
          : rig.stores.cards.shown(...given),
    };
    const exportId = randomUUID();
    await rig.stores.exports.insert(requestExport({ ...scene, id: exportId, now: rig.clock.now() }));
    await rig.stores.cards.add({
      id: randomUUID(),
      subject: { kind: 'export', id: exportId },
      conversation: scene.conversation,
    });
    const show = createShowCards({
      pause: () => Promise.resolve(),
      firstPosts: { run: (post) => post() },
      stores: { ...rig.stores, cards },
      messenger: rig.teams,
      clock: rig.clock,
      log: noLog,
      chance: { newId: randomUUID },
    });
    const kind = exportCards({ stores: rig.stores, findExportDetails: () => Promise.resolve({}) });
    assert.equal((await show(kind, exportId)).behind, undefined);
    await rig.run({ seconds: 60 });
    assert.equal(rig.teams.posts('export').length, 1);
    await assertShown(rig, exportId);
  });

  it('whose sender died are shown as soon as its time is over', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    const [card] = await rig.stores.cards.of({ kind: 'export', id: exportId });
    assert.ok(card);
    await rig.stores.cards.claim(card.id, 'dead', 12);
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.settle();
    const wake = rig.queued.get(exportId)?.getTime() ?? 0;
    const seconds = (wake - rig.clock.now().getTime()) / 1000;
    assert.ok(seconds > 0 && seconds <= 12, `looked at in ${String(seconds)} s`);
  });

  it('C3 are posted afresh once when the activity is gone', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.run({ seconds: 20 });
    rig.teams.script.update.push(() => ({ kind: 'gone' }));
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.run({ seconds: 60 });
    assert.equal(rig.teams.posts('export').length, 2);
    const [card] = await rig.stores.cards.of({ kind: 'export', id: exportId });
    const last = rig.teams.sent.at(-1);
    assert.equal(card?.activityId, last?.activityId);
    await assertShown(rig, exportId);
  });

  it('C3 are given up when the conversation is gone', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.teams.script.post.push(() => ({ kind: 'gone' }));
    const exportId = await startedExport(rig, scene);
    await rig.run({ seconds: 60 });
    assert.equal(rig.teams.sent.length, 0);
    assert.deepEqual(
      (await rig.stores.cards.of({ kind: 'export', id: exportId })).map(({ mode }) => mode),
      ['dropped'],
    );
    assert.equal((await rig.job(exportId)).state.status, 'waiting');
  });

  it('C2 wait while the bot is blocked, and come when the conversation writes again', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.teams.script.post.push(() => ({ kind: 'blocked' }));
    const exportId = await startedExport(rig, scene);
    await rig.run({ seconds: 600 });
    assert.equal(rig.teams.sent.length, 0);
    assert.equal(await rig.stores.conversations.remember(scene.conversation), 'blocked');
    await rig.catchUp(scene.conversation);
    await rig.settle();
    assert.equal(rig.teams.posts('export').length, 1);
    await assertShown(rig, exportId);
  });

  it('C6 are repeated after the time that Teams names, in each conversation by itself', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    const elsewhere = someConversation({ tenantId: scene.requester.tenantId });
    rig.teams.script.post.push(() => ({ kind: 'busy', retryAfter: 7 }));
    await rig.startExport({ ...scene, conversation: elsewhere });
    await rig.settle();
    assert.equal(rig.teams.standing(elsewhere).length, 0);
    await rig.run({ seconds: 8 });
    assert.equal(rig.teams.standing(elsewhere).length, 1);
    await assertShown(rig, exportId);
  });

  it('C6 do not wait for another conversation that has blocked the bot', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.startExport({
      ...scene,
      conversation: someConversation({ tenantId: scene.requester.tenantId }),
    });
    await rig.settle();
    rig.teams.script.update.push(
      () => ({ kind: 'blocked' }),
      () => ({ kind: 'busy', retryAfter: 7 }),
    );
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.run({ seconds: 30 });
    const versions = (await rig.stores.cards.of({ kind: 'export', id: exportId })).map(
      ({ shownVersion }) => shownVersion,
    );
    assert.equal(Math.max(...versions), (await rig.job(exportId)).version);
  });

  it('C3 whose activity is gone are posted afresh once, and then no more', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    for (let nth = 0; nth < 9; nth += 1) rig.teams.script.update.push(() => ({ kind: 'gone' }));
    await rig.run({ seconds: 600 });
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.run({ seconds: 600 });
    await rig.ownExport.resume({ ...scene, exportId });
    await rig.run({ seconds: 600 });
    assert.equal(rig.teams.posts('export').length, 2);
    const [card] = await rig.stores.cards.of({ kind: 'export', id: exportId });
    assert.equal(card?.mode, 'dropped');
  });

  it('are nobody else’s while a message takes longer than a claim', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    const [card] = await rig.stores.cards.of({ kind: 'export', id: exportId });
    assert.ok(card);
    assert.equal((await rig.stores.cards.claim(card.id, 'slow', 1)).kind, 'claimed');
    await rig.stores.cards.extendClaim(card.id, 'slow', 60);
    await rig.stores.cards.extendClaim(card.id, 'somebody else', 0);
    const again = await rig.stores.cards.claim(card.id, 'quick', 1);
    assert.ok(again.kind === 'held' && again.seconds > 50);
  });
});
