/** A reading that takes minutes: how far it is stands on the card, and nothing is taken off the card for it. */
import assert from 'node:assert/strict';
import { readyExport } from '../support/rig/ended-exports.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';
import { describeUseCase, signedInScene } from '../support/rig/use-case-suite.ts';

const readingIn = async (rig: Rig, exportId: string) => {
  const { state } = await rig.job(exportId);
  return state.status === 'ready' ? state.reading : undefined;
};

describeUseCase('a reading page by page', (rigged) => {
  /** A page a second, each with ten rows. */
  const slowly = (rig: Rig, pages: number, beforePage: (nth: number) => Promise<void>) => {
    let rows = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const nth = rows / 10;
          if (nth === pages) return controller.close();
          await beforePage(nth);
          rig.pass(1);
          const lines = Array.from(
            { length: 10 },
            (_, at) => `${String(rows + at)},Grow,Objective,40,On Track\n`,
          );
          const header = nth === 0 ? 'Id,Title,Object Type,Progress %,Status\n' : '';
          rows += 10;
          controller.enqueue(new TextEncoder().encode(header + lines.join('')));
        },
      },
      { highWaterMark: 0 },
    );
    rig.graph.script.content.push(() => ({ kind: 'content', stream, rowsSoFar: () => rows }));
  };
  const soFar = async (rig: Rig, exportId: string) => {
    const reading = await readingIn(rig, exportId);
    return reading?.kind === 'underWay' ? reading.soFar : undefined;
  };

  it('says how far it is, a few times a minute', async () => {
    const rig = rigged();
    const exportId = await readyExport(rig, signedInScene(rig));
    const said = new Set<number | undefined>();
    slowly(rig, 100, async () => void said.add(await soFar(rig, exportId)));
    await rig.workOnFiles();
    assert.deepEqual(await readingIn(rig, exportId), { kind: 'done' });
    const [unsaid, ...numbers] = said;
    assert.equal(unsaid, undefined, 'unknown is not told as none');
    assert.ok(numbers.length >= 4 && numbers.length <= 6, numbers.join());
    assert.ok(numbers.every((rows) => rows !== undefined && rows >= 150));
  });

  it('leaves the card alone while a download link stands on it', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    let last: number | undefined;
    slowly(rig, 50, async (nth) => {
      if (nth === 0) await rig.downloadExport.offer({ ...scene, subject: { kind: 'export', id: exportId } });
      last = await soFar(rig, exportId);
    });
    await rig.workOnFiles();
    assert.equal(last, undefined);
  });
});
