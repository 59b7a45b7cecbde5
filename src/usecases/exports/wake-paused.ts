/** Wakes what was paused for an operator's fault once that is mended: asked at the start and once a minute. */
import type { Clock, Log, Stores } from '../../ports/runtime.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import type { Advance } from '../machine/advance.ts';

export interface WakePausedDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly tokens: Pick<UserTokens, 'isAppMended'>;
  readonly advance: Advance;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly allowedTenants: ReadonlySet<string>;
}

export type WakePaused = () => Promise<void>;

/** Milliseconds. */
const minute = 60_000;
const longestPause = 24 * 60 * minute;

interface Wake {
  readonly at: number;
  /** The tenant is not woken again for so long; doubled while the fault only seems to be mended. */
  readonly pause: number;
  readonly isOver: boolean;
}

export function createWakePaused(deps: WakePausedDeps): WakePaused {
  const wakes = new Map<string, Wake>();

  /** A wake that broke off goes on in the next round. */
  async function beginWake(tenantId: string): Promise<Wake | undefined> {
    const last = wakes.get(tenantId);
    if (last?.isOver === false) return last;
    const at = deps.clock.now().getTime();
    if (last !== undefined && Math.abs(at - last.at) < last.pause) return undefined;
    if (!(await deps.tokens.isAppMended(tenantId))) return undefined;
    const isSoonAgain = last !== undefined && at - last.at < 4 * last.pause;
    return { at, pause: isSoonAgain ? Math.min(longestPause, 2 * last.pause) : minute, isOver: false };
  }

  async function wakeTenant(tenantId: string, ids: readonly string[]): Promise<void> {
    const wake = await beginWake(tenantId);
    if (wake === undefined) return;
    wakes.set(tenantId, wake);
    deps.log.info({ tenantId, exports: ids.length }, 'Entra ID takes this app: what was paused goes on');
    // Left to the queue, which starts only so many at a time.
    for (const id of ids) await deps.advance(id, { type: 'resumed' }, { leave: ['startNow', 'showCards'] });
    wakes.set(tenantId, { ...wake, isOver: true });
  }

  return async function wakePaused() {
    const paused = Map.groupBy(await deps.stores.exports.pausedForOperator(), ({ tenantId }) => tenantId);
    const served = [...paused].filter(([tenantId]) => deps.allowedTenants.has(tenantId));
    const woken = served.map(([tenantId, exports]) =>
      wakeTenant(
        tenantId,
        exports.map(({ id }) => id),
      ).catch((err: unknown) => {
        deps.log.warn({ tenantId, err }, 'what was paused for an operator’s fault could not be woken');
      }),
    );
    await Promise.all(woken);
  };
}
