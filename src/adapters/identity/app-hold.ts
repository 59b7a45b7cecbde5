/** Answers for leaving Entra ID alone while it refuses the app itself: nobody's token can be had, and each question would be in vain. */
import type { Clock } from '../../ports/runtime.ts';

export interface AppHold {
  /** The app's own proof or registration was refused in the tenant. */
  readonly begin: (tenantId: string) => void;
  /** Entra ID has taken it. */
  readonly end: (tenantId: string) => void;
  readonly isOn: (tenantId: string) => boolean;
}

/** Milliseconds; then one question in each tenant shows how it stands. */
const lasts = 60_000;
const mostRemembered = 10_000;

export function createAppHold({ now }: Clock): AppHold {
  const since = new Map<string, number>();
  return {
    begin: (tenantId) => {
      if (since.size >= mostRemembered) since.clear();
      since.set(tenantId, now().getTime());
    },
    end: (tenantId) => void since.delete(tenantId),
    isOn: (tenantId) => {
      const began = since.get(tenantId);
      const age = now().getTime() - (began ?? 0);
      return began !== undefined && age >= 0 && age < lasts;
    },
  };
}
