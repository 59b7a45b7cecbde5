// The kill test, small: everything is killed and cut while exports are asked for, and every promise is kept, on both engines.
import assert from 'node:assert/strict';
import { describeWithPostgres } from '../support/postgres.ts';
import { readPlan } from './chaos-plan.ts';
import { runChaos } from './run-chaos.ts';

const none = (): void => undefined;
const small = ['--exports', '100', '--tenants', '20', '--no-timed'];
const patience = 420_000;

describe('chaos on the embedded database', () => {
  it('loses nothing and doubles nothing', async () => {
    const plan = readPlan([...small, '--engine', 'embedded', '--kills', '18', '--terms', '2']);
    const { breaches } = await runChaos(plan, none);
    assert.deepEqual(breaches, []);
  }).timeout(patience);
});

describeWithPostgres('chaos on PostgreSQL with two instances', () => {
  it('loses nothing and doubles nothing', async () => {
    const plan = readPlan([...small, '--kills', '20', '--terms', '3', '--cuts', '2', '--restarts', '1']);
    const { breaches } = await runChaos(plan, none);
    assert.deepEqual(breaches, []);
  }).timeout(patience);

  it('fails when what was started cannot be found again: its judge is awake', async () => {
    const plan = readPlan([
      '--exports',
      '30',
      '--tenants',
      '6',
      '--kills',
      '8',
      '--terms',
      '0',
      '--no-timed',
      '--sabotage',
    ]);
    const { breaches } = await runChaos(plan, none);
    assert.match(breaches.join('\n'), /it was started twice/);
  }).timeout(patience);
});
