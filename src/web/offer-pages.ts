/** Builds the page that asks before a file is handed over: link scanners open pages, but do not press buttons. */
import { fileFormats, type FileFormat } from '../domain/okrs/file/okr-file.ts';
import { html, type Html } from './html.ts';
import type { Page } from './page.ts';

export const formatWords: Readonly<Record<FileFormat, { readonly title: string; readonly tells: string }>> = {
  workbook: {
    title: 'Excel workbook',
    tells: 'Summary, OKR tree, check-ins and changes on sheets of their own.',
  },
  spreadsheetCsv: {
    title: 'CSV for spreadsheets',
    tells: 'All rows and columns, ready to open in Excel and other spreadsheets.',
  },
  original: { title: 'Original', tells: 'The file exactly as it came.' },
};

const choice = (format: FileFormat, look: 'button' | 'button plain'): Html =>
  html`<button
      class="${look}"
      type="submit"
      formaction="?format=${format}"
      data-format="${format}"
      aria-describedby="about-${format}"
    >
      ${formatWords[format].title}
    </button>
    <span class="small" id="about-${format}">${formatWords[format].tells}</span>`;

const takenChoice = (format: FileFormat): Html =>
  html`<p class="taken">✓ ${formatWords[format].title}</p>
    <span class="small">Taken with this link already.</span>`;

/** The first one that is left stands out. */
function choices(taken: readonly FileFormat[]): Html {
  const first = fileFormats.find((format) => !taken.includes(format));
  return html`<form method="post" class="choices">
      ${fileFormats.map((format) =>
        taken.includes(format)
          ? takenChoice(format)
          : choice(format, format === first ? 'button' : 'button plain'),
      )}
    </form>
    <progress class="preparing" aria-label="Preparing the file" hidden></progress>`;
}

/**
 * @param card Adaptive Card, drawn by the page's script without its buttons
 * @param text what the card says, for a browser without scripts
 */
export const confirmPage = (given: {
  readonly card: object;
  readonly text: string;
  readonly taken: readonly FileFormat[];
}): Page => ({
  status: 200,
  tone: 'plain',
  title: 'Download your export',
  body: html`<div class="card" data-card="${JSON.stringify(given.card)}"><p>${given.text}</p></div>
    ${choices(given.taken)}
    <p class="small" role="status" data-after-download>
      Each format can be taken once, within 5 minutes. The file comes straight from Microsoft and is not
      stored on the way.
    </p>`,
  scripts: ['adaptivecards.js', 'export-card.js', 'take-file.js'],
});

/** @param name plain text, as the person named the file */
export const ownFilePage = (name: string, taken: readonly FileFormat[]): Page => ({
  status: 200,
  tone: 'plain',
  title: 'Download your file',
  body: html`<p>${name}</p>
    ${choices(taken)}
    <p class="small" role="status" data-after-download>Each format can be taken once, within 5 minutes.</p>`,
  scripts: ['take-file.js'],
});
