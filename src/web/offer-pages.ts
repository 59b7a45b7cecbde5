/** Answers for the page that asks before a file is handed over: link scanners open pages, but do not press buttons. */
import type { FileFormat } from '../domain/okrs/file-format.ts';
import { html, type Html } from './html.ts';
import type { Page } from './page.ts';

const words: Readonly<Record<FileFormat, { readonly title: string; readonly tells: string }>> = {
  workbook: {
    title: 'Excel workbook',
    tells: 'Summary, OKR tree, check-ins and changes on sheets of their own.',
  },
  spreadsheetCsv: {
    title: 'CSV for spreadsheets',
    tells: 'All rows and columns, opened rightly by Excel and others.',
  },
  original: { title: 'Original', tells: 'The bytes as they came, untouched.' },
};

const choice = (format: FileFormat, look: 'button' | 'button plain'): Html =>
  html`<button
      class="${look}"
      type="submit"
      formaction="?format=${format}"
      aria-describedby="about-${format}"
    >
      ${words[format].title}
    </button>
    <span class="small" id="about-${format}">${words[format].tells}</span>`;

const choices = html`<form method="post" class="choices">
  ${choice('workbook', 'button')} ${choice('spreadsheetCsv', 'button plain')}
  ${choice('original', 'button plain')}
</form>`;

/**
 * @param card Adaptive Card, drawn by the page's script without its buttons
 * @param text what the card says, for a browser without scripts
 */
export const confirmPage = (given: { readonly card: object; readonly text: string }): Page => ({
  status: 200,
  tone: 'plain',
  title: 'Download your export',
  body: html`<div class="card" data-card="${JSON.stringify(given.card)}"><p>${given.text}</p></div>
    ${choices}
    <p class="small" role="status" data-after-download>
      This works once, within 5 minutes. The file comes straight from Microsoft and is not stored on the way.
    </p>`,
  scripts: ['adaptivecards.js', 'export-card.js'],
});

/** @param name plain text, as the person named the file */
export const ownFilePage = (name: string): Page => ({
  status: 200,
  tone: 'plain',
  title: 'Download your file',
  body: html`<p>${name}</p>
    ${choices}
    <p class="small" role="status" data-after-download>This works once, within 5 minutes.</p>`,
});
