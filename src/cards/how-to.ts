/** Answers for the explanation of how an export is started, shared by the help and welcome cards. */
import type { CardElement } from './adaptive-card.ts';
import { footnote, heading, paragraph, row } from './card-blocks.ts';
import { retiredOn } from './retirement.ts';

/** Made-up ids; as plain text because it leads nowhere. */
const example: CardElement = {
  type: 'RichTextBlock',
  spacing: 'Small',
  inlines: [
    {
      type: 'TextRun',
      text: 'goals.microsoft.com/…?viewId=…',
      ...{ size: 'Small', fontType: 'Monospace', isSubtle: true },
    },
  ],
};

export const howToSteps: readonly CardElement[] = [
  heading('Three steps'),
  row('1 · Open', 'a saved view in the Viva Goals explorer'),
  row('2 · Copy', 'the whole address from your browser'),
  row('3 · Paste', 'it here. I keep one card up to date until the file is ready.'),
  example,
];

/** A warning where we know that it concerns the reader, else a footnote. */
export const retirementNews = (forCertain: boolean): CardElement =>
  forCertain
    ? {
        ...{ type: 'Container', style: 'warning', spacing: 'Medium' },
        items: [
          paragraph(
            `Microsoft retired Viva Goals on ${retiredOn}, and Microsoft Graph no longer offers exports to your organisation. Files exported earlier stay valid.`,
          ),
        ],
      }
    : footnote(
        `Microsoft retired Viva Goals on ${retiredOn}; whether an export still works depends on your organisation.`,
      );
