/** An export without a byte: told as such, and not waited for as if it could not be fetched. */
import assert from 'node:assert/strict';
import { readyExport } from '../support/rig/ended-exports.ts';
import { csvOf } from '../support/rig/scripted-graph.ts';
import { describeUseCase, signedInScene } from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';

const readingIn = async (rig: Rig, exportId: string) => {
  const { state } = await rig.job(exportId);
  return state.status === 'ready' ? state.reading : state.status;
};

describeUseCase('an empty export', (rigged) => {
  it('says at once that a file is empty, once Graph has said so three times', async () => {
    const rig = rigged();
    const exportId = await readyExport(rig, signedInScene(rig));
    for (let nth = 0; nth < 3; nth += 1)
      rig.graph.script.content.push(() => ({ kind: 'content', stream: csvOf(''), length: 0 }));
    await rig.workOnFiles();
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'unread', why: 'empty' });
    assert.equal(rig.graph.calls.filter((call) => call === 'content').length, 3);
  });

  it('takes what Graph gives after it gave nothing', async () => {
    const rig = rigged();
    const exportId = await readyExport(rig, signedInScene(rig));
    rig.graph.script.content.push(() => ({ kind: 'content', stream: csvOf(''), length: 0 }));
    await rig.workOnFiles();
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'done' });
  });
});
