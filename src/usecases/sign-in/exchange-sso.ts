/** Signs somebody in silently with Teams' token: one exchange for all of their clients, and its outcome for each of them. */
import type { Requester } from '../../domain/exports/export-job.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { ExchangeOutcome } from '../../ports/sign-ins.ts';
import type { SignInAnswer, UserTokens } from '../../ports/user-tokens.ts';
import { present } from '../../domain/present.ts';
import { awaitedClaims } from './ask-sign-in.ts';
import { queueAfterSignIn, queueRefusal } from './after-sign-in.ts';

export interface ExchangeSsoDeps {
  readonly stores: Pick<Stores, 'exchanges' | 'signIns' | 'exports'>;
  readonly tokens: Pick<UserTokens, 'exchange' | 'holds'>;
  readonly transact: Transact;
  readonly clock: Clock;
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

export function createExchangeSso(deps: ExchangeSsoDeps): ExchangeSso {
  return function exchangeSso(given) {
    return deps.stores.exchanges.once(given.requester, given.exchangeId, () => exchange(deps, given));
  };
}

async function exchange(
  deps: ExchangeSsoDeps,
  { requester, conversation, ssoToken }: Given,
): Promise<ExchangeOutcome> {
  const asked = await deps.stores.signIns.outstanding(requester, conversation);
  // In a group everybody's Teams sees the question: nobody is signed in who was not asked.
  if (asked === undefined) return (await deps.tokens.holds(requester)) ? 'signedIn' : 'refused';
  const claims = asked.claims ?? (await awaitedClaims(deps.stores, requester));
  const grant = { ssoToken, ...present({ claims }) };
  const answer = await deps.tokens.exchange(requester, grant, queueAfterSignIn(deps, requester));
  deps.log.info({ tenantId: requester.tenantId, exchange: answer.kind }, 'a silent sign-in was tried');
  await queueRefusal(deps, requester, answer);
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
