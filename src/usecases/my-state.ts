/** Tells a person how their things with the bot stand, under a reference by which its operator finds them in the log. */
import { isOpen, waitsForPerson, type ExportJob, type Requester } from '../domain/exports/export-job.ts';
import type { Chance, Clock, Log, Stores } from '../ports/runtime.ts';
import type { UserTokens } from '../ports/user-tokens.ts';

export interface MyStateDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly tokens: Pick<UserTokens, 'holds'>;
  readonly chance: Pick<Chance, 'newId'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info'>;
  readonly versions: Versions;
}

interface Versions {
  readonly bot: string;
  readonly node: string;
  readonly database: 'embedded' | 'postgres';
}

interface StateOfPerson {
  /** Eight characters. */
  readonly reference: string;
  readonly at: Date;
  readonly versions: Versions;
  readonly signedIn: boolean;
  readonly open: number;
  /** Of the open ones. */
  readonly waitForSignIn: number;
  /** Exports that have failed or were put aside, the newest first; at most three. */
  readonly troubles: readonly ExportJob[];
}

export type TellMyState = (who: { readonly requester: Requester }) => Promise<StateOfPerson>;

const maxLooked = 50;
const maxTroubles = 3;

export function createTellMyState(deps: MyStateDeps): TellMyState {
  const { stores, tokens, chance, clock, log, versions } = deps;
  return async function tellMyState({ requester }) {
    const [signedIn, exports] = await Promise.all([
      tokens.holds(requester),
      stores.exports.recentOf(requester, maxLooked),
    ]);
    const open = exports.filter(isOpen);
    const troubles = exports
      .filter(({ state }) => state.status === 'failed' || state.status === 'parked')
      .slice(0, maxTroubles);
    const told = {
      reference: chance.newId().slice(0, 8),
      signedIn,
      open: open.length,
      waitForSignIn: open.filter(waitsForPerson).length,
    };
    const { tenantId } = requester;
    log.info({ ...told, tenantId, exportIds: troubles.map(({ id }) => id) }, 'somebody asked what to quote');
    return { ...told, at: clock.now(), versions, troubles };
  };
}
