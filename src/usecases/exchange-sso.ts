/** Answers for Teams' silent sign-in: one exchange for all of a person's clients, and its outcome for each of them. */
import type { Requester } from '../domain/exports/export-job.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { Background, Log, Stores } from '../ports/runtime.ts';
import type { ExchangeOutcome } from '../ports/sign-ins.ts';
import type { SignInAnswer, UserTokens } from '../ports/user-tokens.ts';
import { awaitedClaims } from './awaited-claims.ts';
import type { ResumeWaiting } from './resume-waiting.ts';
import type { SignInRefused } from './sign-in-refused.ts';

export interface ExchangeSsoDeps {
  readonly stores: Pick<Stores, 'exchanges' | 'signIns' | 'exports'>;
  readonly tokens: Pick<UserTokens, 'exchange' | 'holds'>;
  readonly background: Background;
  readonly resumeWaiting: ResumeWaiting;
  readonly signInRefused: SignInRefused;
  readonly log: Log;
}

interface Given {
  readonly requester: Requester;
  /** Where the question stands that Teams answers. */
  readonly conversation: Conversation;
  readonly exchangeId: string;
  readonly ssoToken: string;
}

export type ExchangeSso = (given: Given) => Promise<ExchangeOutcome>;

export const createExchangeSso =
  (deps: ExchangeSsoDeps): ExchangeSso =>
  (given) =>
    deps.stores.exchanges.once(given.requester, given.exchangeId, () => exchange(deps, given));

async function exchange(
  deps: ExchangeSsoDeps,
  { requester, conversation, ssoToken }: Given,
): Promise<ExchangeOutcome> {
  const asked = await deps.stores.signIns.outstanding(requester, conversation);
  // In a group everybody's Teams sees the question: nobody is signed in who was not asked.
  if (asked === undefined) return (await deps.tokens.holds(requester)) ? 'signedIn' : 'refused';
  const claims = asked.claims ?? (await awaitedClaims(deps.stores, requester));
  const answer = await deps.tokens.exchange(requester, ssoToken, claims);
  deps.log.info({ tenantId: requester.tenantId, exchange: answer.kind }, 'a silent sign-in was tried');
  if (answer.kind === 'signedIn') deps.background.run('resume', () => deps.resumeWaiting(requester));
  else deps.background.run('sign-in refused', () => deps.signInRefused(requester, answer));
  return outcomeOf(answer);
}

function outcomeOf(answer: SignInAnswer): ExchangeOutcome {
  switch (answer.kind) {
    case 'signedIn':
      return 'signedIn';
    case 'signInRequired':
      return 'interactionNeeded';
    case 'wrongPerson':
    case 'notAccepted':
    case 'userGone':
      return 'refused';
    case 'operatorFault':
    case 'unavailable':
      return 'unavailable';
  }
}
