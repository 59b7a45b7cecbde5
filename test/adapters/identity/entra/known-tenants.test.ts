import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import {
  createKnownTenants,
  type KnowsTenant,
} from '../../../../src/adapters/identity/entra/known-tenants.ts';
import { createAskJson } from '../../../../src/blocks/http/ask-json.ts';
import { entraError } from '../../../../src/sandbox/entra/entra-errors.ts';
import { createEntraSimulator, type EntraSimulator } from '../../../../src/sandbox/entra/entra-simulator.ts';
import { sandboxTenantId } from '../../../../src/sandbox/chat/people.ts';
import { entraOptions } from '../../../support/servers/entra-client.ts';
import { collectingLog } from '../../../support/surroundings/quiet.ts';

const minute = 60_000;

describe('whether Entra ID knows a tenant', () => {
  let entra: EntraSimulator;
  let knows: KnowsTenant;
  let now = 0;
  let log: ReturnType<typeof collectingLog>;

  before(async () => {
    entra = await createEntraSimulator(entraOptions);
    await entra.start();
  });
  beforeEach(() => {
    log = collectingLog();
    const clock = { now: () => new Date(now) };
    knows = createKnownTenants({
      entraBaseUrl: entra.url(),
      clock,
      log,
      network: { clock, askJson: createAskJson(), timeout: 30_000 },
    });
  });
  afterEach(() => entra.clearScript());
  after(() => entra.stop());

  const asked = (tenant: string): number =>
    entra.calls.filter(({ op, about }) => op === 'metadata' && about['tenant'] === tenant).length;
  const told = (levels: readonly string[]): void =>
    assert.deepEqual(
      log.lines.map(({ level }) => level),
      levels,
    );

  it('E7 is asked once a day, however many want to know', async () => {
    const before = asked(sandboxTenantId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => knows(sandboxTenantId)));
    assert.deepEqual(new Set(answers), new Set([true]));
    now += 24 * 60 * minute - 1;
    assert.equal(await knows(sandboxTenantId), true);
    assert.equal(asked(sandboxTenantId), before + 1);
    now += 1;
    await knows(sandboxTenantId);
    await entra.until(() => asked(sandboxTenantId) === before + 2);
    told([]);
  });

  it('E7 is taken for what was told a day ago until it is told anew: nobody waits for that', async () => {
    const tenant = randomUUID();
    const answered = Promise.withResolvers<undefined>();
    const matched = { match: { pathIncludes: tenant }, times: 1 };
    entra.script({ ...matched, respond: { status: 200, body: {} } });
    assert.equal(await knows(tenant), true);
    now += 24 * 60 * minute;
    entra.script({ ...matched, respond: entraError('tenantUnknown'), after: answered.promise });
    assert.deepEqual([await knows(tenant), await knows(tenant)], [true, true]);
    answered.resolve(undefined);
    while (await knows(tenant)) await turn();
    assert.equal(asked(tenant), 2);
    told(['error']);
  });

  it('E7 is "no" when it says so, which the operator is told, until it has known it for five minutes', async () => {
    const tenant = randomUUID();
    assert.deepEqual(await Promise.all([knows(tenant), knows(tenant)]), [false, false]);
    now += 5 * minute - 1;
    assert.equal(await knows(tenant), false);
    assert.equal(asked(tenant), 1);
    told(['error']);
    now += 1;
    entra.script({ match: { pathIncludes: tenant }, times: 1, respond: { status: 200, body: {} } });
    assert.equal(await knows(tenant), true);
  });

  for (const [what, respond] of [
    ['an outage', entraError('unavailable')],
    ['a limit', entraError('throttled')],
    ['another refusal', entraError('secretWrong')],
    ['something that is no JSON', { status: 200, body: '<h1>Maintenance</h1>' }],
  ] as const)
    it(`E7 is left open by ${what}: nobody is turned away, and it is asked again after a minute`, async () => {
      const tenant = randomUUID();
      entra.script({ match: { pathIncludes: tenant }, times: 1, respond });
      assert.equal(await knows(tenant), true);
      assert.equal(await knows(tenant), true);
      assert.equal(asked(tenant), 1);
      told(['warn']);
      now += minute;
      assert.equal(await knows(tenant), false, 'now it tells');
    });
});
