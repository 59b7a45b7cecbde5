/** Signing keys of one issuer, by jose, looked at anew each hour. Ours because jose has no "good for a day while the issuer is out of reach". */
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { AskJson } from './http/ask-json.ts';

/** Rejects unless the document is there. */
export type ReadDocument = (url: string, signal: AbortSignal) => Promise<object>;

export const createReadDocument =
  (askJson: AskJson): ReadDocument =>
  async (url, signal) => {
    const reply = await askJson({ method: 'GET', url, headers: { accept: 'application/json' }, signal });
    if (reply.kind !== 'reply') throw new Error(`The issuer did not answer: ${reply.trouble}.`);
    const { status, json } = reply;
    if (status !== 200 || json === undefined)
      throw new Error(`The issuer answered ${String(status)} without a document.`);
    return json;
  };

export interface SigningKeysDeps {
  readonly url: URL;
  readonly now: () => Date;
  readonly read: ReadDocument;
}

/** The keys could not be had, which says nothing about the token. */
export class KeysUnreachable extends Error {
  override readonly name = 'KeysUnreachable';
}

const hour = 3_600_000;
const keysStaleAfter = 24 * hour;

const saysAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

export interface SigningKeys {
  readonly keyFor: JWTVerifyGetKey;
  /** A token is expected: its keys are fetched meanwhile, where they are not known. Never throws. */
  readonly fetchAhead: () => void;
}

/** Asked for anew each hour and for an unknown key id, and good for a day when that fails. */
export function createSigningKeys({ url, now, read }: SigningKeysDeps): SigningKeys {
  const keys = createRemoteJWKSet(url, {
    cacheMaxAge: Infinity,
    timeoutDuration: 5_000,
    cooldownDuration: 30_000,
    [customFetch]: async (from, { signal }) => Response.json(await read(from, signal)),
  });
  let askedAt = -Infinity;
  let fetchedAt = -Infinity;
  const fetchWhenOld = async (): Promise<void> => {
    const at = now().getTime();
    const isStale = (): boolean => at - fetchedAt > keysStaleAfter;
    if (!isStale() && at - askedAt <= hour) return;
    askedAt = at;
    // One that is under way is joined.
    await keys.reload().then(
      () => (fetchedAt = at),
      (cause: unknown) => {
        if (isStale()) throw new KeysUnreachable('The signing keys are out of reach.', { cause });
      },
    );
  };
  return {
    keyFor: async (header, token) => {
      await fetchWhenOld();
      return keys(header, token).catch((cause: unknown) => {
        throw saysAboutToken(cause)
          ? cause
          : new KeysUnreachable('The signing keys are out of reach.', { cause });
      });
    },
    // Who needs them next asks again, and is told.
    fetchAhead: () => void fetchWhenOld().catch(() => undefined),
  };
}
