/** The disk is full while a file is read: people read so, operators are told, and it works once there is room. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readyExport, tableOf } from '../../support/rig/ended-exports.ts';
import { describeUseCase, signedInScene } from '../../support/rig/use-case-suite.ts';

const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

const brokenStream = (): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from('Title\n')),
    pull: (controller) => controller.error(full),
  });

describeUseCase('a full disk', (rigged) => {
  it('is told of a file that somebody sent', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const downloadUrl = `https://drive.example/${randomUUID()}`;
    rig.drive.files.set(downloadUrl, tableOf('1,Grow,Objective,40,On Track'));
    const files = [{ name: 'view.csv', downloadUrl }];
    const received = await rig.receiveOwnFile({ ...scene, activityId: randomUUID(), files });
    const [fileId = ''] = received.kind === 'received' ? received.fileIds : [];
    const stateOf = async () => (await rig.stores.ownFiles.load(fileId))?.state;
    const { bytesOf } = rig.stores.ownFiles;
    Object.assign(rig.stores.ownFiles, { bytesOf: () => Promise.resolve(brokenStream()) });
    await assert.rejects(rig.workOnFiles());
    assert.deepEqual(rig.failures.splice(0), [full], 'the operator is told');
    assert.deepEqual(await stateOf(), { status: 'unread', why: 'noRoom' });
    Object.assign(rig.stores.ownFiles, { bytesOf });
    await rig.ownFile.readAgain({ ...scene, fileId });
    await rig.workOnFiles();
    assert.deepEqual(await stateOf(), { status: 'read' });
  });

  it('is told of an export after five tries', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    const readingOf = async () => {
      const { state } = await rig.job(exportId);
      return state.status === 'ready' && state.reading;
    };
    for (let nth = 0; nth < 5; nth += 1)
      rig.graph.script.content.push(() => ({ kind: 'content', stream: brokenStream() }));
    await assert.rejects(rig.workOnFiles(3600));
    assert.equal(rig.failures.splice(0).length, 5, 'the operator is told');
    assert.deepEqual(await readingOf(), { kind: 'unread', why: 'noRoom' });
    await rig.ownExport.readAgain({ ...scene, exportId });
    await rig.workOnFiles();
    assert.deepEqual(await readingOf(), { kind: 'done' });
  });
});
