/** Defines what a page of the sandbox is, and frames it: language, title, one heading, the way back. */
import type { IncomingHttpHeaders } from 'node:http';
import { html, type Html } from '../../web/html.ts';

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

export type PageRequest = Readonly<{
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Empty for GET. */
  body: Buffer;
}>;

export type SandboxPage = Readonly<{
  /** 200 without it. */
  status?: number;
  /** Window title and heading. */
  title: string;
  body: Html;
}>;

export type PageRoute = Readonly<{
  method: 'GET' | 'POST';
  path: string;
  /** Bytes that a POST may bring; 64 KB without it. */
  maxBytes?: number;
  /** How the start page leads to it; without it, it does not. */
  entry?: Readonly<{ title: string; what: string }>;
  answer: (request: PageRequest) => Promise<SandboxPage> | SandboxPage;
}>;
