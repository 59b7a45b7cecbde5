/** Answers for the frame of every page of the sandbox: language, title, one heading, the way back. */
import type { Html } from '../../web/html.ts';
import { html } from '../../web/html.ts';
import type { SandboxPage } from './page-route.ts';

/** @param isStart the start page needs no way back to itself */
export const renderPage = ({ title, body }: SandboxPage, isStart: boolean): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${isStart ? title : `${title} – OKR Export sandbox`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/pages.css" />
        <script defer src="/copy.js"></script>
      </head>
      <body>
        ${isStart ? [] : html`<nav aria-label="Sandbox"><a href="/">← OKR Export sandbox</a></nav>`}
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;

/** A link to paste: selected whole by one click, copied by a button where scripts run. */
export const linkToPaste = (url: string, name: string): Html =>
  html`<p class="paste"><code data-copy="${name}">${url}</code></p>`;
