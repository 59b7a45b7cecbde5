/** Signs the `state` of an administrator's consent, so that its end is known to have begun with a link of ours. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { EncryptionKey } from '../tokens/encryption.ts';

/** 128 bits: it guards nothing but a look at Entra ID, and makes a link that people forward longer. */
const length = 16;

const stateBy = (key: EncryptionKey, tenantId: string): Buffer =>
  createHmac('sha256', key.key)
    .update(`admin consent of ${tenantId.toLowerCase()}`)
    .digest()
    .subarray(0, length);

export interface ConsentState {
  /** base64url. */
  readonly of: (tenantId: string) => string;
  /** Links live for weeks: every key that still opens tokens recognises its own. */
  readonly isOurs: (tenantId: string, state: string) => boolean;
}

/** @param keys newest first, at least one */
export const createConsentState = (keys: readonly EncryptionKey[]): ConsentState => ({
  of: (tenantId) => {
    const [newest] = keys;
    if (newest === undefined) throw new Error('ENCRYPTION_KEYS holds no key.');
    return stateBy(newest, tenantId).toString('base64url');
  },
  isOurs: (tenantId, state) => {
    const given = Buffer.from(state, 'base64url');
    return given.length === length && keys.some((key) => timingSafeEqual(stateBy(key, tenantId), given));
  },
});
