// Anybody can open the page where administrators land: that must not let them keep the bot, Entra ID and people's cards busy.
import assert from 'node:assert/strict';
import { sampleTenant } from '../support/samples/sample-exports.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { createConsentState } from '../../src/adapters/identity/sign-in/sign-in-urls.ts';
import { describeUseCase, signedInScene } from '../support/rig/use-case-suite.ts';

describeUseCase('the page where an administrator’s consent lands', (rigged) => {
  const visited = async (state: string | undefined, visits: number): Promise<number> => {
    const rig = rigged();
    const scene = signedInScene(rig, { tenantId: sampleTenant });
    let posts = 0;
    rig.graph.script.create.push(
      ...Array.from({ length: visits + 1 }, () => () => {
        posts += 1;
        return { kind: 'consentMissing' } as const;
      }),
    );
    await rig.startExport(scene);
    await rig.run({ seconds: 20 });
    assert.equal(posts, 1);
    for (let nth = 0; nth < visits; nth += 1) {
      await rig.consentLanded({ tenantId: sampleTenant, granted: true, state });
      await rig.run({ seconds: 1 });
    }
    return posts - 1;
  };

  it('asks nobody anything for a visit that did not begin with a link of ours', async () => {
    assert.equal(await visited(undefined, 50), 0);
    assert.equal(await visited('made-up', 50), 0);
  });

  it('asks a few times only, however often somebody who has the link claims consent', async () => {
    const asked = await visited('consent-state', 100);
    assert.ok(asked >= 1 && asked <= 5, String(asked));
  });
});

describe('the state of the link for administrators', () => {
  const [older, newest] = ['older', 'newest'].map((id) => ({ id, key: randomBytes(32) }));
  assert.ok(older && newest);
  const tenant = randomUUID();
  const ours = createConsentState([newest, older]);

  it('is known for its own tenant only, whatever the case, and after a rotation of keys', () => {
    assert.ok(ours.isOurs(tenant.toUpperCase(), ours.of(tenant)));
    assert.ok(ours.isOurs(tenant, createConsentState([older]).of(tenant)));
    assert.ok(!ours.isOurs(randomUUID(), ours.of(tenant)));
    assert.ok(!createConsentState([older]).isOurs(tenant, ours.of(tenant)));
  });

  it('is not known with any byte changed, left out or added', () => {
    const bytes = Buffer.from(ours.of(tenant), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.ok(!ours.isOurs(tenant, changed.toString('base64url')));
      assert.ok(!ours.isOurs(tenant, bytes.subarray(0, at).toString('base64url')));
    }
    assert.ok(!ours.isOurs(tenant, Buffer.concat([bytes, Buffer.of(0)]).toString('base64url')));
  });
});
