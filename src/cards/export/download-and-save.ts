/** Builds the link to a one-time download page, and the choices of *Save to OneDrive*. */
import type { CardButton, Container, Fold } from '../blocks/adaptive-card.ts';
import { fold, linkButton, paragraph } from '../blocks/card-blocks.ts';
import { localTime } from '../blocks/local-time.ts';

/** A one-time link, just made for one person. */
export interface DownloadLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Stands beside all that the card says anyway. @param more buttons beside the link */
export function downloadPageBlock(
  { url, expiresAt }: DownloadLink,
  more: readonly CardButton[] = [],
): Container {
  const until = localTime(expiresAt);
  return {
    type: 'Container',
    style: 'emphasis',
    spacing: 'Medium',
    items: [
      paragraph(`The link works${until === undefined ? '' : ` until ${until},`} once for each format.`),
      {
        type: 'ActionSet',
        spacing: 'Small',
        actions: [...linkButton('Open download page', url, 'positive'), ...more],
      },
    ],
  };
}

/** @param choices the buttons to save a workbook, a CSV, the original */
export const saveFold = (choices: readonly CardButton[]): readonly Fold[] =>
  choices.length === 0
    ? []
    : fold('save-to-onedrive', 'Save to OneDrive', [
        paragraph('What shall I save? I’ll ask once more before anything is stored in your OneDrive.'),
        { type: 'ActionSet', spacing: 'Small', actions: choices },
      ]);
