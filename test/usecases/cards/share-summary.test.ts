import assert from 'node:assert/strict';
import type { ExportJob } from '../../../src/domain/exports/export-job.ts';
import type { Reading } from '../../../src/ports/readings.ts';
import { createShareSummary } from '../../../src/usecases/cards/share-summary.ts';
import { sampleChanges, sampleSummary } from '../../../src/tools/card-pictures/sample-answers.ts';
import { someConversation, someExport, somebody } from '../../support/samples/sample-exports.ts';
import { describeUseCase } from '../../support/rig/use-case-suite.ts';

const asOf = new Date('2026-03-02T10:00:00Z');
const reading: Reading = { summary: sampleSummary, changes: sampleChanges, asOf, bytes: 214_300 };

describeUseCase('share a summary', (rig) => {
  const scene = async (
    given: { readonly others?: Promise<number | undefined>; readonly read?: boolean } = {},
  ) => {
    const built = rig();
    const { stores, teams } = built;
    const requester = somebody();
    const conversation = someConversation({ tenantId: requester.tenantId, kind: 'groupChat' });
    const job: ExportJob = someExport({
      requester,
      state: { status: 'ready', graphJobId: 'j', reading: { kind: 'done' } },
    });
    await stores.exports.insert(job);
    if (given.read !== false) await stores.readings.keep(requester, { kind: 'export', id: job.id }, reading);
    const share = createShareSummary({
      stores,
      transact: built.transact,
      clock: built.clock,
      countOthers: () => given.others ?? Promise.resolve(37),
    });
    const wish = { requester, exportId: job.id, conversation };
    const posted = () => teams.sent.filter(({ message }) => message.kind === 'sharedSummary');
    return { ...built, share, wish, job, conversation, posted };
  };

  it('asks with what would be seen and by how many, and posts nothing', async () => {
    const { share, wish, posted } = await scene();
    const asked = await share.ask(wish);
    assert.ok(asked.kind === 'ask');
    assert.deepEqual([asked.others, asked.reading], [37, reading]);
    assert.deepEqual(posted(), []);
  });

  it('asks without the number when Teams does not say it in time', async () => {
    const never = new Promise<undefined>(() => undefined);
    const { share, wish } = await scene({ others: never });
    const asked = await share.ask(wish);
    assert.ok(asked.kind === 'ask');
    assert.equal(asked.others, undefined);
  });

  it('posts the figures there, once, however often and however fast it is pressed', async () => {
    const { share, wish, posted, conversation, settle } = await scene();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => share.post(wish)));
    assert.equal(outcomes.filter(({ kind }) => kind === 'shared').length, 1);
    assert.equal(outcomes.filter(({ kind }) => kind === 'alreadyShared').length, 19);
    await settle();
    assert.deepEqual(
      posted().map(({ conversationId, message }) => [
        conversationId,
        (message as { readonly reading: Reading }).reading,
      ]),
      [[conversation.conversationId, reading]],
    );
  });

  it('posts them in another conversation, and newer ones, too', async () => {
    const { share, wish, posted, stores, settle } = await scene();
    await share.post(wish);
    await settle();
    const elsewhere = someConversation({ tenantId: wish.requester.tenantId });
    assert.equal((await share.post({ ...wish, conversation: elsewhere })).kind, 'shared');
    const newer = { ...reading, asOf: new Date('2026-03-03T10:00:00Z') };
    await stores.readings.keep(wish.requester, { kind: 'export', id: wish.exportId }, newer);
    assert.equal((await share.post(wish)).kind, 'shared');
    await settle();
    assert.equal(posted().length, 3);
  });

  it('comes later by itself when Teams is busy', async () => {
    const { share, wish, teams, posted, run } = await scene();
    teams.script.post.push(() => ({ kind: 'busy', retryAfter: 40 }));
    assert.equal((await share.post(wish)).kind, 'shared');
    await run({ seconds: 30 });
    assert.equal(posted().length, 0);
    assert.equal((await share.post(wish)).kind, 'alreadyShared');
    await run({ seconds: 30 });
    assert.equal(posted().length, 1);
  });

  it('may be pressed again when it was certainly not posted, and not when it may have been', async () => {
    const { share, wish, teams, posted, settle } = await scene();
    teams.script.post.push(() => ({ kind: 'gone' }));
    await share.post(wish);
    await settle();
    teams.script.post.push((send) => {
      send();
      return { kind: 'unknown' };
    });
    assert.equal((await share.post(wish)).kind, 'shared');
    await settle();
    assert.equal((await share.post(wish)).kind, 'alreadyShared');
    assert.equal(posted().length, 1);
  });

  it('says so where the bot may not write', async () => {
    const { share, wish, stores, conversation } = await scene();
    await stores.conversations.block(conversation);
    assert.equal((await share.post(wish)).kind, 'notShared');
    await stores.conversations.unblock(conversation.tenantId, conversation.conversationId);
    assert.equal((await share.post(wish)).kind, 'shared');
  });

  it('is posted by the next process when one dies after it was answered', async () => {
    const { share, wish, teams, posted, anotherProcess, queuedTasks } = await scene();
    const { promise: killed, resolve: kill } = Promise.withResolvers<undefined>();
    teams.script.post.push(() => {
      kill(undefined);
      return new Promise(() => undefined);
    });
    assert.equal((await share.post(wish)).kind, 'shared');
    await killed;
    assert.equal(queuedTasks.size, 1);
    assert.equal(posted().length, 0);
    await anotherProcess().run({ seconds: 30 });
    assert.equal(posted().length, 1);
  });

  it('shares nothing of somebody else’s, nothing unread, and nothing where nobody else is', async () => {
    const { share, wish, posted } = await scene();
    const stranger = { ...wish, requester: somebody({ tenantId: wish.requester.tenantId }) };
    const alone = { ...wish, conversation: someConversation({ kind: 'personal' }) };
    const unread = await scene({ read: false });
    for (const act of ['ask', 'post'] as const) {
      assert.equal((await share[act](stranger)).kind, 'notFound');
      assert.equal((await share[act](alone)).kind, 'nothingToShare');
      assert.equal((await unread.share[act](unread.wish)).kind, 'nothingToShare');
    }
    assert.deepEqual([...posted(), ...unread.posted()], []);
  });
});
