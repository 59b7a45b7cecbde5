// Whoever has the database, and not the bot's keys, changes nothing in the audit trail without being found.
import assert from 'node:assert/strict';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { trailIn } from './audit-trail.ts';

describeOnBothEngines('verify', (given) => {
  const fiveEntries = async () => {
    const trail = trailIn(given().database);
    await trail.record(...['a', 'b', 'c', 'd', 'e'].map((outcome) => ({ outcome })));
    await trail.chain();
    return trail;
  };
  const found = async (trail: ReturnType<typeof trailIn>, noted?: { seq: number; hash: string }) =>
    (await trail.verify(noted)).findings.map((finding) => {
      const { id: _id, ...said } = { id: '', ...finding };
      return said;
    });

  it('finds nothing in what is as it was written, and says what is not chained yet', async () => {
    const trail = await fiveEntries();
    await trail.record({}, {});
    const { findings, chained, pending, head } = await trail.verify();
    assert.deepEqual([findings, chained, pending, head?.seq], [[], 5, 2, 5]);
    const { findings: none } = await trailIn(given().database).verify();
    assert.deepEqual(none, []);
  });

  const tamperings: readonly (readonly [what: string, statement: string, findings: readonly object[]])[] = [
    [
      'a changed time',
      `UPDATE audit_entries SET at = at - interval '1 hour' WHERE tenant_id = TENANT AND seq = 2`,
      [{ kind: 'broken', seq: 2 }],
    ],
    [
      'a changed content',
      `UPDATE audit_entries SET sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))
        WHERE tenant_id = TENANT AND seq = 2`,
      [{ kind: 'unreadable', seq: 2 }],
    ],
    [
      'another person',
      `UPDATE audit_entries SET user_id = 'x' WHERE tenant_id = TENANT AND seq = 2`,
      [{ kind: 'unreadable', seq: 2 }],
    ],
    [
      'a changed hash',
      `UPDATE audit_entries SET hash = 'x' WHERE tenant_id = TENANT AND seq = 2`,
      [
        { kind: 'broken', seq: 2 },
        { kind: 'broken', seq: 3 },
      ],
    ],
    [
      'one removed in the middle',
      `DELETE FROM audit_entries WHERE tenant_id = TENANT AND seq = 3`,
      [{ kind: 'missing', from: 3, to: 3 }],
    ],
    [
      'one removed, and the gap closed',
      `DELETE FROM audit_entries WHERE tenant_id = TENANT AND seq = 3;
        UPDATE audit_entries SET seq = 3 WHERE tenant_id = TENANT AND seq = 4;
        UPDATE audit_entries SET seq = 4 WHERE tenant_id = TENANT AND seq = 5`,
      [
        { kind: 'broken', seq: 3 },
        { kind: 'broken', seq: 4 },
        { kind: 'missing', from: 5, to: 5 },
      ],
    ],
    [
      'the first ones removed',
      `DELETE FROM audit_entries WHERE tenant_id = TENANT AND seq < 3`,
      [{ kind: 'missing', from: 1, to: 2 }],
    ],
    [
      'the last ones removed',
      `DELETE FROM audit_entries WHERE tenant_id = TENANT AND seq > 3`,
      [{ kind: 'missing', from: 4, to: 5 }],
    ],
    [
      'the last ones removed, and the end set back',
      `UPDATE audit_chains SET head_seq = 3,
          head_hash = (SELECT hash FROM audit_entries WHERE tenant_id = TENANT AND seq = 3) WHERE id = TENANT;
        DELETE FROM audit_entries WHERE tenant_id = TENANT AND seq > 3`,
      [{ kind: 'alteredEnds' }],
    ],
    [
      'the first ones removed as if retention had',
      `UPDATE audit_chains SET anchor_seq = 2,
          anchor_hash = (SELECT hash FROM audit_entries WHERE tenant_id = TENANT AND seq = 2) WHERE id = TENANT;
        DELETE FROM audit_entries WHERE tenant_id = TENANT AND seq < 3`,
      [{ kind: 'alteredEnds' }],
    ],
    [
      'two that changed places',
      `UPDATE audit_entries SET seq = 99 WHERE tenant_id = TENANT AND seq = 2;
        UPDATE audit_entries SET seq = 2 WHERE tenant_id = TENANT AND seq = 3;
        UPDATE audit_entries SET seq = 3 WHERE tenant_id = TENANT AND seq = 99`,
      [
        { kind: 'broken', seq: 2 },
        { kind: 'broken', seq: 3 },
        { kind: 'broken', seq: 4 },
      ],
    ],
    [
      'one forged at the end',
      `INSERT INTO audit_entries (id, tenant_id, user_id, at, key_id, sealed, seq, hash)
        SELECT 'forged ' || tenant_id, tenant_id, user_id, at, key_id, sealed, 6, hash FROM audit_entries
        WHERE tenant_id = TENANT AND seq = 5`,
      [{ kind: 'unreadable', seq: 6 }, { kind: 'alteredEnds' }],
    ],
    [
      'one forged that waits to be chained',
      `INSERT INTO audit_entries (id, tenant_id, user_id, at, key_id, sealed)
        SELECT 'waits ' || tenant_id, tenant_id, user_id, at, key_id, sealed FROM audit_entries
        WHERE tenant_id = TENANT AND seq = 5`,
      [{ kind: 'unreadable' }],
    ],
    ['a chain whose key is gone', `DELETE FROM audit_chains WHERE id = TENANT`, [{ kind: 'noChain' }]],
  ];
  for (const [what, statement, findings] of tamperings)
    it(`finds ${what}, whether more is chained afterwards or not`, async () => {
      const trail = await fiveEntries();
      await trail.tamper(statement);
      assert.deepEqual(await found(trail), findings);
      await trail.chain();
      assert.deepEqual(await found(trail), findings);
    });

  it('finds an old copy in its place by an end that was noted', async () => {
    const trail = await fiveEntries();
    const { head } = await trail.verify();
    assert.ok(head !== undefined);
    await trail.record({});
    await trail.chain();
    assert.deepEqual(await found(trail, head), []);
    assert.deepEqual(await found(trail, { ...head, hash: 'another' }), [{ kind: 'notAsNoted', seq: 5 }]);
    assert.deepEqual(await found(trail, { seq: 9, hash: 'x' }), [{ kind: 'notAsNoted', seq: 9 }]);
  });
});
