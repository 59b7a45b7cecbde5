// Proves that the verdict of a chaos run can fail: a bot that cannot find again what it started does not pass.
import assert from 'node:assert/strict';
import { describeWithPostgres } from '../support/databases/postgres.ts';
import { readPlan } from './chaos-plan.ts';
import { runChaos } from './run-chaos.ts';

const noOtherHarm = ['--terms', '0', '--cuts', '0', '--restarts', '0', '--no-timed'];
const patience = 600_000;

describeWithPostgres('a kill test in which Graph never shows what was started', () => {
  it('fails', async () => {
    const plan = readPlan([
      ...noOtherHarm,
      '--exports',
      '30',
      '--tenants',
      '6',
      '--kills',
      '8',
      '--sabotage',
    ]);
    const { breaches } = await runChaos(plan, () => undefined);
    assert.match(breaches.join('\n'), /it was started twice/);
  }).timeout(patience);
});
