import assert from 'node:assert/strict';
import { ContentBroken } from '../../../src/adapters/graph/content/whole-content.ts';
import { text } from 'node:stream/consumers';
import type { ContentAnswer } from '../../../src/ports/export-source.ts';
import { somebody } from '../../support/samples/sample-exports.ts';
import { csvOf } from '../../support/rig/scripted-graph.ts';
import {
  describeUseCase,
  signedInScene,
  succeedAtGraph,
  type Scene,
} from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

const ofExport = (id: string) => ({ kind: 'export', id }) as const;

interface Offered extends Scene {
  readonly exportId: string;
  readonly token: string;
}

async function offered(rig: Rig): Promise<Offered> {
  const scene = signedInScene(rig);
  const started = await rig.startExport(scene);
  assert.ok('exportId' in started);
  const { exportId } = started;
  assert.equal((await rig.downloadExport.offer({ ...scene, subject: ofExport(exportId) })).kind, 'notReady');
  await rig.settle();
  succeedAtGraph(rig, scene);
  await rig.run({ seconds: 20 });
  const offer = await rig.downloadExport.offer({ ...scene, subject: ofExport(exportId) });
  assert.ok(offer.kind === 'link');
  const token = new URL(offer.url).pathname.replace('/d/', '');
  return { ...scene, exportId, token };
}

const brokenAtOnce = (): ContentAnswer => ({
  kind: 'content',
  stream: new ReadableStream({
    start: (controller) => {
      controller.error(new Error('made up'));
    },
  }),
});

describeUseCase('a download', (rigged) => {
  it('is offered to the requester only, and hands over Graph’s bytes once', async () => {
    const rig = rigged();
    const { token, exportId, ...scene } = await offered(rig);
    assert.deepEqual(await rig.downloadExport.offer({ requester: somebody(), subject: ofExport(exportId) }), {
      kind: 'notFound',
    });
    assert.equal((await rig.downloadExport.open(token)).kind, 'open');
    assert.equal((await rig.downloadExport.open(token)).kind, 'open');
    const [one, two] = await Promise.all([rig.downloadExport.take(token), rig.downloadExport.take(token)]);
    assert.deepEqual([one.kind, two.kind].sort(), ['file', 'taken']);
    const file = one.kind === 'file' ? one : two;
    assert.ok(file.kind === 'file');
    assert.match(file.fileName, new RegExp(`^VivaGoals_${scene.target.label}_2026-03-02_09\\d\\dZ.csv$`));
    assert.equal(await text(file.stream), 'Title\nOne\n');
    await file.finished(10);
    const { state } = await rig.job(exportId);
    assert.equal(state.status === 'ready' && state.size, 10);
    assert.deepEqual(await rig.downloadExport.take(token), { kind: 'taken', format: 'original' });
    const still = await rig.downloadExport.open(token);
    assert.deepEqual(still.kind === 'open' && still.taken, ['original']);
    for (const format of ['workbook', 'spreadsheetCsv'] as const) {
      const other = await rig.downloadExport.take(token, format);
      assert.ok(other.kind === 'file', format);
      await other.finished(10);
    }
    assert.equal((await rig.downloadExport.take(token, 'workbook')).kind, 'used');
    assert.equal((await rig.downloadExport.open('made-up')).kind, 'unknown');
    await rig.settle();
  });

  it('waits for the person’s own others, three at most, and for nobody else’s', async () => {
    const rig = rigged();
    const { token, exportId, ...scene } = await offered(rig);
    const under = [];
    for (const format of ['original', 'workbook', 'spreadsheetCsv'] as const)
      under.push(await rig.downloadExport.take(token, format));
    const again = await rig.downloadExport.offer({ ...scene, subject: ofExport(exportId) });
    assert.ok(again.kind === 'link');
    const fresh = new URL(again.url).pathname.replace('/d/', '');
    assert.deepEqual(await rig.downloadExport.take(fresh), { kind: 'busy', max: 3 });
    assert.equal((await rig.downloadExport.take((await offered(rig)).token)).kind, 'file');
    for (const end of ['broken', 'finished'] as const) {
      const file = under.shift();
      assert.ok(file?.kind === 'file');
      await (end === 'broken' ? file.broken(new Error('made up')) : file.finished(10));
      assert.equal(
        (await rig.downloadExport.take(fresh, end === 'broken' ? 'original' : 'workbook')).kind,
        'file',
      );
    }
    await rig.settle();
  });

  it('keeps its link on the screen: what the file says comes to the card when the file was taken, or a minute later', async () => {
    const rig = rigged();
    const { token, exportId } = await offered(rig);
    const updates = () => rig.teams.sent.filter(({ how }) => how === 'update').length;
    const before = updates();
    await rig.workOnFiles();
    await rig.settle();
    const { state } = await rig.job(exportId);
    assert.equal(state.status === 'ready' && state.reading?.kind, 'done');
    assert.equal(updates(), before);
    const wait = (rig.queued.get(exportId)?.getTime() ?? Infinity) - rig.clock.now().getTime();
    assert.ok(wait > 0 && wait <= 60_000, String(wait));
    const taken = await rig.downloadExport.take(token, 'workbook');
    assert.ok(taken.kind === 'file');
    await taken.finished(10);
    await rig.settle();
    assert.equal(updates(), before + 1);
  });

  it('leaves its link for a question: whoever has to sign in is told at once', async () => {
    const rig = rigged();
    const { token: earlier, exportId, ...scene } = await offered(rig);
    await rig.stores.downloads.claim(earlier, 'original');
    await rig.workOnFiles();
    await rig.settle();
    const offer = await rig.downloadExport.offer({ ...scene, subject: ofExport(exportId) });
    assert.ok(offer.kind === 'link');
    rig.tokens.script.push(() => ({ kind: 'signInRequired', cause: 'signIn' }));
    assert.equal(
      (await rig.downloadExport.take(new URL(offer.url).pathname.replace('/d/', ''))).kind,
      'failed',
    );
    await rig.settle();
    const job = await rig.job(exportId);
    assert.ok(job.state.status === 'ready' && job.state.signInCause === 'signIn');
    const [card] = await rig.stores.cards.of({ kind: 'export', id: exportId });
    assert.equal(card?.shownVersion, job.version);
    assert.equal(rig.teams.posts('signIn').length, 1, scene.conversation.conversationId);
    // And is thanked at once: the link is as good as before.
    await rig.exchangeSso({ ...scene, exchangeId: 'one', ssoToken: 't' });
    await rig.settle();
    const { state, version } = await rig.job(exportId);
    assert.ok(state.status === 'ready' && state.signInCause === undefined);
    assert.equal((await rig.stores.cards.of({ kind: 'export', id: exportId }))[0]?.shownVersion, version);
  });

  it('T5 that breaks off leaves the link good', async () => {
    const rig = rigged();
    const { token } = await offered(rig);
    const taken = await rig.downloadExport.take(token);
    assert.ok(taken.kind === 'file');
    await taken.broken(new Error('made up'));
    assert.equal((await rig.downloadExport.take(token)).kind, 'file');
  });

  it('T7 that turns out too large only while it comes is told so at the next try, in any form', async () => {
    for (const format of ['original', 'workbook'] as const) {
      const rig = rigged();
      const { token } = await offered(rig);
      const taken = await rig.downloadExport.take(token);
      assert.ok(taken.kind === 'file');
      await taken.broken(new Error('reset', { cause: new ContentBroken('tooLarge') }));
      const again = await rig.downloadExport.take(token, format);
      assert.ok(again.kind === 'failed' && again.why === 'tooLarge' && again.limitMegabytes !== undefined);
    }
  });

  it('T5 is fetched again before its first byte, three times at most', async () => {
    const rig = rigged();
    const { token } = await offered(rig);
    rig.graph.script.content.push(brokenAtOnce, brokenAtOnce);
    const taken = await rig.downloadExport.take(token);
    assert.ok(taken.kind === 'file');
    assert.equal(await text(taken.stream), 'Title\nOne\n');
    await taken.broken(new Error('made up'));
    rig.graph.script.content.push(brokenAtOnce, brokenAtOnce, brokenAtOnce);
    const failed = await rig.downloadExport.take(token);
    assert.equal(failed.kind === 'failed' && failed.why, 'unavailable');
    assert.equal(rig.graph.calls.filter((call) => call === 'content').length, 6);
  });

  it('passes a later break on to the reader', async () => {
    const rig = rigged();
    const { token } = await offered(rig);
    const halves = csvOf('Title\n').pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({ flush: () => Promise.reject(new Error('cut')) }),
    );
    rig.graph.script.content.push(() => ({ kind: 'content', stream: halves }));
    const taken = await rig.downloadExport.take(token);
    assert.ok(taken.kind === 'file');
    await assert.rejects(text(taken.stream), /cut/);
  });

  it('G8 of content that is gone expires the export', async () => {
    const rig = rigged();
    const { token, exportId } = await offered(rig);
    rig.graph.script.content.push(() => ({ kind: 'contentGone' }));
    const taken = await rig.downloadExport.take(token);
    assert.equal(taken.kind === 'failed' && taken.why, 'contentGone');
    await rig.settle();
    assert.equal((await rig.job(exportId)).state.status, 'expired');
    const again = await rig.downloadExport.take(token);
    assert.equal(again.kind === 'failed' && again.why, 'contentGone');
  });

  it('asks for a sign-in once, stays ready, and works after it', async () => {
    const rig = rigged();
    const { token, exportId, ...scene } = await offered(rig);
    rig.tokens.signOut(scene.requester);
    for (let nth = 0; nth < 3; nth += 1) {
      const taken = await rig.downloadExport.take(token);
      assert.equal(taken.kind === 'failed' && taken.why, 'signInNeeded');
      await rig.settle();
    }
    const job = await rig.job(exportId);
    assert.equal(job.state.status === 'ready' && job.state.signInCause, 'signIn');
    assert.equal(rig.teams.posts('signIn').length, 1);
    await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' });
    await rig.settle();
    const { state } = await rig.job(exportId);
    assert.equal(state.status === 'ready' && state.signInCause, undefined);
    assert.equal((await rig.downloadExport.take(token)).kind, 'file');
  });

  for (const [answer, why] of [
    [{ kind: 'notCsv' }, 'notCsv'],
    [{ kind: 'badRedirect' }, 'badRedirect'],
    [{ kind: 'refused', reason: 'noAccess' }, 'noAccess'],
    [{ kind: 'consentMissing' }, 'signInNeeded'],
    [{ kind: 'tooLarge', limitBytes: 100_000_000 }, 'tooLarge'],
    [{ kind: 'unavailable', trouble: 'busy', retryAfter: 60, notSent: true }, 'unavailable'],
  ] as const) {
    it(`that meets ${answer.kind} says ${why} and leaves the link good`, async () => {
      const rig = rigged();
      const { token } = await offered(rig);
      rig.graph.script.content.push(() => answer);
      const taken = await rig.downloadExport.take(token);
      assert.ok(taken.kind === 'failed');
      assert.equal(taken.why, why);
      assert.equal(taken.limitMegabytes, why === 'tooLarge' ? 100 : undefined);
      assert.equal((await rig.downloadExport.take(token)).kind, 'file');
      await rig.settle();
    });
  }
});
