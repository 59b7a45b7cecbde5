/** Answers for what an answer of the connector means for the message that was sent. Rows C1–C8 of the fault table. */
import { z } from 'zod';
import { parseRetryAfter } from '../domain/exports/retry-after.ts';
import { present } from '../domain/present.ts';
import type { SendOutcome } from '../ports/messenger.ts';
import { neverConnected } from './delivery-policy.ts';

export type Delivery = SendOutcome | { readonly kind: 'tooLarge' };

/** The bot's own token could not be had: nothing was sent. */
export class BotTokenError extends Error {
  override readonly name = 'BotTokenError';
}

const restError = z.object({
  statusCode: z.number(),
  response: z.object({ headers: z.custom<HeadersLike>(hasGet) }).optional(),
});
interface HeadersLike {
  readonly get: (name: string) => string | undefined;
}

function hasGet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
}

/** Long enough for an operator to notice, short enough not to strand anybody. */
const secondsUntilOperator = 300;

/** @param cause what the connector client threw */
export function readFault(cause: unknown, now: Date): Delivery {
  if (cause instanceof BotTokenError) return { kind: 'busy' };
  const reading = restError.safeParse(cause);
  if (!reading.success) return neverConnected(cause) ? { kind: 'busy' } : { kind: 'unknown' };
  const { statusCode, response } = reading.data;
  return readStatus(statusCode, parseRetryAfter(response?.headers.get('retry-after'), now));
}

function readStatus(status: number, retryAfter: number | undefined): Delivery {
  switch (status) {
    case 401:
      return { kind: 'busy', retryAfter: secondsUntilOperator };
    case 403:
      return { kind: 'blocked' };
    // Not taken: the gateways' 502 and 504 are what leaves it open.
    case 503:
    case 412:
    case 429:
      return { kind: 'busy', ...present({ retryAfter }) };
    case 413:
      return { kind: 'tooLarge' };
    case 408:
      return { kind: 'unknown' };
    default:
      // 404, and 400 for an id that the connector does not know: it will not know it later either.
      return { kind: status >= 400 && status < 500 ? 'gone' : 'unknown' };
  }
}
