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

/** What still serves people now that the service is retired. */
export const sendFileSteps: readonly CardElement[] = [
  heading('Or send a file'),
  paragraph(
    'Send me a CSV or Excel file that you exported from Viva Goals earlier, here in our personal chat: I tell you what it says and what changed since the last one, and make a workbook of it.',
  ),
];

/** Where others are: Teams does not give a bot the files there. */
export const sendFileElsewhere = 'Files don’t reach me here: Teams hands them to me in a personal chat only.';

/** A warning where we know that it concerns the reader, else a footnote. */
export const retirementNews = (forCertain: boolean): CardElement =>
  forCertain
    ? {
        ...{ type: 'Container', style: 'warning', spacing: 'Medium' },
        items: [
          paragraph(
            `Microsoft retired Viva Goals on ${retiredOn}, and Microsoft Graph no longer offers exports to your organisation. Files exported earlier stay valid: send me one in our personal chat, and I tell you what it says.`,
          ),
        ],
      }
    : footnote(
        `Microsoft retired Viva Goals on ${retiredOn}; whether an export still works depends on your organisation.`,
      );
