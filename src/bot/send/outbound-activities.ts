/**
 * Shapes what the bot sends: a card alone with its summary, plain text, and the cards of Teams that ask for a file's place or a
 * sign-in. Sources: Bot Framework activity schema; "Send and receive files from your bot" (learn.microsoft.com/microsoftteams/platform).
 */
import { summaryOf, type Card } from '../../cards/blocks/adaptive-card.ts';
import { plainText } from '../../cards/blocks/untrusted-text.ts';
import { savedCard } from '../../cards/own-file/save-cards.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { UploadTarget } from '../../ports/people-files.ts';
import { sharedSignInPrompt, signInPrompt, type SignInPrompt } from '../../cards/talk/sign-in-cards.ts';
import type { SignInRequest } from '../../ports/sign-ins.ts';
import type { Words } from '../../words/words.ts';

interface Attachment {
  readonly contentType: string;
  readonly content: object;
  readonly name?: string;
  readonly contentUrl?: string;
}

export interface OutboundActivity {
  readonly type: 'message';
  readonly text?: string;
  readonly textFormat?: 'plain';
  /** What a notification shows. */
  readonly summary?: string;
  readonly attachments?: readonly Attachment[];
  readonly channelData?: { readonly notification: { readonly alert: true } };
}

const adaptiveCardType = 'application/vnd.microsoft.card.adaptive';

/** A card travels alone: with text beside it Teams makes two messages, and the id names only one. */
export const cardActivity = (card: Card): OutboundActivity => ({
  type: 'message',
  summary: summaryOf(card),
  attachments: [{ contentType: adaptiveCardType, content: card }],
});

export const textActivity = (text: string): OutboundActivity => ({
  type: 'message',
  text,
  textFormat: 'plain',
});

/** The offer's id is all it carries: whoever answers is checked against it. */
export const consentActivity = (
  { saving }: Words,
  offer: { readonly offerId: string; readonly fileName: string; readonly bytes: number },
): OutboundActivity => ({
  type: 'message',
  summary: saving.mayISave(plainText(offer.fileName)),
  attachments: [
    {
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: offer.fileName,
      content: {
        description: saving.shallISave,
        sizeInBytes: offer.bytes,
        acceptContext: { offerId: offer.offerId },
        declineContext: { offerId: offer.offerId },
      },
    },
  ],
});

/** @param target as Teams gave it with the consent; without the file's id, Teams' own card of the file shows nothing */
export function savedActivity(
  words: Words,
  { name, contentUrl, uniqueId, fileType }: UploadTarget,
): OutboundActivity {
  if (uniqueId === undefined) return cardActivity(savedCard(words, name, contentUrl));
  return {
    type: 'message',
    summary: words.saving.saved(plainText(name)),
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        name,
        contentUrl,
        content: { uniqueId, fileType: fileType ?? endingOf(name) },
      },
    ],
  };
}

const endingOf = (name: string): string => /\.([^.]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Connectors of the government clouds, where Teams has no consent cards for bots. */
const governmentHost = /(^|\.)(gcc\.teams\.microsoft\.com|teams\.microsoft\.us|botframework\.azure\.us)$/;

/** Whether a file can be saved to the person's OneDrive from this conversation. */
export const canSaveFrom = ({ kind, serviceUrl }: Conversation): boolean =>
  kind === 'personal' && URL.canParse(serviceUrl) && !governmentHost.test(new URL(serviceUrl).hostname);

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

/** Silent where Teams can, a button everywhere: Teams SSO for bots. */
export function signInActivity(
  words: Words,
  deps: SignInActivityDeps,
  request: SignInRequest,
): OutboundActivity {
  const { conversation, cause, person } = request;
  const prompt =
    conversation.kind === 'personal' ? signInPrompt(words, cause) : sharedSignInPrompt(words, person.name);
  const content = oauthCard(deps, request, prompt);
  return {
    type: 'message',
    summary: content.text,
    attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content }],
  };
}
