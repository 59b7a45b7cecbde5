/** Shapes the question to sign in: silent where Teams can, a button everywhere. Source: OAuthCard, Teams SSO for bots. */
import type { SignInPrompt } from '../../cards/talk/sign-in-cards.ts';
import { sharedSignInPrompt, signInPrompt } from '../../cards/talk/sign-in-cards.ts';
import type { SignInRequest } from '../../ports/sign-ins.ts';
import type { OutboundActivity } from './outbound-activity.ts';

/** One name everywhere; Teams only hands it back. */
export const connectionName = 'goals-graph';

export interface SignInActivityDeps {
  /** UUID. */
  readonly newId: () => string;
  /** `AAD_APP_ID_URI`: what the silent token is made for. */
  readonly appIdUri: string;
  readonly signInUrl: (requestId: string) => string;
}

/** Source: `OAuthCard` of the Bot Framework activity schema. */
export function oauthCard(
  deps: SignInActivityDeps,
  { id, silent, conversation }: SignInRequest,
  { text, button }: SignInPrompt,
) {
  // In a channel Teams answers an offer of the silent way with `resourcematchfailed`.
  const isSilent = silent && conversation.kind !== 'channel';
  return {
    text,
    connectionName,
    ...(isSilent && { tokenExchangeResource: { id: deps.newId(), uri: deps.appIdUri } }),
    buttons: [{ type: 'signin', title: button, value: deps.signInUrl(id) }],
  };
}

export function signInActivity(deps: SignInActivityDeps, request: SignInRequest): OutboundActivity {
  const { conversation, cause, person } = request;
  const prompt = conversation.kind === 'personal' ? signInPrompt(cause) : sharedSignInPrompt(person.name);
  const content = oauthCard(deps, request, prompt);
  return {
    type: 'message',
    summary: content.text,
    attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content }],
  };
}
