/** Reads what an answer of the connector means for the message that was sent. Rows C1–C8 of the fault table. */
import { parseRetryAfter } from '../../domain/retry-limits.ts';
import { present } from '../../domain/present.ts';
import type { SendOutcome } from '../../ports/messenger.ts';
import { BotTokenError, ConnectorError } from './connector-client.ts';
import { neverConnected, type How } from './retry-policy.ts';

export type Delivery = SendOutcome | { readonly kind: 'tooLarge' };

/** Long enough for an operator to notice, short enough not to strand anybody. */
const secondsUntilOperator = 300;

/** @param cause what the connector client threw */
export function readFault(cause: unknown, how: How, now: Date): Delivery {
  if (cause instanceof BotTokenError) return { kind: 'busy' };
  if (!(cause instanceof ConnectorError))
    return neverConnected(cause) ? { kind: 'busy' } : { kind: 'unknown' };
  const { status, body } = cause.answer;
  const retryAfter = parseRetryAfter(cause.answer.retryAfter, now);
  const verdict = readStatus(status);
  if (verdict !== 'byItsCode')
    return verdict === 'busy' ? { kind: 'busy', ...present({ retryAfter }) } : verdict;
  if (mayNotWrite.test(body)) return { kind: 'blocked' };
  if (isNotThere.test(body)) return { kind: 'gone' };
  return how === 'change' ? { kind: 'refused' } : { kind: 'busy', ...present({ retryAfter }) };
}

function readStatus(status: number): Delivery | 'busy' | 'byItsCode' {
  switch (status) {
    case 401:
      return { kind: 'busy', retryAfter: secondsUntilOperator };
    case 403:
    case 404:
      return 'byItsCode';
    // Not taken: the gateways' 502 and 504 are what leaves it open.
    case 503:
    case 412:
    case 429:
      return 'busy';
    case 413:
      return { kind: 'tooLarge' };
    case 408:
      return { kind: 'unknown' };
    default:
      // 400 for an id that the connector does not know: it will not know it later either.
      return { kind: status >= 400 && status < 500 ? 'gone' : 'unknown' };
  }
}

/** A code as a whole value, wherever it stands: nested, in any case, or in JSON within a string, as Teams writes `subCode`. */
const anyOf = (...codes: readonly string[]): RegExp => new RegExp(`"(?:${codes.join('|')})\\\\*"`, 'i');

/**
 * Codes by which the connector says that the bot may not write to a conversation. Any other, `ServiceError` and codes to come
 * included, speaks of the one request: changing a message that somebody deleted is answered with 403 `ServiceError`.
 * Sources: learn.microsoft.com, "Status codes from bot conversational APIs" and "Understand who blocked, muted, or uninstalled a bot".
 */
const mayNotWrite = anyOf(
  'BotDisabledByAdmin',
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'ForbiddenOperationException',
  // Its address was changed: the next message from there brings the new one.
  'InvalidBotApiHost',
  'MessageWritesBlocked',
);

const isNotThere = anyOf('ActivityNotFoundInConversation', 'ConversationNotFound');
