/** Keeps sign-ins in memory behind the port UserTokens; a script can answer in its place. */
import type { Person } from '../../../src/domain/exports/export-job.ts';
import type { Transact } from '../../../src/ports/runtime.ts';
import type { Alongside, SignInAnswer, TokenAnswer, UserTokens } from '../../../src/ports/user-tokens.ts';

type Options = Parameters<UserTokens['tokenFor']>[1];

export interface ScriptedTokens extends UserTokens {
  /** The same sign-ins, for a process with transactions of its own. */
  readonly over: (transact: Transact) => UserTokens;
  /** Each entry answers one `tokenFor`, in order. */
  readonly script: (() => TokenAnswer | Promise<TokenAnswer>)[];
  /** What the next exchange or redemption comes to; signed in when empty. */
  readonly signIns: SignInAnswer[];
  readonly asked: Options[];
  /** Whether Entra ID takes the app's own secret. */
  readonly app: { isAccepted: boolean };
  /** Tenants of which it was told since, and since this process began. */
  readonly mended: Set<string>;
  readonly signIn: (person: Person) => void;
  readonly signOut: (person: Person) => void;
}

export function createScriptedTokens(): ScriptedTokens {
  const held = new Set<string>();
  const script: ScriptedTokens['script'] = [];
  const signIns: SignInAnswer[] = [];
  const asked: Options[] = [];
  const app = { isAccepted: true };
  const mended = new Set<string>();
  const noTransact: Transact = () => Promise.reject(new Error('Ask for tokens over a transaction'));
  const acceptOver =
    (transact: Transact) =>
    async (person: Person, _grant: unknown, alongside: Alongside): Promise<SignInAnswer> => {
      const answer = signIns.shift() ?? { kind: 'signedIn' };
      if (answer.kind !== 'signedIn') return answer;
      // Together with the commit: what follows from it finds the tokens.
      await transact(async (stores) => {
        await alongside(stores);
        held.add(person.userId);
      });
      return answer;
    };
  const over = (transact: Transact): UserTokens => ({
    ...tokens,
    exchange: acceptOver(transact),
    redeem: acceptOver(transact),
    forget: async ({ userId }, alongside) => {
      if (alongside === undefined) held.delete(userId);
      else
        await transact(async (stores) => {
          await alongside(stores);
          held.delete(userId);
        });
    },
  });
  const tokens: ScriptedTokens = {
    over,
    script,
    signIns,
    asked,
    app,
    mended,
    signIn: ({ userId }) => held.add(userId),
    signOut: ({ userId }) => held.delete(userId),
    tokenFor: async ({ userId }, options) => {
      asked.push(options);
      await Promise.resolve();
      const instead = script.shift();
      if (instead !== undefined) return instead();
      return held.has(userId)
        ? { kind: 'token', accessToken: `token of ${userId}` }
        : { kind: 'signInRequired', cause: 'signIn' };
    },
    exchange: acceptOver(noTransact),
    expectExchange: () => undefined,
    redeem: acceptOver(noTransact),
    authorizeUrl: (_person, { state, challenge, claims }) =>
      Promise.resolve(
        `https://login.example/authorize?${new URLSearchParams({ state, challenge, claims: claims ?? '' }).toString()}`,
      ),
    forget: ({ userId }) => {
      held.delete(userId);
      return Promise.resolve();
    },
    holds: ({ userId }) => Promise.resolve(held.has(userId)),
    isAppAccepted: () => Promise.resolve(app.isAccepted),
    isAppMended: (tenantId) => {
      if (mended.has(tenantId) || !app.isAccepted) return Promise.resolve(false);
      mended.add(tenantId);
      return Promise.resolve(true);
    },
    knowsTenant: () => Promise.resolve(true),
    isConsentState: (_tenantId, state) => state === 'consent-state',
    adminConsentUrl: (tenantId) => `https://login.example/${tenantId}/adminconsent`,
  };
  return tokens;
}
