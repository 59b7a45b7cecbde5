import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createWorkOnFile } from '../../../src/usecases/files/work-on-file.ts';
import { noLog } from '../../support/databases/databases.ts';
import { describeUseCase } from '../../support/rig/use-case-suite.ts';

describeUseCase('S5 work on a file that may be what kills processes', (rigged) => {
  it('is left alone by a process that has hardly begun, without being blamed for that', async () => {
    const { stores, clock } = rigged();
    const work = { kind: 'save', id: randomUUID() } as const;
    const done: string[] = [];
    const again: string[] = [];
    let age = 0;
    const worker = {
      run: (id: string) => Promise.resolve(void done.push(id)),
      crashed: () => Promise.reject(new Error('given up')),
    };
    const workOnFile = createWorkOnFile({
      stores,
      clock,
      log: noLog,
      chance: { newId: randomUUID },
      processAge: () => age,
      transact: (run) => {
        const scheduleFileWork = ({ id }: { readonly id: string }) => Promise.resolve(void again.push(id));
        return run({ ...stores, queue: { ...stores.queue, scheduleFileWork } });
      },
      workers: { readExport: worker, readOwnFile: worker, save: worker },
    });
    for (const dead of ['one', 'two']) await stores.fileWork.claim(work, dead, 0);
    for (age of [0, 9]) for (let time = 0; time < 3; time += 1) await workOnFile(work);
    assert.deepEqual([done.length, again.length], [0, 6]);
    age = 10;
    await workOnFile(work);
    assert.deepEqual(done, [work.id]);
  });
});
