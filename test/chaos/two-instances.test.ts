// Two processes on one PostgreSQL share the work: one may die or be replaced at any moment, and the other goes on.
import assert from 'node:assert/strict';
import { describeWithPostgres } from '../support/databases/postgres.ts';
import { readPlan } from './chaos-plan.ts';
import { runChaos } from './run-chaos.ts';

const none = (): void => undefined;
const noHarm = ['--kills', '0', '--terms', '0', '--cuts', '0', '--restarts', '0', '--no-timed'];
const patience = 480_000;

describeWithPostgres('two instances on one database', () => {
  it('S4 finish what either leaves behind when it is killed for good, and post nothing twice', async () => {
    const plan = readPlan([...noHarm, '--exports', '24', '--tenants', '6', '--kills', '1', '--no-revive']);
    const { breaches, figures } = await runChaos(plan, none);
    assert.deepEqual(breaches, []);
    assert.equal(figures['SIGKILLs'], 1);
  }).timeout(patience);

  it('lose and double nothing when one after the other is replaced under load', async () => {
    const plan = readPlan([...noHarm, '--exports', '60', '--tenants', '12', '--terms', '6', '--rolling']);
    const { breaches, figures } = await runChaos(plan, none);
    assert.deepEqual(breaches, []);
    assert.equal(figures['first cards doubled by a kill'], 0);
    assert.equal(figures['messages about the end that a kill swallowed'], 0);
  }).timeout(patience);
});
