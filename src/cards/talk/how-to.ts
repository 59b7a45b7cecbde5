/** Explains what people get and how an export is started, for the help and welcome cards. */
import type { CardElement } from '../blocks/adaptive-card.ts';
import { footnote, heading, paragraph, row } from '../blocks/card-blocks.ts';
import { retiredOn } from '../export/retirement.ts';

/** Beginning of the help, and of the welcome. */
export const whatYouGet =
  'You get an answer and a file: how your OKRs stand, what changed since last time, and all of it as an Excel workbook or CSV.';

/** Made-up ids; as plain text because it leads nowhere. */
export const exampleAddress: CardElement = {
  type: 'RichTextBlock',
  spacing: 'Small',
  inlines: [
    {
      type: 'TextRun',
      text: 'goals.microsoft.com/…?viewId=…',
      size: 'Small',
      fontType: 'Monospace',
      isSubtle: true,
    },
  ],
};

export const howToSteps: readonly CardElement[] = [
  heading('Three steps'),
  row('1 · Open', 'a saved view in the Viva Goals explorer'),
  row('2 · Copy', 'the whole address from your browser'),
  row('3 · Paste', 'it here. One card shows how far it is, and then the answer and the file.'),
  exampleAddress,
];

/** What still serves people now that the service is retired. */
export const sendFileSteps: readonly CardElement[] = [
  heading('Or send a file'),
  paragraph(
    'Did you export a CSV or Excel file from Viva Goals earlier? Send it to me here and you get the same: the answer, what changed since the last one, and a workbook.',
  ),
];

/** Where others are: Teams does not give a bot the files there. */
export const sendFileElsewhere =
  'I can read files, too, but only in a personal chat: Teams doesn’t give them to me here.';

/** A warning where we know that it concerns the reader, else a footnote. */
export const retirementNews = (forCertain: boolean): CardElement =>
  forCertain
    ? {
        type: 'Container',
        style: 'warning',
        spacing: 'Medium',
        items: [
          paragraph(
            `Microsoft retired Viva Goals on ${retiredOn}, and Microsoft Graph no longer offers exports to your organisation. But I can still read files that were exported earlier: send me one in our personal chat.`,
          ),
        ],
      }
    : footnote(
        `Microsoft retired Viva Goals on ${retiredOn}; whether an export still works depends on your organisation.`,
      );
