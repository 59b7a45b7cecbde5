import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createExportJobs } from '../../../src/adapters/store/exports/export-jobs.ts';
import { readFigures } from '../../../src/adapters/store/figures.ts';
import { createConversations } from '../../../src/adapters/store/conversations/conversations.ts';
import { createSignInRequests } from '../../../src/adapters/store/sign-in/sign-in-requests.ts';
import { describeOnBothEngines } from '../../support/databases/databases.ts';
import { someConversation, someExport, someTarget } from '../../support/samples/sample-exports.ts';
import { sampleVault } from '../../support/samples/sample-vault.ts';

describeOnBothEngines('figures', (given) => {
  it('are nothing while there is nothing', async () => {
    const figures = await readFigures(given().database.db);
    assert.deepEqual(figures, {
      exports: [],
      schedules: [],
      maxScheduleOverdue: 0,
      promptsOutstanding: 0,
      maxOverdue: 0,
    });
  });

  it('count open exports by source and state, parked ones, what is overdue and what was asked', async () => {
    const { db } = given().database;
    const exports = createExportJobs(db, sampleVault);
    const due = (seconds: number) => ({ at: new Date(Date.now() + seconds * 1000), step: 'poll' }) as const;
    const running = { status: 'running', graphJobId: 'j!1' } as const;
    await exports.insert(someExport({ state: running, due: due(-100) }));
    await exports.insert(someExport({ state: running, due: due(-5) }));
    const elsewhere = { ...someTarget(), source: 'gardens' };
    await exports.insert(someExport({ target: elsewhere, state: running, due: due(50) }));
    await exports.insert(someExport({ state: { status: 'requested' }, due: due(50) }));
    await exports.insert(someExport({ state: { status: 'parked', cause: 'oddAnswers' } }));
    const ready = { status: 'ready', graphJobId: 'j!2' } as const;
    await exports.insert(someExport({ state: ready, due: { ...due(-5000), step: 'expire' } }));
    await sql`UPDATE exports SET wake_at = due_at`.execute(db.acrossTenants('a test'));
    const conversation = someConversation();
    await createConversations(db).remember(conversation);
    await createSignInRequests(db).ask({
      id: randomUUID(),
      person: someExport().requester,
      conversation,
      cause: 'signIn',
      silent: true,
      askedAt: new Date(),
    });
    const { exports: counted, promptsOutstanding, maxOverdue } = await readFigures(db);
    assert.deepEqual(
      new Map(counted.map(({ source, status, count }) => [`${source} ${status}`, count])),
      new Map([
        ['goals running', 2],
        ['gardens running', 1],
        ['goals requested', 1],
        ['goals parked', 1],
      ]),
    );
    assert.equal(promptsOutstanding, 1);
    assert.ok(maxOverdue >= 100 && maxOverdue < 160, String(maxOverdue));
    assert.equal((await readFigures(db, ['another'])).maxOverdue, 0, 'what rests is not overdue');
  });
});
