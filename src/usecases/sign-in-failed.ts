/** Answers for Teams reporting that its silent sign-in did not work: the prompt comes again, as a button only. */
import type { Requester } from '../domain/exports/export-job.ts';
import { present } from '../domain/present.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { Background, Log, Stores } from '../ports/runtime.ts';
import type { AskSignIn } from './ask-sign-in.ts';

export interface SignInFailedDeps {
  readonly stores: Pick<Stores, 'signIns'>;
  readonly askSignIn: Pick<AskSignIn, 'there'>;
  readonly background: Background;
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

export const createSignInFailed =
  (deps: SignInFailedDeps): SignInFailed =>
  ({ requester, conversation, code }) => {
    deps.log.warn(
      { tenantId: requester.tenantId, failure: code, ...present({ check: forTheOperator[code] }) },
      'Teams reports that the silent sign-in failed',
    );
    deps.background.run('ask with a button', () => askWithButton(deps, requester, conversation, code));
    return Promise.resolve();
  };

/** Each of the person's clients reports the failure: only a prompt that was tried silently is replaced, so that is once. */
async function askWithButton(
  { stores, askSignIn }: SignInFailedDeps,
  requester: Requester,
  conversation: Conversation,
  code: string,
): Promise<void> {
  const asked = await stores.signIns.outstanding(requester, conversation);
  if (asked?.silent !== true) return;
  const cause = code === 'userconsentrequired' && asked.cause === 'signIn' ? 'consent' : asked.cause;
  const question = { cause, silent: false, ...present({ claims: asked.claims }) };
  // What was tried silently may be hidden.
  await askSignIn.there(requester, conversation, question, 'anew');
}
