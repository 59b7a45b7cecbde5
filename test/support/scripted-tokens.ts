/** Sign-ins in memory behind the port UserTokens: who is signed in, and a script that can answer in its place. */
import type { Person } from '../../src/domain/exports/export-job.ts';
import type { SignInAnswer, TokenAnswer, UserTokens } from '../../src/ports/user-tokens.ts';

type Options = Parameters<UserTokens['tokenFor']>[1];

export interface ScriptedTokens extends UserTokens {
  /** Each entry answers one `tokenFor`, in order. */
  readonly script: (() => TokenAnswer | Promise<TokenAnswer>)[];
  /** What the next exchange or redemption comes to; signed in when empty. */
  readonly signIns: SignInAnswer[];
  readonly asked: Options[];
  /** Whether Entra ID takes the app's own secret. */
  readonly app: { isAccepted: boolean };
  readonly signIn: (person: Person) => void;
  readonly signOut: (person: Person) => void;
}

export function createScriptedTokens(): ScriptedTokens {
  const held = new Set<string>();
  const script: ScriptedTokens['script'] = [];
  const signIns: SignInAnswer[] = [];
  const asked: Options[] = [];
  const app = { isAccepted: true };
  const accept = (person: Person): Promise<SignInAnswer> => {
    const answer = signIns.shift() ?? { kind: 'signedIn' };
    if (answer.kind === 'signedIn') held.add(person.userId);
    return Promise.resolve(answer);
  };
  return {
    ...{ script, signIns, asked, app },
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
    exchange: accept,
    redeem: accept,
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
    knowsTenant: () => Promise.resolve(true),
    isConsentState: (_tenantId, state) => state === 'consent-state',
    adminConsentUrl: (tenantId) => `https://login.example/${tenantId}/adminconsent`,
  };
}
