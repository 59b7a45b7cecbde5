/** Asks for a sign-in that no export waits for: because the person wants to, or in the answer of a button that needs a token. */
import type { Requester } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Chance, Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { ExportSource } from '../../ports/export-source.ts';
import type { SignInRequest } from '../../ports/sign-ins.ts';
import type { TokenAnswer, UserTokens } from '../../ports/user-tokens.ts';
import type { AskSignIn, SignInQuestion } from './ask-sign-in.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';
import { isAboutConsent } from './after-sign-in.ts';
import { wantedSources, type WantedSourcesDeps } from './wanted-sources.ts';

export interface AskOnCardDeps extends WantedSourcesDeps {
  readonly stores: Pick<Stores, 'signIns' | 'exports'>;
  readonly tokens: Pick<UserTokens, 'tokenFor'>;
  readonly chance: Pick<Chance, 'newSecret'>;
  readonly clock: Clock;
  readonly transact: Transact;
}

interface Given {
  readonly requester: Requester;
  readonly conversation: Conversation;
  /** Whose file is wanted. */
  readonly exportId?: string;
}

/** Undefined when the button may simply act: there is a token, no file to fetch with one, or a prompt stands there already. */
export type AskOnCard = (given: Given) => Promise<SignInRequest | undefined>;

const patienceMilliseconds = 2000;

export function createAskOnCard(deps: AskOnCardDeps): AskOnCard {
  return async function askOnCard({ requester, conversation, exportId }) {
    const sources = await (exportId === undefined
      ? wantedSources(deps, requester)
      : sourcesOfFile(deps, requester, exportId));
    if (sources.length === 0) return undefined;
    const token = tokenForAny(deps, requester, sources);
    const question = questionBy(await withTimeout(patienceMilliseconds, token));
    if (question === undefined) return undefined;
    const asked = await deps.stores.signIns.ask({
      id: deps.chance.newSecret(),
      person: requester,
      conversation,
      askedAt: deps.clock.now(),
      ...question,
      onCard: true,
    });
    if (asked.isNew) return asked.request;
    // Pressed again, because the client showed nothing or the person looked away: ask in a message.
    if (asked.request.onCard === true)
      await deps.transact(({ queue }) =>
        queue.scheduleTask({ kind: 'askAgain', person: requester, conversation, question }, deps.clock.now()),
      );
    return undefined;
  };
}

/** Somebody else's export is no reason to sign in. */
async function sourcesOfFile(
  { stores, sources }: AskOnCardDeps,
  requester: Requester,
  exportId: string,
): Promise<readonly ExportSource[]> {
  const job = await stores.exports.loadOwn(requester, exportId);
  return job?.state.status === 'ready' ? sources.all.filter(({ name }) => name === job.target.source) : [];
}

/** Whoever has allowed one source is signed in; else what the first one lacks. */
async function tokenForAny(
  { tokens }: Pick<AskOnCardDeps, 'tokens'>,
  person: Requester,
  sources: readonly ExportSource[],
): Promise<TokenAnswer | undefined> {
  let first: TokenAnswer | undefined;
  for (const { scopes } of sources) {
    const answer = await tokens.tokenFor(person, { scopes });
    if (!isAboutConsent(answer)) return answer;
    first ??= answer;
  }
  return first;
}

function questionBy(answer: TokenAnswer | undefined): SignInQuestion | undefined {
  if (answer?.kind !== 'signInRequired') return undefined;
  const { cause, claims } = answer;
  return { cause, silent: cause === 'signIn', ...present({ claims }) };
}

export interface SignInDeps extends WantedSourcesDeps {
  readonly tokens: Pick<UserTokens, 'tokenFor'>;
  readonly askSignIn: Pick<AskSignIn, 'inConversation'>;
}

/** `asked`: the question stands in the conversation. */
export type SignIn = (given: {
  readonly requester: Requester;
  readonly conversation: Conversation;
}) => Promise<
  | { readonly kind: 'asked' | 'signedIn' | 'unavailable' }
  | Extract<TokenAnswer, { readonly kind: 'operatorFault' }>
>;

export function createSignIn(deps: SignInDeps): SignIn {
  return async function signIn({ requester, conversation }) {
    const token = await withTimeout(
      patienceMilliseconds,
      tokenForAny(deps, requester, await wantedSources(deps, requester)),
    );
    if (token?.kind === 'operatorFault') return token;
    if (token?.kind === 'token') return { kind: 'signedIn' };
    const question = questionBy(token);
    if (question === undefined) return { kind: 'unavailable' };
    await deps.askSignIn.inConversation(requester, conversation, question, 'again');
    return { kind: 'asked' };
  };
}
