/** Signs somebody in silently with Teams' token, once for all of their clients; asks with a button when Teams cannot. */
import type { Requester } from '../../domain/exports/export-job.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { ExchangeOutcome } from '../../ports/sign-ins.ts';
import type { SignInAnswer, UserTokens } from '../../ports/user-tokens.ts';
import { present } from '../../domain/present.ts';
import type { AskSignIn } from './ask-sign-in.ts';
import { afterSignIn, isAboutConsent, queueRefusal, type AfterSignInDeps } from './after-sign-in.ts';
import { wantedOf, type WantedSourcesDeps } from './wanted-sources.ts';

export interface ExchangeSsoDeps extends WantedSourcesDeps, AfterSignInDeps {
  readonly stores: Pick<Stores, 'exchanges' | 'signIns' | 'exports'>;
  readonly tokens: Pick<UserTokens, 'exchange' | 'holds'>;
  readonly transact: Transact;
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
    // Beside the claim: whoever does not get it has looked in vain.
    const looked = look(deps, given);
    looked.catch(() => undefined);
    const { requester, exchangeId } = given;
    return deps.stores.exchanges.once(requester, exchangeId, async () => exchange(deps, given, await looked));
  };
}

const look = (deps: ExchangeSsoDeps, { requester, conversation }: Given) =>
  Promise.all([
    deps.stores.signIns.outstanding(requester, conversation),
    wantedOf(deps, requester),
    afterSignIn(deps, requester, 'silent'),
  ]);

async function exchange(
  deps: ExchangeSsoDeps,
  { requester, ssoToken }: Given,
  [asked, wanted, after]: Awaited<ReturnType<typeof look>>,
): Promise<ExchangeOutcome> {
  // In a group everybody's Teams sees the question: nobody is signed in who was not asked.
  if (asked === undefined) return (await deps.tokens.holds(requester)) ? 'signedIn' : 'refused';
  const claims = asked.claims ?? wanted.claims;
  const refused: Refused[] = [];
  for (const { name, scopes } of wanted.sources) {
    const grant = { ssoToken, scopes, ...present({ claims }) };
    const answer = await deps.tokens.exchange(requester, grant, after.alongside);
    const tried = { tenantId: requester.tenantId, source: name, exchange: answer.kind };
    if (answer.kind === 'signedIn') after.act();
    deps.log.info(tried, 'a silent sign-in was tried');
    if (!isAboutConsent(answer)) {
      await queueRefusal(deps, requester, answer);
      return outcomeOf(answer);
    }
    refused.push({ name, answer });
  }
  // None was let in: each export hears what its own source needs.
  for (const { name, answer } of refused) await queueRefusal(deps, requester, answer, name);
  return 'interactionNeeded';
}

interface Refused {
  readonly name: string;
  readonly answer: SignInAnswer;
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

export interface SignInFailedDeps {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
}

export type SignInFailed = (given: {
  readonly requester: Requester;
  readonly conversation: Conversation;
  /** Teams' word, e.g. `resourcematchfailed`. */
  readonly code: string;
}) => Promise<void>;

/** Codes that no person can help: the package and the registration do not fit, or a card of ours is wrong. */
const forTheOperator: Readonly<Record<string, string>> = {
  resourcematchfailed:
    'AAD_APP_ID_URI must be the webApplicationInfo.resource of the installed app package, and the Application ID URI of its registration',
  installappfailed: 'Teams could not install the app for the person: check the app setup policies',
  installedappnotfound: 'the app is not installed there: the manifest must declare the personal scope',
  oauthcardnotvalid: 'Teams does not take the sign-in card',
  tokenmissing:
    'Teams had no token for the app: check that the Teams clients are pre-authorised for access_as_user',
};

export function createSignInFailed({ transact, clock, log }: SignInFailedDeps): SignInFailed {
  return async function signInFailed({ requester: person, conversation, code }) {
    log.warn(
      { tenantId: person.tenantId, failure: code, ...present({ check: forTheOperator[code] }) },
      'Teams reports that the silent sign-in failed',
    );
    await transact(({ queue }) =>
      queue.scheduleTask({ kind: 'askWithButton', person, conversation, code }, clock.now()),
    );
  };
}

export interface AskWithButtonDeps {
  readonly stores: Pick<Stores, 'signIns'>;
  readonly askSignIn: Pick<AskSignIn, 'inConversation'>;
}

/** Each of the person's clients reports the failure: only a prompt that was tried silently is replaced, so that is once. */
export type AskWithButton = (
  requester: Requester,
  conversation: Conversation,
  code: string,
) => Promise<number | undefined>;

export function createAskWithButton({ stores, askSignIn }: AskWithButtonDeps): AskWithButton {
  return async function askWithButton(requester, conversation, code) {
    const asked = await stores.signIns.outstanding(requester, conversation);
    if (asked === undefined || (!asked.silent && asked.isBehind !== true)) return undefined;
    const cause = code === 'userconsentrequired' && asked.cause === 'signIn' ? 'consent' : asked.cause;
    const question = { cause, silent: false, ...present({ claims: asked.claims }) };
    // What was tried silently may be hidden.
    return askSignIn.inConversation(requester, conversation, question, 'anew');
  };
}
