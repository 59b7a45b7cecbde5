/** What a ready export says: read by itself, kept for its requester, and never in the way of the file. */
import assert from 'node:assert/strict';
import type { ExportDetails } from '../../../src/ports/messenger.ts';
import { createLife } from '../../support/rig/mortal-ports.ts';
import { graphSays, readyExport, tableOf } from '../../support/rig/ended-exports.ts';
import { somebody } from '../../support/samples/sample-exports.ts';
import { csvOf } from '../../support/rig/scripted-graph.ts';
import {
  describeUseCase,
  signedInScene,
  succeedAtGraph,
  type Scene,
} from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

const readingIn = async (rig: Rig, exportId: string) => {
  const { state } = await rig.job(exportId);
  return state.status === 'ready' ? state.reading : state.status;
};

/** What the person's card tells now. */
function shownDetails(rig: Rig, { conversation }: Scene): ExportDetails | undefined {
  const cards = rig.teams.standing(conversation).filter((message) => message.kind === 'export');
  return cards.at(-1)?.details;
}

describeUseCase('reading an export', (rigged) => {
  it('comes after the card and the notice, which then tells what it says', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'underWay', attempts: 0 });
    assert.equal(rig.teams.posts('notice').length, 1);
    assert.equal(rig.graph.calls.filter((call) => call === 'content').length, 0);
    const rows = ['1,Grow,Objective,40,On Track', '2,Sell,Key result,10,At Risk'];
    graphSays(rig, ...rows);
    await rig.workOnFiles();
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'done' });
    const { reading } = shownDetails(rig, scene) ?? {};
    assert.equal(reading?.summary.rows, 2);
    assert.equal(reading.changes, undefined, 'there is nothing to compare with');
    assert.equal(reading.bytes, tableOf(...rows).length);
    assert.equal(rig.teams.posts('notice').length, 1, 'nobody is notified twice');
  });

  it('says what changed since the same person’s last export of the view, and nobody else’s', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await readyExport(rig, scene);
    graphSays(rig, '1,Grow,Objective,40,On Track');
    await rig.workOnFiles();
    const since = rig.clock.now();
    rig.pass(3600);
    const colleague = { ...signedInScene(rig, { tenantId: scene.requester.tenantId }), target: scene.target };
    for (const [who, expected] of [[scene, [['newlyAtRisk', 1]]] as const, [colleague, undefined] as const]) {
      const exportId = await readyExport(rig, who);
      graphSays(rig, '1,Grow,Objective,40,At Risk');
      await rig.workOnFiles();
      const { reading } = await rig.engine.findExportDetails(await rig.job(exportId));
      const counts = reading?.changes && Object.entries(reading.changes.counts).filter(([, n]) => n > 0);
      assert.deepEqual(counts, expected);
      if (reading?.changes) assert.ok(reading.changes.since <= since);
    }
  });

  it('that is repeated compares with the export before, not with itself', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await readyExport(rig, scene);
    graphSays(rig, '1,Grow,Objective,40,On Track');
    await rig.workOnFiles();
    rig.pass(3600);
    const exportId = await readyExport(rig, scene);
    // It dies after what it read was kept, and before the export knows.
    const whole = createLife({ call: 0, when: 'after' });
    const probe = rig.anotherProcess(whole);
    graphSays(rig, '1,Grow,Objective,50,On Track');
    await probe.workOnFiles();
    const job = await rig.job(exportId);
    await rig.stores.exports.save({
      ...job,
      state: { status: 'ready', graphJobId: 'j!2', reading: { kind: 'underWay', attempts: 0 } },
      version: job.version + 1,
    });
    graphSays(rig, '1,Grow,Objective,50,On Track');
    await rig.workOnFile({ kind: 'readExport', id: exportId });
    const { reading } = await rig.engine.findExportDetails(await rig.job(exportId));
    assert.equal(reading?.changes?.counts.progressUp, 1);
  });

  it('of a second run compares with the first run of the same export', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    graphSays(rig, '1,Grow,Objective,40,On Track');
    await rig.workOnFiles();
    await rig.engine.advance(exportId, { type: 'expiryReached' });
    rig.pass(3600);
    await rig.ownExport.retry({ ...scene, exportId });
    await rig.settle();
    succeedAtGraph(rig, scene);
    await rig.run({ seconds: 20 });
    graphSays(rig, '1,Grow,Objective,30,On Track');
    await rig.workOnFiles();
    const { reading } = await rig.engine.findExportDetails(await rig.job(exportId));
    assert.equal(reading?.changes?.counts.progressDown, 1);
  });

  for (const when of ['before', 'after'] as const)
    it(`goes on when a process dies ${when} any of its calls`, async () => {
      for (let call = 1; ; call += 1) {
        const rig = rigged();
        const scene = signedInScene(rig);
        const exportId = await readyExport(rig, scene);
        const life = createLife({ call, when });
        const mortal = rig.anotherProcess(life);
        await Promise.race([mortal.workOnFiles(), life.death]);
        if (!life.isDead()) return assert.ok(call > 5, 'it made calls');
        await rig.expireClaims();
        await rig.workOnFiles(60);
        await rig.run({ seconds: 60 });
        assert.deepEqual(await readingIn(rig, exportId), { kind: 'done' }, `${when} call ${String(call)}`);
        assert.equal(shownDetails(rig, scene)?.reading?.summary.rows, 1, `${when} call ${String(call)}`);
      }
    });

  it('that kills the process three times is given up, and the file can still be had', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    const work = { kind: 'readExport', id: exportId } as const;
    for (let death = 1; death <= 3; death += 1) {
      assert.deepEqual(await readingIn(rig, exportId), { kind: 'underWay', attempts: 0 });
      assert.ok(await rig.stores.fileWork.claim(work, `victim ${String(death)}`, 15));
      await rig.expireClaims();
    }
    await rig.workOnFile(work);
    assert.equal(rig.reported.length, 1, 'the operator is told');
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'unread', why: 'crashed' });
    assert.equal(
      (await rig.downloadExport.offer({ ...scene, subject: { kind: 'export', id: exportId } })).kind,
      'link',
    );
    await rig.ownExport.readAgain({ ...scene, exportId });
    await rig.workOnFiles();
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'done' });
  });

  it('is tried again when it breaks off, five times, and then waits for a wish', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    const broken = () => {
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(Buffer.from('Title\n')),
        pull: (controller) => controller.error(new Error('made up')),
      });
      rig.graph.script.content.push(() => ({ kind: 'content', stream }));
    };
    for (let nth = 0; nth < 5; nth += 1) broken();
    await rig.workOnFiles(3600);
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'unread', why: 'later' });
    assert.equal(rig.graph.calls.filter((call) => call === 'content').length, 5);
    const outcome = await rig.ownExport.readAgain({ ...scene, exportId });
    assert.equal(outcome.kind, 'own');
    await rig.workOnFiles();
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'done' });
  });

  it('says why a file cannot be summarised', async () => {
    const rig = rigged();
    const exportId = await readyExport(rig, signedInScene(rig));
    rig.graph.script.content.push(() => ({ kind: 'content', stream: csvOf('Name\nOne\n') }));
    await rig.workOnFiles();
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'unread', why: 'noTitleColumn' });
  });

  it('asks nobody to sign in, unless they wished for it; then it goes on after the sign-in', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    rig.tokens.signOut(scene.requester);
    await rig.workOnFiles();
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'unread', why: 'signInNeeded' });
    assert.equal(rig.teams.posts('signIn').length, 0);
    await rig.ownExport.readAgain({ ...scene, exportId });
    await rig.workOnFiles();
    await rig.settle();
    assert.equal(rig.teams.posts('signIn').length, 1);
    await rig.exchangeSso({ ...scene, exchangeId: exportId, ssoToken: 't' });
    await rig.settle();
    await rig.workOnFiles();
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'done' });
  });

  it('of content that is gone ends the export', async () => {
    const rig = rigged();
    const exportId = await readyExport(rig, signedInScene(rig));
    rig.graph.script.content.push(() => ({ kind: 'contentGone' }));
    await rig.workOnFiles();
    assert.equal(await readingIn(rig, exportId), 'expired');
  });

  it('is told on the requester’s own card only', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const conversation = { ...scene.conversation, kind: 'groupChat' } as const;
    const exportId = await readyExport(rig, { ...scene, conversation });
    await rig.workOnFiles();
    await rig.run({ seconds: 60 });
    for (const message of rig.teams.standing(conversation))
      assert.ok(message.kind !== 'export' || message.details === undefined);
    const stranger = await rig.stores.readings.find(somebody(), { kind: 'export', id: exportId });
    assert.equal(stranger, undefined);
    assert.ok((await rig.engine.findExportDetails(await rig.job(exportId))).reading);
  });

  it('gives the history from which it tells how long the next one usually takes', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const usual = async () => {
      const [job] = await rig.jobsOf(scene.requester);
      assert.ok(job);
      return (await rig.engine.findExportDetails(job)).usual;
    };
    for (let run = 0; run < 3; run += 1) {
      const started = await rig.startExport(scene);
      assert.ok('exportId' in started);
      await rig.settle();
      assert.equal(await usual(), undefined, `no guess after ${String(run)} runs`);
      await rig.run({ seconds: 60 * (run + 1) });
      succeedAtGraph(rig, scene);
      await rig.run({ seconds: 60 });
      rig.pass(3600);
    }
    await rig.startExport(scene);
    await rig.settle();
    const told = await usual();
    assert.equal(told?.of, 'target');
    assert.ok(told.from >= 60 && told.from <= told.to && told.to <= 240, JSON.stringify(told));
    const other = { ...scene, target: { ...scene.target, key: crypto.randomUUID() } };
    await rig.startExport(other);
    await rig.settle();
    const [newest] = await rig.jobsOf(scene.requester);
    assert.ok(newest);
    const elsewhere = await rig.stores.exports.newest(scene.requester, other.target);
    assert.ok(elsewhere);
    assert.equal((await rig.engine.findExportDetails(elsewhere)).usual?.of, 'source');
  });
});
