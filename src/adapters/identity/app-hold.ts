/** Answers for leaving Entra ID alone while it refuses the app itself: each renewal would be in vain. Whoever signs in is not held up. */
import type { Clock } from '../../ports/runtime.ts';

export interface AppHold {
  /** The app's own proof or registration was refused in the tenant. */
  readonly begin: (tenantId: string) => void;
  /** Entra ID has taken it. */
  readonly end: (tenantId: string) => void;
  /** False for the first who asks after a minute: it shows how it stands, and the others wait for it. */
  readonly isOn: (tenantId: string) => boolean;
}

/** Milliseconds. */
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
      if (began === undefined) return false;
      if (age >= 0 && age < lasts) return true;
      since.set(tenantId, now().getTime());
      return false;
    },
  };
}
