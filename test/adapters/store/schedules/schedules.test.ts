import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createPurgeExpired } from '../../../../src/adapters/store/deletion.ts';
import { readFigures } from '../../../../src/adapters/store/figures.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import type { Person } from '../../../../src/domain/exports/export-job.ts';
import type { Stores } from '../../../../src/ports/runtime.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someConversation, somebody } from '../../../support/samples/sample-exports.ts';
import { someSchedule } from '../../../support/samples/sample-schedules.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';

const at = (text: string): Date => new Date(text);

describeOnBothEngines('schedules in the database', (given) => {
  let stores: Stores;
  before(() => {
    stores = createStores(given().database.db, idleQueue, sampleVault);
  });

  it('are given back as they were kept and changed, the soonest first', async () => {
    const owner = somebody();
    const later = someSchedule({ owner, state: { kind: 'active', nextAt: at('2026-07-01T00:00:00Z') } });
    const soon = someSchedule({ owner });
    for (const schedule of [later, soon]) await stores.schedules.insert(schedule);
    assert.deepEqual(await stores.schedules.of(owner), [soon, later]);
    const hasSome = async (who: Person) => (await stores.exports.concernedBySignIn(who)).hasSchedules;
    assert.deepEqual([await hasSome(owner), await hasSome(somebody())], [true, false]);
    const paused = {
      ...soon,
      state: { kind: 'paused', why: 'failures', since: at('2026-06-06T00:00:00Z') },
      failures: 3,
      lastRun: { dueAt: at('2026-06-05T07:30:00Z'), begunAt: at('2026-06-05T07:30:01Z'), outcome: 'failed' },
    } as const;
    await stores.schedules.save(paused);
    assert.deepEqual(await stores.schedules.load(soon.id), paused);
    const due = await stores.schedules.dueBefore(at('2026-07-02T00:00:00Z'), 10);
    assert.deepEqual(
      due.map(({ id }) => id),
      [later.id],
    );
    const ended = {
      ...later,
      state: { kind: 'ended', why: 'over', since: at('2026-07-02T00:00:00Z') },
    } as const;
    await stores.schedules.save(ended);
    assert.deepEqual(await stores.schedules.of(owner), [paused]);
    assert.deepEqual(await stores.schedules.counts(owner), { ofPerson: 1, ofTenant: 1 });
    await stores.schedules.save({ ...paused, state: ended.state });
    assert.equal(await hasSome(owner), false);
  });

  it('are found by their team, in its first channel also without it', async () => {
    const tenantId = randomUUID();
    const teamId = `19:${randomUUID()}@thread.tacv2`;
    const posted = (conversationId: string, given: object = {}) =>
      someSchedule({
        owner: somebody({ tenantId }),
        audience: 'everybody',
        conversation: someConversation({ tenantId, conversationId, kind: 'channel', ...given }),
      });
    const [first, second] = [posted(`${teamId};messageid=1`), posted('19:second@thread.tacv2', { teamId })];
    const others = [
      posted('19:third@thread.tacv2'),
      posted('19:fourth@thread.tacv2', { teamId: '19:other' }),
    ];
    for (const schedule of [first, second, ...others]) await stores.schedules.insert(schedule);
    assert.deepEqual(await stores.schedules.load(second.id), second);
    const found = await stores.schedules.subscriptionsOfTeam({ tenantId, teamId });
    assert.deepEqual(new Set(found.map(({ id }) => id)), new Set([first.id, second.id]));
    assert.deepEqual(await stores.schedules.subscriptionsOfTeam({ tenantId: randomUUID(), teamId }), []);
  });

  it('do not say in the open what they are of, whose they are by name, or when', async () => {
    const schedule = someSchedule();
    await stores.schedules.insert(schedule);
    const { rows } = await sql<{ row: string }>`SELECT s::text AS row FROM schedules s
      WHERE id = ${schedule.id}`.execute(given().database.db.acrossTenants('a test'));
    const [row = ''] = rows.map((one) => one.row);
    assert.ok(row.includes(schedule.owner.userId));
    for (const hidden of [schedule.owner.name, 'Sorrel', 'example.com', 'Sales', 'Berlin', 'weekly'])
      assert.ok(!row.includes(hidden), hidden);
  });

  it('are told of once for each key', async () => {
    const schedule = someSchedule();
    await stores.schedules.insert(schedule);
    const claim = () => stores.schedules.claimNotice(schedule.id, 'paused 1');
    assert.deepEqual([await claim(), await claim()], [true, false]);
    await stores.schedules.releaseNotice(schedule.id, 'paused 1');
    assert.equal(await claim(), true);
    assert.equal(await stores.schedules.claimNotice('gone', 'paused 1'), false);
  });

  it('go with their person, with a conversation that is forgotten, and some time after their end', async () => {
    const owner = somebody();
    const conversation = someConversation({ tenantId: owner.tenantId, kind: 'personal' });
    const [there, elsewhere] = [someSchedule({ owner, conversation }), someSchedule({ owner })];
    for (const schedule of [there, elsewhere]) await stores.schedules.insert(schedule);
    await stores.conversations.forget(conversation.tenantId, conversation.conversationId);
    assert.deepEqual(await stores.schedules.of(owner), [elsewhere]);
    assert.equal((await stores.personalData.count(owner)).schedules, 1);
    await stores.personalData.erase(owner, new Date());
    assert.equal(await stores.schedules.load(elsewhere.id), undefined);
    const since = at('2026-01-01T00:00:00Z');
    const ended = someSchedule({ state: { kind: 'ended', why: 'person', since } });
    const active = someSchedule();
    for (const schedule of [ended, active]) await stores.schedules.insert(schedule);
    await createPurgeExpired(given().database.db, 90)(at('2026-06-01T00:00:00Z'));
    assert.equal(await stores.schedules.load(ended.id), undefined);
    assert.deepEqual(await stores.schedules.load(active.id), active);
  });

  it('are counted for operators by how they stand and how their last run went', async () => {
    const { db } = given().database;
    await sql`DELETE FROM schedules`.execute(db.acrossTenants('a test'));
    const run = { dueAt: new Date(), begunAt: new Date(), outcome: 'posted' } as const;
    const late = new Date(Date.now() - 100_000);
    await stores.schedules.insert(someSchedule({ lastRun: run, state: { kind: 'active', nextAt: late } }));
    await stores.schedules.insert(someSchedule({ state: { kind: 'ended', why: 'person', since: late } }));
    const { schedules, maxScheduleOverdue } = await readFigures(db);
    assert.deepEqual(schedules, [{ state: 'active', lastRun: 'posted', count: 1 }]);
    assert.ok(maxScheduleOverdue > 90 && maxScheduleOverdue < 200, String(maxScheduleOverdue));
  });
});
