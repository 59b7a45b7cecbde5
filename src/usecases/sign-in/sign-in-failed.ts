/** Asks again with a button only, once Teams reports that its silent sign-in did not work. */
import type { Requester } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { AskSignIn } from './ask-sign-in.ts';

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
