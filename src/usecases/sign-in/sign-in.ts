/** Asks somebody to sign in because they want to, though nothing waits for it. */
import type { Requester } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import type { AskSignIn } from './ask-sign-in.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';

export interface SignInDeps {
  readonly tokens: Pick<UserTokens, 'tokenFor'>;
  readonly askSignIn: Pick<AskSignIn, 'there'>;
}

/** `asked`: the question stands in the conversation. */
export type SignIn = (given: {
  readonly requester: Requester;
  readonly conversation: Conversation;
}) => Promise<'asked' | 'signedIn' | 'unavailable'>;

const patienceMilliseconds = 2000;

export function createSignIn({ tokens, askSignIn }: SignInDeps): SignIn {
  return async function signIn({ requester, conversation }) {
    const token = await withTimeout(patienceMilliseconds, tokens.tokenFor(requester));
    if (token?.kind === 'token') return 'signedIn';
    if (token?.kind !== 'signInRequired') return 'unavailable';
    const { cause, claims } = token;
    const question = { cause, silent: cause === 'signIn', ...present({ claims }) };
    await askSignIn.there(requester, conversation, question, 'again');
    return 'asked';
  };
}
