/**
 * Shapes the cards with which Teams asks a person to let the bot save a file, and shows the saved one. Source: "Send and receive
 * files from your bot" (learn.microsoft.com/microsoftteams/platform).
 */
import { plainText } from '../../cards/blocks/untrusted-text.ts';
import { savedCard } from '../../cards/own-file/save-cards.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { UploadTarget } from '../../ports/saved-files.ts';
import { cardActivity, type OutboundActivity } from './outbound-activity.ts';

/** The offer's id is all it carries: whoever answers is checked against it. */
export const consentActivity = (offer: {
  readonly offerId: string;
  readonly fileName: string;
  readonly bytes: number;
}): OutboundActivity => ({
  type: 'message',
  summary: `May I save ${plainText(offer.fileName)} to your OneDrive?`,
  attachments: [
    {
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: offer.fileName,
      content: {
        description: 'Shall I save this file to your OneDrive?',
        sizeInBytes: offer.bytes,
        acceptContext: { offerId: offer.offerId },
        declineContext: { offerId: offer.offerId },
      },
    },
  ],
});

/** @param target as Teams gave it with the consent; without the file's id, Teams' own card of the file shows nothing */
export function savedActivity({ name, contentUrl, uniqueId, fileType }: UploadTarget): OutboundActivity {
  if (uniqueId === undefined) return cardActivity(savedCard(name, contentUrl));
  return {
    type: 'message',
    summary: `Saved to your OneDrive: ${plainText(name)}`,
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
