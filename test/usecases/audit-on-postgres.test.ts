// The audit trail on PostgreSQL, whose times, bytes and locks are not those of the embedded database: recorded with what it tells of.
import assert from 'node:assert/strict';
import { openDatabase, type Database } from '../../src/adapters/store/engine/database.ts';
import { noLog } from '../support/databases/databases.ts';
import { describeWithPostgres, postgresDatabase } from '../support/databases/postgres.ts';
import { audited, chained, verified } from '../support/rig/audited.ts';
import { readyExport } from '../support/rig/ended-exports.ts';
import { mondays, scheduled } from '../support/rig/scheduled.ts';
import { createRig } from '../support/rig/use-case-rig.ts';
import { signedInScene } from '../support/rig/use-case-suite.ts';

describeWithPostgres('the audit trail, PostgreSQL', () => {
  let database: Database;
  let drop: () => Promise<void>;
  before(async () => {
    const made = await postgresDatabase();
    drop = made.drop;
    database = await openDatabase({ kind: 'postgres', url: made.url }, { log: noLog });
  });
  after(async () => {
    await database.close();
    await drop();
  });

  it('tells of a life, each thing once although all of it is repeated, and keeps a pseudonym of whoever left', async () => {
    const rig = createRig(database);
    const scene = signedInScene(rig);
    const { tenantId, userId } = scene.requester;
    const exportId = await readyExport(rig, scene);
    await rig.startExport({ ...scene, activityId: 'one' });
    const offer = await rig.downloadExport.offer({ ...scene, subject: { kind: 'export', id: exportId } });
    assert.ok(offer.kind === 'link');
    const token = offer.url.split('/d/')[1] ?? '';
    await Promise.all([1, 2, 3].map(() => rig.downloadExport.take(token, 'original')));
    const { id: scheduleId } = await scheduled(rig, scene, { timing: mondays() });
    await Promise.all([1, 2].map(() => rig.schedules.change({ ...scene, which: { scheduleId }, to: 'end' })));
    const events = (await audited(database, tenantId)).map(({ event }) => event ?? '');
    for (const once of ['fileDownloaded', 'scheduleMade', 'scheduleEnded'])
      assert.equal(events.filter((event) => event === once).length, 1, `${once} in ${events.join(' ')}`);
    await chained(database);
    await rig.deleteMyData.confirm(scene);
    await rig.settle();
    const entries = await audited(database, tenantId);
    assert.ok(entries.length > events.length && entries.every(({ person }) => person !== userId));
    assert.equal(new Set(entries.map(({ pseudonym }) => pseudonym)).size, 1);
    assert.deepEqual((await verified(database, tenantId)).findings, []);
  });
});
