/** Defines what a page of the sandbox is, frames it (language, title, one heading, the way back), and reads a form sent from it. */
import type { IncomingHttpHeaders } from 'node:http';
import { Busboy } from '@fastify/busboy';
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
  /** What the start page shows of it. */
  panel?: () => Html;
  answer: (request: PageRequest) => Promise<SandboxPage> | SandboxPage;
}>;

type SentForm = Readonly<{
  fields: ReadonlyMap<string, string>;
  /** The last one that was chosen; the browser sends a nameless one when none was. */
  file?: Readonly<{ name: string; bytes: Buffer }>;
}>;

/** Undefined for anything that is no `multipart/form-data`. */
export const readForm = ({ headers, body }: PageRequest): Promise<SentForm | undefined> =>
  new Promise((resolve) => {
    const contentType = headers['content-type'] ?? '';
    if (!contentType.startsWith('multipart/form-data')) {
      resolve(undefined);
      return;
    }
    const fields = new Map<string, string>();
    let file: SentForm['file'];
    try {
      const form = new Busboy({ headers: { ...headers, 'content-type': contentType } });
      form.on('field', (name, value) => fields.set(name, value));
      form.on('file', (_field, stream, name) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (name) file = { name, bytes: Buffer.concat(chunks) };
        });
      });
      form.on('error', () => resolve(undefined));
      form.on('finish', () => resolve({ fields, ...(file ? { file } : {}) }));
      form.end(body);
    } catch {
      // A form without a boundary is refused at once.
      resolve(undefined);
    }
  });
