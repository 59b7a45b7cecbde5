/** Frames every page (language, title, heading, style, scripts) and sends it. */
import type { ServerResponse } from 'node:http';
import { assetOf, type AssetName } from './asset-files.ts';
import type { Words } from '../words/words.ts';
import { html, type Html } from './html.ts';

type Tone = 'done' | 'ask' | 'trouble' | 'plain';

export interface Page {
  readonly status: number;
  readonly tone: Tone;
  /** Window title and heading. */
  readonly title: string;
  readonly body: Html;
  readonly scripts?: readonly AssetName[];
  /** Shown small at the end, to quote to whoever runs the bot. */
  readonly reference?: string;
  /** Reading pages are left-aligned and wider. */
  readonly wide?: boolean;
}

const marks: Readonly<Record<Exclude<Tone, 'plain'>, Html>> = {
  done: html`<path d="M13 24.5l7.5 7.5L35 17" />`,
  ask: html`<path d="M24 21v13M24 14.5v.5" />`,
  trouble: html`<path d="M24 13v14M24 33.5v.5" />`,
};

const mark = (tone: Tone): Html =>
  tone === 'plain'
    ? html``
    : html`<svg class="mark" viewBox="0 0 48 48" aria-hidden="true">
        <circle cx="24" cy="24" r="22" />
        ${marks[tone]}
      </svg>`;

const scriptTag = (name: AssetName): Html => html`<script defer src="${assetOf(name).path}"></script>`;

const referenceLine = ({ pages }: Words, reference: string | undefined): Html =>
  reference === undefined
    ? html``
    : html`<p class="reference">${pages.reference} <code>${reference}</code></p>`;

function render(words: Words, page: Page): Html {
  return html`<!doctype html>
    <html lang="${words.tag}" dir="${words.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${page.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${assetOf('page.css').path}" />
        ${(page.scripts ?? []).map(scriptTag)}
      </head>
      <body>
        <main class="${page.tone}${page.wide === true ? ' wide' : ''}">
          ${mark(page.tone)}
          <h1>${page.title}</h1>
          ${page.body} ${referenceLine(words, page.reference)}
        </main>
      </body>
    </html> `;
}

const ownFiles = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** The one address that teams-js reads: its list of Teams' own hosts. */
const teamsHosts = 'connect-src https://res.cdn.office.net';

/** For pages that stand alone or in a pop-up. */
const pagePolicy = ({ scripts = [] }: Page): string =>
  (scripts.includes('teams.js') ? [...ownFiles, teamsHosts] : ownFiles).join('; ');

/** Sends the page, with a policy that fits its scripts; an answer to HEAD has the headers only. */
export function sendPage(words: Words, response: ServerResponse, page: Page): void {
  const text = render(words, page).markup;
  response.setHeader('Content-Security-Policy', pagePolicy(page));
  response.writeHead(page.status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
