/** Runs the handler of a route: what it throws is logged once, under a reference that the page shows. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'restify';
import type { Log } from '../ports/runtime.ts';
import { html } from './html.ts';
import { sendPage, type Page } from './page.ts';

/** What a handler sees of a request, without the HTTP framework. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
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

const errorPage = (reference: string): Page => ({
  status: 500,
  tone: 'trouble',
  title: 'Something went wrong here',
  reference,
  body: html`<p>
    Please try again in a minute. If it happens again, tell whoever runs this bot the reference below.
  </p>`,
});

export const notFoundPage: Page = {
  status: 404,
  tone: 'ask',
  title: 'There is nothing here',
  body: html`<p>
    This address does not lead anywhere. If you came from a card in Teams, go back to the chat and press its
    button again.
  </p>`,
};

const otherMethodPage: Page = {
  status: 405,
  tone: 'ask',
  title: 'That is not how this address works',
  body: html`<p>Go back to the chat and use its buttons.</p>`,
};

/** @param path the pattern: addresses hold secrets and are never logged */
export function runRoute(log: Log, path: string, handle: Route['handle']): RequestHandler {
  return async function answerRequest(request: Request, response: Response): Promise<void> {
    const reference = newReference();
    const own = log.child({ reference, route: path });
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const params: unknown = request.params;
    try {
      await handle({ request, response, params, query, reference, log: own });
    } catch (err) {
      own.error({ err }, 'A page failed');
      if (response.headersSent) response.destroy();
      else sendPage(response, errorPage(reference));
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
export function sendRoutingError(log: Log) {
  return function answerRoutingError(
    _request: Request,
    response: Response,
    error: { readonly statusCode?: number },
  ): void {
    if (response.headersSent) return;
    if (error.statusCode === 404) return sendPage(response, notFoundPage);
    if (error.statusCode === 405) return sendPage(response, otherMethodPage);
    const reference = newReference();
    log.error({ err: error, reference }, 'A request failed before its handler');
    sendPage(response, errorPage(reference));
  };
}
