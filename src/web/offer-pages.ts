/** Builds the page that asks before a file is handed over: link scanners open pages, but do not press buttons. */
import { fileFormats, type FileFormat } from '../domain/okrs/file/okr-file.ts';
import type { Words } from '../words/words.ts';
import { html, type Html } from './html.ts';
import type { Page } from './page.ts';

type OfferWords = Words['pages']['offer'];

const choice = (
  { formats, ...offer }: OfferWords,
  format: FileFormat,
  look: 'button' | 'button plain',
): Html =>
  html`<button
      class="${look}"
      type="submit"
      formaction="?format=${format}"
      data-format="${format}"
      data-preparing="${offer.preparingFormat(formats[format].title)}"
      data-fetching="${offer.fetchingFormat(formats[format].title)}"
      aria-describedby="about-${format}"
    >
      ${formats[format].title}
    </button>
    <span class="small" id="about-${format}">${formats[format].tells}</span>`;

const takenChoice = ({ formats, takenAlready }: OfferWords, format: FileFormat): Html =>
  html`<p class="taken">✓ ${formats[format].title}</p>
    <span class="small">${takenAlready}</span>`;

/** The first one that is left stands out. */
function choices(offer: OfferWords, taken: readonly FileFormat[]): Html {
  const first = fileFormats.find((format) => !taken.includes(format));
  return html`<form method="post" class="choices">
      ${fileFormats.map((format) =>
        taken.includes(format)
          ? takenChoice(offer, format)
          : choice(offer, format, format === first ? 'button' : 'button plain'),
      )}
    </form>
    <progress class="preparing" aria-label="${offer.preparing}" hidden></progress>`;
}

const afterDownload = (text: string): Html =>
  html`<p class="small" role="status" data-after-download>${text}</p>`;

/**
 * @param card Adaptive Card, drawn by the page's script without its buttons
 * @param text what the card says, for a browser without scripts
 */
export const confirmPage = (
  { pages: { offer } }: Words,
  given: { readonly card: object; readonly text: string; readonly taken: readonly FileFormat[] },
): Page => ({
  status: 200,
  tone: 'plain',
  title: offer.exportTitle,
  body: html`<div class="card" data-card="${JSON.stringify(given.card)}"><p>${given.text}</p></div>
    ${choices(offer, given.taken)} ${afterDownload(offer.limitsOfExport)}`,
  scripts: ['adaptivecards.js', 'export-card.js', 'take-file.js'],
});

/** @param name plain text, as the person named the file */
export const ownFilePage = (
  { pages: { offer } }: Words,
  name: string,
  taken: readonly FileFormat[],
): Page => ({
  status: 200,
  tone: 'plain',
  title: offer.ownFileTitle,
  body: html`<p>${name}</p>
    ${choices(offer, taken)} ${afterDownload(offer.limitsOfOwnFile)}`,
  scripts: ['take-file.js'],
});
