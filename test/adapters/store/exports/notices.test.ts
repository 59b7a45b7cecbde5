import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createCards } from '../../../../src/adapters/store/exports/cards.ts';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import { createNotices } from '../../../../src/adapters/store/exports/notices.ts';
import type { Notices } from '../../../../src/ports/export-jobs.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someConversation, someExport } from '../../../support/samples/sample-exports.ts';
import { sampleVault } from '../../../support/samples/sample-vault.ts';

describeOnBothEngines('notices', (given) => {
  let exportId: string;
  beforeEach(async () => {
    const job = someExport();
    await createExportJobs(given().database.db, sampleVault).insert(job);
    exportId = job.id;
  });
  let notices: Notices;
  before(() => {
    notices = createNotices(given().database.db);
  });

  it('are claimed once for each export and key', async () => {
    const other = createNotices((await given().otherInstance()).db);
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => (nth % 2 === 0 ? notices : other).claim(exportId, 'ready')),
    );
    assert.equal(claims.filter(Boolean).length, 1);
    assert.equal(await notices.claim(exportId, 'expired'), true);
  });

  it('stand in the order in which they came, and tell what they last told', async () => {
    const [here, there] = [someConversation(), someConversation()];
    for (const conversation of [here, there])
      await createCards(given().database.db).add({
        id: randomUUID(),
        subject: { kind: 'export', id: exportId },
        conversation,
      });
    await notices.stands(exportId, { activityId: 'a1', conversation: here, shown: 'parked' });
    await notices.stands(exportId, { activityId: 'a2', conversation: there, shown: 'ready' });
    await notices.stands(exportId, { activityId: 'a1', conversation: here, shown: 'running' });
    assert.deepEqual(await notices.standing(exportId), [
      { activityId: 'a1', conversation: here, shown: 'running' },
      { activityId: 'a2', conversation: there, shown: 'ready' },
    ]);
    await notices.gone(exportId, 'a1');
    assert.deepEqual(
      (await notices.standing(exportId)).map(({ activityId }) => activityId),
      ['a2'],
    );
  });

  it('are not kept of an export or in a conversation that is forgotten meanwhile', async () => {
    const conversation = someConversation();
    await notices.stands(exportId, { activityId: 'a1', conversation, shown: 'ready' });
    await notices.stands(randomUUID(), { activityId: 'a2', conversation, shown: 'ready' });
    assert.deepEqual(await notices.standing(exportId), []);
  });
});
