/** Serves the sandbox's own web pages, beside the chat: on loopback, without scripts that matter, for nobody else's web site. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { close, listen } from '../loopback/listening.ts';
import { html } from '../../web/html.ts';
import { renderPage, type PageRoute, type SandboxPage } from './page.ts';
import { startPage } from './start-page.ts';

export type PageServerOptions = Readonly<{
  /** 0, the default, takes any free port. */
  port?: number;
  /** Where the chat is, for the start page. */
  chatUrl: string;
  routes: readonly PageRoute[];
}>;

export type PageServer = Readonly<{
  /** Rejects with EADDRINUSE when the port is taken. */
  start: () => Promise<{ url: string }>;
  stop: () => Promise<void>;
}>;

const usualBytes = 64 * 1024;
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const files: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  '/pages.css': { type: 'text/css; charset=utf-8', text: assetText('pages.css') },
  '/copy.js': { type: 'text/javascript; charset=utf-8', text: assetText('copy.js') },
};

export const createPageServer = (options: PageServerOptions): PageServer => {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => {
      if (response.headersSent) return void response.destroy();
      send(response, '/', trouble(500, 'Something broke', 'Start the sandbox again if this page stays.'));
    });
  });
  return {
    start: async () => {
      const port = await listen(server, options.port ?? 0);
      return { url: `http://localhost:${port}` };
    },
    stop: () => close(server),
  };
};

const answer = async (
  options: PageServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const address = new URL(request.url ?? '/', 'http://localhost');
  const file = files[address.pathname];
  if (file === undefined) send(response, address.pathname, await pageFor(options, request, address));
  else sendFile(response, file);
};

const pageFor = async (
  { chatUrl, routes }: PageServerOptions,
  request: IncomingMessage,
  { pathname, searchParams: query }: URL,
): Promise<SandboxPage> => {
  const refusal = refusalOf(request, request.socket.localPort ?? 0);
  if (refusal !== undefined) return trouble(403, 'Not from here', refusal);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (pathname === '/' && method === 'GET') return startPage(chatUrl, routes);
  const route = routes.find((one) => one.path === pathname && one.method === method);
  if (route === undefined) return trouble(404, 'No such page', 'The sandbox has no page here.');
  const body = await readBody(request, route.maxBytes ?? usualBytes);
  if (body === undefined) return trouble(413, 'Too large', 'That is more than this page takes.');
  return route.answer({ query, headers: request.headers, body });
};

/** Undefined when there are more bytes; the rest is read and dropped, so that the browser gets to see the answer. */
const readBody = async (request: IncomingMessage, most: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  return size > most ? undefined : Buffer.concat(chunks);
};

const trouble = (status: number, title: string, words: string): SandboxPage => ({
  status,
  title,
  body: html`<p>${words}</p>`,
});

const send = (response: ServerResponse, path: string, page: SandboxPage): void => {
  const text = renderPage(page, path === '/').markup;
  response.writeHead(page.status ?? 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    ...always,
  });
  response.end(text);
};

const sendFile = (response: ServerResponse, { type, text }: { type: string; text: string }): void => {
  response.writeHead(200, { 'content-type': type, ...always });
  response.end(text);
};

const always = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // With `no-referrer` a browser would send its own forms with `Origin: null`.
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

function assetText(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8');
}

/**
 * Why a request is refused, or undefined. A page elsewhere can make a browser send requests here, under a name of its
 * own that leads to 127.0.0.1 too: hence `Host`. A browser tells with `Origin` whose form it posts.
 */
const refusalOf = ({ method, headers }: IncomingMessage, port: number): string | undefined => {
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`];
  if (!hosts.includes(headers.host ?? '')) return 'Open this page as localhost.';
  if (method === 'GET' || method === 'HEAD') return undefined;
  return headers.origin === `http://${headers.host ?? ''}`
    ? undefined
    : 'Only the pages of this sandbox may send something here.';
};
