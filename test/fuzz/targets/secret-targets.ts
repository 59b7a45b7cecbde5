/** Fuzzes what only its owner may open: sealed records, one-time links and the states of sign-ins. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createSealer, createVault } from '../../../src/adapters/identity/tokens/encryption.ts';
import { createConsentState } from '../../../src/adapters/identity/sign-in/sign-in-urls.ts';
import { fuzzTarget, type FuzzTarget } from '../fuzz-target.ts';
import { mutatedBytes, oddText } from '../mutations.ts';

const keys = [
  { id: 'k2', key: Buffer.alloc(32, 9) },
  { id: 'k1', key: Buffer.alloc(32, 7) },
];
const person = { tenantId: randomUUID(), userId: randomUUID() };
const other = { ...person, userId: randomUUID() };
const sealer = createSealer(keys);
const vault = createVault(keys);
const sealedToken = sealer.seal(person, 'eyJ-sample');
const sealedFile = vault.seal(person, 'readings', Buffer.from('{"rows":1}'));

const records = fuzzTarget(
  { name: 'sealed records', share: 60_000, input: mutatedBytes([sealedToken.bytes, sealedFile.bytes]) },
  (bytes) => {
    for (const { id: keyId } of [...keys, { id: 'k0' }]) {
      const isToken = keyId === sealedToken.keyId && Buffer.from(sealedToken.bytes).equals(bytes);
      assert.equal(sealer.open(person, { keyId, bytes }), isToken ? 'eyJ-sample' : undefined);
      assert.equal(sealer.open(other, { keyId, bytes }), undefined);
      const isFile = keyId === sealedFile.keyId && Buffer.from(sealedFile.bytes).equals(bytes);
      assert.equal(vault.open(person, 'readings', { keyId, bytes }) !== undefined, isFile);
      assert.equal(vault.open(person, 'snapshots', { keyId, bytes }), undefined);
    }
  },
);

const consent = createConsentState(keys);
const ourState = consent.of(person.tenantId);
const states = fc.oneof(
  mutatedBytes([Buffer.from(ourState, 'base64url')]).map((bytes) => Buffer.from(bytes).toString('base64url')),
  oddText,
);

const consentStates = fuzzTarget({ name: 'states of consents', share: 40_000, input: states }, (state) => {
  const isOurs = Buffer.from(state, 'base64url').equals(Buffer.from(ourState, 'base64url'));
  assert.equal(consent.isOurs(person.tenantId, state), isOurs);
  assert.equal(consent.isOurs(randomUUID(), state), false);
});

export const secretTargets: readonly FuzzTarget[] = [records, consentStates];
