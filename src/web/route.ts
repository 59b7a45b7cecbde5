/** Runs the handler of a route: what it throws is logged once, under a reference that the page shows. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'restify';
import type { Log } from '../ports/runtime.ts';
import type { Words, WordsFor } from '../words/words.ts';
import { sendPage, type Page } from './page.ts';
import { paragraphs } from './rich-html.ts';

/** What a handler sees of a request, without the HTTP framework. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** In the language that the browser asks for. */
  readonly words: Words;
  /** Decoded parts of the path that the pattern names. */
  readonly params: unknown;
  readonly query: URLSearchParams;
  /** Short random text that a page shows and a log line repeats. */
  readonly reference: string;
  /** Carries the reference and the route. */
  readonly log: Log;
}

export interface Route {
  /** A GET route answers HEAD as well. */
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly handle: (visit: Visit) => Promise<void> | void;
}

const newReference = (): string => randomBytes(4).toString('hex');

const errorPage = ({ pages }: Words, reference: string): Page => ({
  status: 500,
  tone: 'trouble',
  title: pages.route.error.title,
  reference,
  body: paragraphs(pages.route.error.body),
});

export const notFoundPage = ({ pages }: Words): Page => ({
  status: 404,
  tone: 'ask',
  title: pages.route.notFound.title,
  body: paragraphs(pages.route.notFound.body),
});

const otherMethodPage = ({ pages }: Words): Page => ({
  status: 405,
  tone: 'ask',
  title: pages.route.otherMethod.title,
  body: paragraphs(pages.route.otherMethod.body),
});

interface Wish {
  readonly locale: string;
  readonly quality: number;
}

const maxLanguages = 20;

/** What the browser's person reads, the most wished-for first. Source: RFC 9110 §12.5.4. */
const localesOf = ({ headers }: Pick<IncomingMessage, 'headers'>): readonly string[] =>
  (headers['accept-language'] ?? '')
    .split(',', maxLanguages)
    .map((wish): Wish => {
      const [locale = '', ...parameters] = wish.split(';').map((part) => part.trim());
      const quality = parameters.find((one) => one.startsWith('q='))?.slice(2) ?? '1';
      return { locale, quality: Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ locale }) => locale);

export interface RouteDeps {
  readonly log: Log;
  readonly wordsFor: WordsFor;
}

/** @param path the pattern: addresses hold secrets and are never logged */
export function runRoute(
  { log, wordsFor }: RouteDeps,
  path: string,
  handle: Route['handle'],
): RequestHandler {
  return async function answerRequest(request: Request, response: Response): Promise<void> {
    const reference = newReference();
    const words = wordsFor(...localesOf(request));
    const own = log.child({ reference, route: path });
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const params: unknown = request.params;
    try {
      await handle({ request, response, words, params, query, reference, log: own });
    } catch (err) {
      own.error({ err }, 'A page failed');
      if (response.headersSent) response.destroy();
      else sendPage(words, response, errorPage(words, reference));
    }
  };
}

/** The bot's handler answers for itself; what it throws is a 500 without a word. */
export function runBotRoute(
  log: Log,
  handle: (request: Request, response: Response) => Promise<void>,
): RequestHandler {
  return async function answerBotRequest(request: Request, response: Response): Promise<void> {
    try {
      await handle(request, response);
    } catch (err) {
      log.error({ err }, 'The bot did not answer a request');
      if (response.writableEnded) return;
      if (response.headersSent) {
        response.destroy();
        return;
      }
      response.writeHead(500, { 'Content-Length': 0 });
      response.end();
    }
  };
}

/**
 * restify's own errors (no such path, other method) become small pages; nothing of its words goes out.
 * restify passes a callback too: it would send its own answer, and throw where ours was sent, so it is never called.
 */
export function sendRoutingError({ log, wordsFor }: RouteDeps) {
  return function answerRoutingError(
    request: Request,
    response: Response,
    error: { readonly statusCode?: number },
  ): void {
    if (response.headersSent) return;
    const words = wordsFor(...localesOf(request));
    if (error.statusCode === 404) return sendPage(words, response, notFoundPage(words));
    if (error.statusCode === 405) return sendPage(words, response, otherMethodPage(words));
    const reference = newReference();
    log.error({ err: error, reference }, 'A request failed before its handler');
    sendPage(words, response, errorPage(words, reference));
  };
}
