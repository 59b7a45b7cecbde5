import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { createSsoExchanges } from '../../../../src/adapters/store/sign-in/sso-exchanges.ts';
import type { ExchangeOutcome, SsoExchanges } from '../../../../src/ports/sign-ins.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { createSignal } from '../../../support/surroundings/signal.ts';
import { somebody } from '../../../support/samples/sample-exports.ts';

describeOnBothEngines('SSO exchanges', (given) => {
  let exchanges: SsoExchanges;
  let runs: number;
  before(() => {
    exchanges = createSsoExchanges(given().database.db);
  });
  beforeEach(() => {
    runs = 0;
  });

  const counted = (outcome: ExchangeOutcome) => (): Promise<ExchangeOutcome> => {
    runs += 1;
    return Promise.resolve(outcome);
  };
  const change = async (what: string, exchangeId: string): Promise<void> => {
    const set = sql.raw(`UPDATE sso_exchanges SET ${what} WHERE exchange_id = '${exchangeId}'`);
    await set.execute(given().database.db.acrossTenants('a test'));
  };

  it('run once for ten callers on two instances, who all get the outcome', async () => {
    const other = createSsoExchanges((await given().otherInstance()).db);
    const person = somebody();
    const started = createSignal();
    const finish = createSignal();
    const run = async (): Promise<ExchangeOutcome> => {
      runs += 1;
      started.raise();
      await finish.raised;
      return 'interactionNeeded';
    };
    const callers = Array.from({ length: 10 }, (_, nth) =>
      (nth % 2 === 0 ? exchanges : other).once(person, 'x', run),
    );
    await started.raised;
    finish.raise();
    assert.deepEqual(await Promise.all(callers), Array(10).fill('interactionNeeded'));
    assert.equal(runs, 1);
    assert.equal(await exchanges.once(person, 'x', counted('signedIn')), 'interactionNeeded');
    assert.equal(runs, 1);
  });

  it('are told apart by tenant, person and id', async () => {
    const person = somebody();
    await exchanges.once(person, 'x', counted('refused'));
    const others = [somebody({ tenantId: person.tenantId }), somebody({ userId: person.userId })];
    for (const other of others) {
      assert.equal(await exchanges.once(other, 'x', counted('signedIn')), 'signedIn');
    }
    assert.equal(await exchanges.once(person, 'y', counted('signedIn')), 'signedIn');
    assert.equal(runs, 4);
  });

  it('are taken over when the winner died, and run anew after it failed', async () => {
    const person = somebody();
    const dead = exchanges.once(person, 'dead', () => new Promise(() => undefined));
    void dead;
    await assert.rejects(
      exchanges.once(person, 'failed', () => Promise.reject(new Error('out of order'))),
      /out of order/,
    );
    assert.equal(await exchanges.once(person, 'failed', counted('signedIn')), 'signedIn');
    await change('lease_until = now()', 'dead');
    assert.equal(await exchanges.once(person, 'dead', counted('signedIn')), 'signedIn');
    assert.equal(runs, 2);
  });

  it('run again after 15 minutes', async () => {
    const person = somebody();
    await exchanges.once(person, 'old', counted('refused'));
    await change('expires_at = now()', 'old');
    assert.equal(await exchanges.once(person, 'old', counted('signedIn')), 'signedIn');
  });
});
