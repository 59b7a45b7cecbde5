/** Saving to OneDrive: offered to one person, accepted once, told in the end, whatever the drive says. */
import assert from 'node:assert/strict';
import type { FileFormat } from '../../../src/domain/okrs/file/okr-file.ts';
import type { UploadOutcome, UploadTarget } from '../../../src/ports/people-files.ts';
import { readyExport } from '../../support/rig/ended-exports.ts';
import { somebody } from '../../support/samples/sample-exports.ts';
import { describeUseCase, signedInScene, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

const target: UploadTarget = {
  name: 'export (1).csv',
  uploadUrl: 'https://drive.example/session',
  fileType: 'csv',
  contentUrl: 'https://drive.example/export.csv',
  uniqueId: 'U-1',
};

interface Offered extends Scene {
  readonly exportId: string;
  readonly offerId: string;
}

async function offered(rig: Rig, format: FileFormat = 'original'): Promise<Offered> {
  const scene = signedInScene(rig);
  const exportId = await readyExport(rig, scene);
  await rig.workOnFiles();
  const offer = await rig.saveToOneDrive.offer({
    ...scene,
    subject: { kind: 'export', id: exportId },
    format,
  });
  assert.ok(offer.kind === 'offer');
  return { ...scene, exportId, offerId: offer.offerId };
}

async function saved(rig: Rig, outcomes: readonly UploadOutcome['kind'][] = [], format?: FileFormat) {
  const { offerId, ...scene } = await offered(rig, format);
  rig.drive.script.upload.push(...outcomes.map((kind) => () => ({ kind })));
  const accepted = await rig.saveToOneDrive.accept({ ...scene, offerId, target });
  assert.equal(accepted, 'accepted');
  await rig.workOnFiles();
  return rig.teams.standing(scene.conversation).at(-1);
}

describeUseCase('saving to OneDrive', (rigged) => {
  it('puts Graph’s bytes there, and shows the file under the name it got', async () => {
    const rig = rigged();
    assert.deepEqual(await saved(rig), { kind: 'saved', target, locale: 'de-AT' });
    const [upload] = rig.drive.uploads;
    assert.deepEqual(upload, { uploadUrl: target.uploadUrl, text: 'Title\nOne\n', length: 10 });
  });

  it('offers each form, with a name and a size', async () => {
    const rig = rigged();
    assert.deepEqual(await saved(rig, [], 'workbook'), { kind: 'saved', target, locale: 'de-AT' });
    assert.match(rig.drive.uploads[0]?.text ?? '', /^workbook of Title/);
  });

  it('is for the person it was offered to, once', async () => {
    const rig = rigged();
    const { offerId, ...scene } = await offered(rig);
    const { accept, decline } = rig.saveToOneDrive;
    const stranger = somebody({ tenantId: scene.requester.tenantId });
    assert.equal(await accept({ requester: stranger, offerId, target }), 'notFound');
    assert.deepEqual(await decline({ requester: stranger, offerId }), { kind: 'notFound' });
    const outcomes = await Promise.all([1, 2, 3].map(() => accept({ ...scene, offerId, target })));
    assert.deepEqual(outcomes.toSorted(), ['accepted', 'alreadyAccepted', 'alreadyAccepted']);
    await rig.workOnFiles();
    assert.equal(rig.drive.uploads.length, 1);
    assert.equal(await accept({ ...scene, offerId, target }), 'notFound', 'it is settled');
    assert.equal(rig.teams.posts('saved').length, 1);
  });

  it('that is declined saves nothing, and says what to offer next', async () => {
    const rig = rigged();
    const { offerId, exportId, ...scene } = await offered(rig, 'workbook');
    const declined = await rig.saveToOneDrive.decline({ ...scene, offerId });
    const subject = { kind: 'export', id: exportId } as const;
    assert.deepEqual(declined, { kind: 'declined', subject, format: 'workbook' });
    assert.equal(await rig.saveToOneDrive.accept({ ...scene, offerId, target }), 'notFound');
  });

  for (const why of ['sessionOver', 'noRoom', 'tooLarge', 'locked', 'hostNotAllowed', 'refused'] as const)
    it(`tells of ${why}`, async () => {
      const message = await saved(rigged(), [why]);
      assert.ok(message?.kind === 'notSaved');
      assert.equal(message.why, why);
      assert.equal(message.format, 'original');
    });

  it('tries a drive that does not answer three times', async () => {
    const rig = rigged();
    assert.equal((await saved(rig, ['unavailable', 'unavailable']))?.kind, 'saved');
    const message = await saved(rigged(), ['unavailable', 'unavailable', 'unavailable']);
    assert.equal(message?.kind === 'notSaved' && message.why, 'unavailable');
  });

  it('of content that is gone says so, and the export ends', async () => {
    const rig = rigged();
    const { offerId, exportId, ...scene } = await offered(rig);
    rig.graph.script.content.push(() => ({ kind: 'contentGone' }));
    await rig.saveToOneDrive.accept({ ...scene, offerId, target });
    await rig.workOnFiles();
    assert.equal(rig.teams.posts('notSaved')[0]?.why, 'noFile');
    assert.equal((await rig.job(exportId)).state.status, 'expired');
  });

  it('goes on after a crash, and never ends in silence', async () => {
    const rig = rigged();
    const { offerId, ...scene } = await offered(rig);
    await rig.saveToOneDrive.accept({ ...scene, offerId, target });
    const work = { kind: 'save', id: offerId } as const;
    assert.ok(await rig.stores.fileWork.claim(work, 'victim', 15));
    await rig.workOnFiles();
    assert.equal(rig.drive.uploads.length, 0, 'somebody else has it');
    await rig.expireClaims();
    await rig.workOnFiles(30);
    assert.equal(rig.teams.posts('saved').length, 1);
  });

  it('is told later when Teams is busy, without saving it again', async () => {
    const rig = rigged();
    const { offerId, ...scene } = await offered(rig);
    rig.teams.script.post.push(
      () => ({ kind: 'busy', retryAfter: 40 }),
      () => ({ kind: 'busy', retryAfter: 40 }),
    );
    await rig.saveToOneDrive.accept({ ...scene, offerId, target });
    await rig.workOnFiles();
    await rig.run({ seconds: 60 });
    const told = () => rig.teams.standing(scene.conversation).filter(({ kind }) => kind === 'saved').length;
    assert.equal(told(), 0);
    await rig.run({ seconds: 60 });
    assert.equal(told(), 1);
    assert.equal(rig.drive.uploads.length, 1);
  });

  it('is offered for what can be had only', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const started = await rig.startExport(scene);
    assert.ok('exportId' in started);
    const wish = { ...scene, format: 'original' } as const;
    const { offer } = rig.saveToOneDrive;
    const subject = { kind: 'export', id: started.exportId } as const;
    assert.deepEqual(await offer({ ...wish, subject }), { kind: 'notReady' });
    assert.deepEqual(await offer({ ...wish, subject, requester: somebody() }), { kind: 'notFound' });
    await rig.settle();
  });
});
