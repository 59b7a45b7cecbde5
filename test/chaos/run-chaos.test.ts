// The kill test, small: everything is killed and cut, and every promise is kept; and it fails for a bot that does not keep them.
import assert from 'node:assert/strict';
import { describeWithPostgres } from '../support/databases/postgres.ts';
import { readPlan } from './chaos-plan.ts';
import { runChaos } from './run-chaos.ts';

/** Another seed is tried by hand. */
const small = `--exports 100 --tenants 20 --seed ${process.env['CHAOS_SEED'] ?? '1'}`;
const noHarm = '--kills 0 --terms 0 --cuts 0 --restarts 0 --schedules 0';

const run = (args: string) => runChaos(readPlan(['--no-timed', ...args.split(' ')]), () => undefined);

describe('S4 chaos on the embedded database', () => {
  it('loses nothing and doubles nothing', async () => {
    const { breaches } = await run(`${small} --engine embedded --kills 18 --terms 2`);
    assert.deepEqual(breaches, []);
  });
});

describeWithPostgres('S4 chaos on PostgreSQL with two instances', () => {
  it('loses nothing and doubles nothing', async () => {
    const { breaches, figures } = await run(
      `${small} --schedules 20 --kills 20 --terms 3 --cuts 2 --restarts 1`,
    );
    assert.deepEqual(breaches, []);
    assert.equal(figures['runs carried out once'], 20);
  });
});

describeWithPostgres('two instances on one database', () => {
  it('S4 finish what either leaves behind when it is killed for good, and post nothing twice', async () => {
    const { breaches, figures } = await run(
      `${noHarm} --exports 24 --schedules 8 --tenants 6 --kills 1 --no-revive`,
    );
    assert.deepEqual(breaches, []);
    assert.equal(figures['SIGKILLs'], 1);
  });

  it('lose and double nothing when one after the other is replaced under load', async () => {
    const { breaches, figures } = await run(`${noHarm} --exports 60 --tenants 12 --terms 6 --rolling`);
    assert.deepEqual(breaches, []);
    assert.equal(figures['first cards doubled by a kill'], 0);
    assert.equal(figures['messages about the end that a kill swallowed'], 0);
  });
});

describeWithPostgres('a kill test in which Graph never shows what was started', () => {
  it('fails', async () => {
    const { breaches } = await run(`${noHarm} --exports 30 --tenants 6 --kills 8 --sabotage`);
    assert.match(breaches.join('\n'), /it was started twice/);
  });
});
