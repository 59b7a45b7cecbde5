import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createWorkOnFile } from '../../../src/usecases/files/work-on-file.ts';
import { noLog } from '../../support/databases/databases.ts';
import { describeUseCase } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

/** What is done, by whom it is to be looked at again, and for how long the process has been at work. */
function workingOn({ stores, clock }: Rig, run: (id: string) => Promise<void> = () => Promise.resolve()) {
  const seen = { done: new Array<string>(), again: new Array<string>(), age: 0 };
  const worker = {
    run: (id: string) => run(id).then(() => void seen.done.push(id)),
    crashed: () => Promise.reject(new Error('given up')),
  };
  const workOnFile = createWorkOnFile({
    stores,
    clock,
    log: noLog,
    chance: { newId: randomUUID },
    processAge: () => seen.age,
    transact: (work) => {
      const scheduleFileWork = ({ id }: { readonly id: string }) => Promise.resolve(void seen.again.push(id));
      return work({ ...stores, queue: { ...stores.queue, scheduleFileWork } });
    },
    workers: { readExport: worker, readOwnFile: worker, save: worker },
  });
  return { seen, workOnFile };
}

const someWork = () => ({ kind: 'save', id: randomUUID() }) as const;

describeUseCase('S5 work on a file that may be what kills processes', (rigged) => {
  it('is left alone by a process that has hardly begun, without being blamed for that', async () => {
    const rig = rigged();
    const work = someWork();
    const { seen, workOnFile } = workingOn(rig);
    for (const dead of ['one', 'two']) await rig.stores.fileWork.claim(work, dead, 0);
    for (seen.age of [0, 9]) for (let time = 0; time < 3; time += 1) await workOnFile(work);
    assert.deepEqual([seen.done.length, seen.again.length], [0, 6]);
    seen.age = 10;
    await workOnFile(work);
    assert.deepEqual(seen.done, [work.id]);
  });

  it('is done alone after two deaths, so that nothing beside it is blamed', async () => {
    const rig = rigged();
    const [first, second] = [someWork(), someWork()];
    const [began, goOn] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const { seen, workOnFile } = workingOn(rig, () => (began.resolve(undefined), goOn.promise));
    seen.age = 60;
    for (const work of [first, second])
      for (const dead of ['one', 'two']) await rig.stores.fileWork.claim(work, dead, 0);
    const working = workOnFile(first);
    await began.promise;
    await workOnFile(second);
    assert.deepEqual([seen.done, seen.again], [[], [second.id]]);
    goOn.resolve(undefined);
    await working;
    await workOnFile(second);
    assert.deepEqual(seen.done, [first.id, second.id]);
  });

  it('may be taken again at once when it broke off, which counts like a death', async () => {
    const rig = rigged();
    const work = someWork();
    const { workOnFile } = workingOn(rig, () => Promise.reject(new Error('broke off')));
    await assert.rejects(workOnFile(work), /broke off/);
    assert.equal((await rig.stores.fileWork.claim(work, 'next', 15))?.crashes, 1);
  });

  it('is not blamed for a full disk, be it the database’s or our own', async () => {
    const rig = rigged();
    for (const code of ['53100', 'ENOSPC']) {
      const work = someWork();
      const { workOnFile } = workingOn(rig, () => Promise.reject(Object.assign(new Error('full'), { code })));
      await assert.rejects(workOnFile(work), /full/);
      assert.equal((await rig.stores.fileWork.claim(work, 'next', 15))?.crashes, 0);
    }
  });
});
