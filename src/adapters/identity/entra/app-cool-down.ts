/** Leaves Entra ID alone for a minute after it refused the app itself. Whoever signs in is not held up. */
import type { Clock } from '../../../ports/runtime.ts';

export interface AppCoolDown {
  /** The app was refused in the tenant. */
  readonly begin: (tenantId: string) => void;
  /** The app was accepted, or nobody knows. */
  readonly end: (tenantId: string) => void;
  /** `refused` during the cool-down. Then one may `ask`, and the others `wait` for as long as an answer usually takes. */
  readonly mayAsk: (tenantId: string) => 'ask' | 'wait' | 'refused';
  /** Somebody has acted on its being accepted. */
  readonly settle: (tenantId: string) => void;
  /** It was settled since it was last refused, and since this process began. */
  readonly isSettled: (tenantId: string) => boolean;
}

/** Milliseconds. */
const lasts = 60_000;
const answeredWithin = 10_000;
const maxRemembered = 10_000;

interface Refusal {
  readonly at: number;
  askedAgainAt?: number;
}

export function createAppCoolDown({ now }: Clock): AppCoolDown {
  const refusals = new Map<string, Refusal>();
  const settled = new Set<string>();
  const isWithin = (milliseconds: number, since = Number.NEGATIVE_INFINITY): boolean => {
    const age = now().getTime() - since;
    return age >= 0 && age < milliseconds;
  };
  return {
    begin: (tenantId) => {
      if (refusals.size >= maxRemembered) refusals.clear();
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
