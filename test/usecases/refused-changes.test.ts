/** Cards that Teams does not let the bot change, without a word about their conversation. */
import assert from 'node:assert/strict';
import type { Message, SendOutcome } from '../../src/ports/messenger.ts';
import {
  assertShown,
  describeUseCase,
  signedInScene,
  someScene,
  startedExport,
} from '../support/rig/use-case-suite.ts';

describeUseCase('cards', (rigged) => {
  it('C3 whose activity Teams refuses to change are posted afresh, and nobody else’s card is held up', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.run({ seconds: 20 });
    rig.teams.script.update.push(() => ({ kind: 'refused' }));
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.run({ seconds: 60 });
    assert.equal(rig.teams.posts('export').length, 2);
    await assertShown(rig, exportId);
    assert.equal(await rig.stores.conversations.isBlocked(scene.conversation), false);
    const neighbour = signedInScene(rig);
    const other = await startedExport(rig, { ...neighbour, conversation: scene.conversation });
    await rig.run({ seconds: 20 });
    await assertShown(rig, other);
  });

  it('C3 that Teams refuses to change again and again are tried for a day, without another post', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    let refused = 0;
    for (let nth = 0; nth < 400; nth += 1)
      rig.teams.script.update.push(() => {
        refused += 1;
        return { kind: 'refused' };
      });
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.ownExport.resume({ ...scene, exportId });
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.run({ seconds: 20 * 3600, wakes: 300 });
    const [waiting] = await rig.stores.cards.of({ kind: 'export', id: exportId });
    assert.equal(waiting?.mode, 'live', 'still tried');
    await rig.run({ seconds: 5 * 3600, wakes: 300 });
    const [card] = await rig.stores.cards.of({ kind: 'export', id: exportId });
    assert.equal(card?.mode, 'dropped');
    assert.equal(rig.teams.posts('export').length, 2);
    assert.ok(refused < 200, `${refused} updates in vain`);
  });

  it('C3 that Teams refuses to change for a while only show the newest state in the end', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    rig.teams.script.update.push(
      () => ({ kind: 'refused' }),
      () => ({ kind: 'refused' }),
      () => ({ kind: 'refused' }),
    );
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.ownExport.resume({ ...scene, exportId });
    await rig.run({ seconds: 120 });
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.run({ seconds: 600 });
    await assertShown(rig, exportId);
  });

  it('C8 whose post is taken without an id are repeated once, not with every version', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    let taken = 0;
    for (let nth = 0; nth < 20; nth += 1)
      rig.teams.script.post.push((_, { kind }) => {
        taken += kind === 'export' ? 1 : 0;
        return { kind: 'sent' };
      });
    const exportId = await startedExport(rig, scene);
    await rig.run({ seconds: 60 });
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.ownExport.resume({ ...scene, exportId });
    await rig.run({ seconds: 120 });
    assert.equal(taken, 2);
  });

  it('C3 leave prompts that Teams refuses for hours few, and they come in the end', async () => {
    const rig = rigged();
    const scene = someScene();
    let refused = 0;
    const refuse = (send: () => SendOutcome, { kind }: Message): SendOutcome => {
      if (kind !== 'signIn' || rig.clock.now() >= until) return send();
      refused += 1;
      return { kind: 'busy' };
    };
    const until = new Date(rig.clock.now().getTime() + 3 * 3600_000);
    for (let nth = 0; nth < 10_000; nth += 1) rig.teams.script.post.push(refuse);
    const outcome = await rig.startExport(scene);
    assert.ok('exportId' in outcome);
    await rig.run({ seconds: 4 * 3600, wakes: 10_000 });
    assert.ok(refused < 60, `${refused} prompts in vain`);
    assert.equal(rig.teams.posts('signIn').length, 1);
  });
});
