// What people do is told in the audit trail, each thing once, whatever is repeated and wherever a process dies.
import assert from 'node:assert/strict';
import { audited, chained, told, verified } from '../support/rig/audited.ts';
import { readyExport } from '../support/rig/ended-exports.ts';
import { createLife } from '../support/rig/mortal-ports.ts';
import { mondays, runNext, scheduled } from '../support/rig/scheduled.ts';
import { sampleTenant, someConversation, someTarget } from '../support/samples/sample-exports.ts';
import {
  describeUseCase,
  signedInScene,
  someScene,
  startedExport,
  succeedAtGraph,
  type Scene,
} from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';

const row = '1,Rise,Objective,10,On Track';

async function tokenOf(rig: Rig, scene: Scene, exportId: string): Promise<string> {
  const offer = await rig.downloadExport.offer({ ...scene, subject: { kind: 'export', id: exportId } });
  assert.ok(offer.kind === 'link');
  return offer.url.split('/d/')[1] ?? '';
}

describeUseCase('the audit trail', (rigged, database) => {
  const toldOf = ({ requester }: Scene) => told(database(), requester.tenantId);

  it('tells of an export who asked, where, for what, that it began, and how it ended', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const wish = { ...scene, activityId: 'one' };
    const exportId = await startedExport(rig, wish);
    await rig.startExport(wish);
    await rig.run({ seconds: 11 });
    succeedAtGraph(rig, scene);
    await rig.run({ seconds: 600 });
    await rig.workOnFiles();
    const entries = await audited(database(), scene.requester.tenantId);
    assert.deepEqual(
      entries.map(({ event, outcome }) => [event, outcome]),
      [
        ['exportAsked', 'started'],
        ['exportStarted', 'accepted'],
        ['exportEnded', 'ready'],
      ],
    );
    assert.deepEqual(entries[0]?.place, { kind: 'personal' });
    for (const { person, subject, source, target } of entries) {
      assert.deepEqual([person, subject], [scene.requester.userId, exportId]);
      assert.deepEqual([source, target], [scene.target.source, scene.target.key]);
    }
  });

  it('tells why an export has no file, and that it was asked for again', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.script.create.push(() => ({ kind: 'refused', reason: 'noAccess' }));
    const exportId = await startedExport(rig, scene);
    await rig.run({ seconds: 20 });
    await rig.ownExport.retry({ ...scene, exportId });
    await rig.run({ seconds: 20 });
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.ownExport.resume({ ...scene, exportId });
    assert.deepEqual(await toldOf(scene), [
      'exportAsked started',
      'exportEnded failed: noAccess',
      'exportAsked retried',
      'exportStarted accepted',
      'exportEnded stopped: person',
      'exportResumed',
    ]);
  });

  it('tells once what a process that dies had begun', async () => {
    const live = async (rig: Rig, scene: Scene): Promise<void> => {
      await readyExport(rig, scene);
      await rig.run({ seconds: 60 });
    };
    const expected = ['exportAsked', 'exportEnded', 'exportStarted'];
    const whole = createLife({ call: 0, when: 'after' });
    const undisturbed = rigged({ life: whole });
    await live(undisturbed, signedInScene(undisturbed));
    for (let call = 1; call <= whole.calls(); call += 1) {
      const life = createLife({ call, when: 'after' });
      const dead = rigged({ life });
      const scene = signedInScene(dead);
      await Promise.race([live(dead, scene), life.death]);
      await dead.expireClaims();
      const rig = dead.anotherProcess();
      if ((await rig.jobsOf(scene.requester)).length === 0) await rig.startExport(scene);
      await rig.run({ seconds: 30 });
      succeedAtGraph(rig, scene);
      await rig.run({ seconds: 120 });
      const events = (await audited(database(), scene.requester.tenantId)).map(({ event }) => event ?? '');
      assert.deepEqual(events.toSorted(), expected, `dead after call ${String(call)}`);
    }
  });

  it('tells of each download of a format, and not of a link that was used up', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    const token = await tokenOf(rig, scene, exportId);
    for (const format of ['original', 'original', 'workbook'] as const)
      await rig.downloadExport.take(token, format);
    const downloads = (await audited(database(), scene.requester.tenantId)).slice(3);
    assert.deepEqual(
      downloads.map(({ event, outcome, person, target }) => [event, outcome, person, target]),
      ['original', 'workbook'].map((format) => [
        'fileDownloaded',
        format,
        scene.requester.userId,
        scene.target.key,
      ]),
    );
  });

  it('tells once of a file that was saved, though its upload is done again', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const id = await readyExport(rig, scene);
    const offer = await rig.saveToOneDrive.offer({
      ...scene,
      subject: { kind: 'export', id },
      format: 'original',
    });
    assert.ok(offer.kind === 'offer');
    const file = { name: 'a.csv', fileType: 'csv', uniqueId: 'U' };
    const target = { ...file, uploadUrl: 'https://drive.example/s', contentUrl: 'https://drive.example/a' };
    await rig.saveToOneDrive.accept({ ...scene, offerId: offer.offerId, target });
    await rig.workOnFile({ kind: 'save', id: offer.offerId });
    await rig.workOnFile({ kind: 'save', id: offer.offerId });
    assert.deepEqual((await toldOf(scene)).slice(3), ['fileSaved original']);
  });

  it('tells what was shared with whom, once', async () => {
    const rig = rigged();
    const own = signedInScene(rig);
    const conversation = someConversation({ tenantId: own.requester.tenantId, kind: 'groupChat' });
    const scene = { ...own, conversation };
    const exportId = await readyExport(rig, scene);
    await rig.workOnFiles();
    for (const _time of [1, 2]) await rig.shareSummary.post({ ...scene, exportId });
    const to = { kind: 'target', target: scene.target } as const;
    const given = await rig.nameTargets.give({ ...scene, written: 'Sorrel', to });
    assert.ok(given.kind === 'named', given.kind);
    for (const _time of [1, 2]) await rig.shareNames.give({ ...scene, nameId: given.name.id });
    const shared = (await audited(database(), scene.requester.tenantId)).slice(3);
    const place = { kind: 'groupChat', id: conversation.conversationId };
    assert.deepEqual(
      shared.map((entry) => [entry.event, entry.place, entry.target]),
      [
        ['summaryShared', place, scene.target.key],
        ['nameShared', place, scene.target.key],
      ],
    );
  });

  it('tells of sign-ins that failed and succeeded, of signing out, and of an administrator', async () => {
    const rig = rigged();
    const scene = someScene({ tenantId: sampleTenant });
    await startedExport(rig, scene);
    await rig.run({ seconds: 20 });
    const asked = await rig.stores.signIns.outstanding(scene.requester, scene.conversation);
    const finish = async (
      answer: { readonly code: string } | { readonly error: { readonly code: string } },
    ) => {
      const begun = await rig.signInByBrowser.begin(asked?.id ?? '');
      assert.ok(begun.kind === 'go');
      const state = new URL(begun.url).searchParams.get('state') ?? '';
      await rig.signInByBrowser.finish({ state, ...answer });
      await rig.signInByBrowser.finish({ state, ...answer });
    };
    await finish({ error: { code: 'access_denied' } });
    rig.tokens.signIns.push({ kind: 'wrongPerson' });
    await finish({ code: 'c' });
    await finish({ code: 'c' });
    for (const _time of [1, 2]) await rig.signOut(scene);
    await rig.consentLanded({ tenantId: sampleTenant, granted: true, state: 'consent-state' });
    await rig.consentLanded({ tenantId: sampleTenant, granted: true, state: 'made up' });
    assert.deepEqual(
      (await toldOf(scene)).filter((word) => !word.startsWith('export')),
      [
        'signInFailed declined',
        'signInFailed wrongPerson',
        'signedIn browser',
        'signedOut asked',
        'adminConsented',
      ],
    );
  });

  it('tells what became of a schedule, and of its runs', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { id: scheduleId } = await scheduled(rig, scene, { timing: mondays() });
    await runNext(rig, scene, row);
    const which = { scheduleId };
    for (const to of ['pause', 'pause', 'resume', 'extend', 'end', 'end'] as const)
      await rig.schedules.change({ ...scene, which, to });
    assert.deepEqual(await toldOf(scene), [
      'scheduleMade',
      'scheduleRun begun',
      'exportStarted accepted',
      'exportEnded ready',
      'scheduleRun posted',
      'schedulePaused person',
      'scheduleResumed',
      'scheduleChanged extended',
      'scheduleEnded person',
    ]);
  });

  it('tells of a subscription from its owner’s yes on', async () => {
    const rig = rigged();
    const own = signedInScene(rig);
    const scene = { ...own, conversation: someConversation({ tenantId: own.requester.tenantId }) };
    const what = { target: someTarget() };
    await rig.schedules.setUp({ ...scene, what, timing: mondays(), zone: 'UTC' });
    assert.deepEqual(await toldOf(scene), []);
    const { id: scheduleId } = await scheduled(rig, scene);
    await rig.subscriptions.accept({ ...scene, scheduleId });
    await rig.botRemoved({ conversation: scene.conversation });
    assert.deepEqual(await toldOf(scene), ['scheduleMade', 'scheduleEnded botRemoved']);
  });

  it('keeps a pseudonym of whoever has their data deleted', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const colleague = signedInScene(rig, { tenantId: scene.requester.tenantId });
    for (const somebody of [scene, colleague]) await readyExport(rig, somebody);
    await chained(database());
    await rig.deleteMyData.confirm(scene);
    await chained(database());
    const entries = await audited(database(), scene.requester.tenantId);
    const theirs = entries.filter(({ person }) => person === undefined);
    assert.deepEqual(
      theirs.map(({ event }) => event),
      ['exportAsked', 'exportStarted', 'exportEnded', 'dataDeleted'],
    );
    assert.equal(new Set(theirs.map(({ pseudonym }) => pseudonym)).size, 1);
    assert.equal(entries.filter(({ person }) => person === colleague.requester.userId).length, 3);
    assert.deepEqual((await verified(database(), scene.requester.tenantId)).findings, []);
  });
});
