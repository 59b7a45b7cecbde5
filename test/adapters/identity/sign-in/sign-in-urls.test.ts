/** Only a link of ours, for the same tenant, is recognised at its end; a rotated key does not cut links short. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { createConsentState } from '../../../../src/adapters/identity/sign-in/sign-in-urls.ts';

describe('the state of a consent link', () => {
  const [older, newer] = ['older', 'newer'].map((id) => ({ id, key: randomBytes(32) }));
  assert.ok(older && newer);
  const tenant = randomUUID();
  const ours = createConsentState([older]).of(tenant);

  it('is recognised for its tenant, however the GUID is written, and for no other', () => {
    const { isOurs } = createConsentState([older]);
    assert.equal(isOurs(tenant, ours), true);
    assert.equal(isOurs(tenant.toUpperCase(), ours), true);
    assert.equal(isOurs(randomUUID(), ours), false);
  });

  it('outlives a rotation of the keys while the old one is kept', () => {
    assert.equal(createConsentState([newer, older]).isOurs(tenant, ours), true);
    assert.equal(createConsentState([newer]).isOurs(tenant, ours), false);
    assert.notEqual(createConsentState([newer, older]).of(tenant), ours);
  });

  it('is nothing that can be made up or shortened', () => {
    const { isOurs } = createConsentState([older]);
    for (const state of ['', 'A', ours.slice(0, -2), `${ours}AA`, randomBytes(16).toString('base64url')])
      assert.equal(isOurs(tenant, state), false, state);
  });
});
