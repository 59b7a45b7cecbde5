/** Answers for leaving Entra ID alone while it refuses the app itself: each renewal would be in vain. Whoever signs in is not held up. */
import type { Clock } from '../../../ports/runtime.ts';

export interface AppHold {
  /** The app's own proof or registration was refused in the tenant. */
  readonly begin: (tenantId: string) => void;
  /** Entra ID has taken it, or nobody knows. */
  readonly end: (tenantId: string) => void;
  /**
   * `refused` for a minute. Then one may `ask`, which shows how it stands; the others `wait` for what comes of it, for as
   * long as an answer usually takes.
   */
  readonly mayAsk: (tenantId: string) => 'ask' | 'wait' | 'refused';
  /** Somebody has acted on its being taken. */
  readonly settle: (tenantId: string) => void;
  /** It was settled since it was last refused, and since this process began. */
  readonly isSettled: (tenantId: string) => boolean;
}

/** Milliseconds. */
const lasts = 60_000;
const answeredWithin = 10_000;
const mostRemembered = 10_000;

interface Refusal {
  readonly at: number;
  askedAgainAt?: number;
}

export function createAppHold({ now }: Clock): AppHold {
  const refusals = new Map<string, Refusal>();
  const settled = new Set<string>();
  const isWithin = (milliseconds: number, since = Number.NEGATIVE_INFINITY): boolean => {
    const age = now().getTime() - since;
    return age >= 0 && age < milliseconds;
  };
  return {
    begin: (tenantId) => {
      if (refusals.size >= mostRemembered) refusals.clear();
      settled.delete(tenantId);
      refusals.set(tenantId, { at: now().getTime() });
    },
    end: (tenantId) => void refusals.delete(tenantId),
    mayAsk: (tenantId) => {
      const refusal = refusals.get(tenantId);
      if (refusal === undefined) return 'ask';
      if (isWithin(lasts, refusal.at)) return 'refused';
      if (isWithin(answeredWithin, refusal.askedAgainAt)) return 'wait';
      refusal.askedAgainAt = now().getTime();
      return 'ask';
    },
    settle: (tenantId) => void settled.add(tenantId),
    isSettled: (tenantId) => settled.has(tenantId),
  };
}
