/** Shapes what the bot sends: a card alone with its summary, or plain text. Source: Bot Framework activity schema. */
import { summaryOf } from '../../cards/blocks/adaptive-card.ts';
import type { Card } from '../../cards/blocks/adaptive-card.ts';

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

export const adaptiveCardType = 'application/vnd.microsoft.card.adaptive';

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
