// The kill test, small: everything is killed and cut while exports are asked for, and every promise is kept, on both engines.
import assert from 'node:assert/strict';
import { describeWithPostgres } from '../support/databases/postgres.ts';
import { readPlan } from './chaos-plan.ts';
import { runChaos } from './run-chaos.ts';

const none = (): void => undefined;
/** Another seed is tried by hand. */
const small = [
  '--exports',
  '100',
  '--tenants',
  '20',
  '--no-timed',
  '--seed',
  process.env['CHAOS_SEED'] ?? '1',
];
const patience = 600_000;

describe('S4 chaos on the embedded database', () => {
  it('loses nothing and doubles nothing', async () => {
    const plan = readPlan([...small, '--engine', 'embedded', '--kills', '18', '--terms', '2']);
    const { breaches } = await runChaos(plan, none);
    assert.deepEqual(breaches, []);
  }).timeout(patience);
});

describeWithPostgres('S4 chaos on PostgreSQL with two instances', () => {
  it('loses nothing and doubles nothing', async () => {
    const plan = readPlan([...small, '--kills', '20', '--terms', '3', '--cuts', '2', '--restarts', '1']);
    const { breaches } = await runChaos(plan, none);
    assert.deepEqual(breaches, []);
  }).timeout(patience);
});
