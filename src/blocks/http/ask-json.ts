/** Asks for one small document of JSON: an answer of Entra ID, or keys that somebody publishes. */
import type { NetworkFault } from './network-faults.ts';
import { createSendHttp, type ReplyHeaders, type Sending } from './send-http.ts';

export interface JsonReply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: ReplyHeaders;
  /** An object or a list; undefined for all else, for what was cut, and for more than 1 MB. */
  readonly json: object | undefined;
}

/** @param asking its signal limits the whole exchange; a redirect is an answer like any other, and nobody follows it */
export type AskJson = (
  asking: Sending & { readonly signal: AbortSignal },
) => Promise<JsonReply | NetworkFault>;

/** Milliseconds, but for the last one: bytes. */
const limits = { headers: 10_000, idle: 10_000, longest: 1024 * 1024 };

/** Over connections of its own, which outlive a question for a few seconds and keep no process alive. */
export function createAskJson(): AskJson {
  const send = createSendHttp();
  return async function askJson(asking) {
    const sent = await send(asking, limits);
    if (sent.kind !== 'sent') return sent;
    const { status, headers, bytes, body } = sent;
    return { kind: 'reply', status, headers, json: body === 'whole' ? objectIn(bytes) : undefined };
  };
}

/** Leaves a byte order mark out. */
const utf8 = new TextDecoder();

function objectIn(bytes: Uint8Array): object | undefined {
  try {
    const json: unknown = JSON.parse(utf8.decode(bytes));
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
