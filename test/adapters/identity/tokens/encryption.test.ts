/** Sealed tokens open for the person and the key they were sealed with, and not after any change. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createSealer, type EncryptionKey } from '../../../../src/adapters/identity/tokens/encryption.ts';

const keyNamed = (id: string): EncryptionKey => ({ id, key: randomBytes(32) });
const ada = { tenantId: 'tenant-1', userId: 'ada' };
const benno = { tenantId: 'tenant-1', userId: 'benno' };
const first = keyNamed('first');
const second = keyNamed('second');

describe('seal', () => {
  it('opens what it sealed, whatever it is, and never seals alike twice', () => {
    const sealer = createSealer([first]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealed = sealer.seal(ada, text);
        assert.equal(sealer.open(ada, sealed), Buffer.from(text).toString());
        assert.notDeepEqual(sealer.seal(ada, text).bytes, sealed.bytes);
      }),
    );
  });

  it('refuses a blob with any one byte changed, or cut short', () => {
    const sealer = createSealer([first]);
    const { keyId, bytes } = sealer.seal(ada, 'tokens of Ada');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.equal(sealer.open(ada, { keyId, bytes: changed }), undefined, `byte ${at}`);
      assert.equal(sealer.open(ada, { keyId, bytes: bytes.subarray(0, at) }), undefined, `cut at ${at}`);
    }
  });

  it('opens for nobody else, in no other tenant, and under no other key id', () => {
    const sealer = createSealer([first, { ...first, id: 'alias' }]);
    const sealed = sealer.seal(ada, 'tokens of Ada');
    assert.equal(sealer.open(benno, sealed), undefined);
    assert.equal(sealer.open({ ...ada, tenantId: 'tenant-2' }, sealed), undefined);
    assert.equal(sealer.open(ada, { ...sealed, keyId: 'alias' }), undefined);
    // A boundary moved between the parts of the name makes another name.
    assert.equal(sealer.open({ tenantId: 'tenant-', userId: '1ada' }, sealed), undefined);
  });

  it('seals with the newest key and opens with any that is listed', () => {
    const old = createSealer([first]).seal(ada, 'tokens of Ada');
    const rotated = createSealer([second, first]);
    assert.equal(rotated.open(ada, old), 'tokens of Ada');
    assert.equal(rotated.seal(ada, 'x').keyId, 'second');
    assert.equal(createSealer([second]).open(ada, old), undefined);
  });

  it('refuses to start without a key of 256 bits', () => {
    assert.throws(() => createSealer([]), /ENCRYPTION_KEYS/);
    assert.throws(() => createSealer([{ id: 'short', key: randomBytes(16) }]), /"short" is not 256 bits/);
  });
});
