/** Asks Graph about one plan: paths are built from our own base and a checked id, one call of a person after the other. */
import type * as z from 'zod';
import { createKeyedMutex } from '../../blocks/keyed-mutex.ts';
import type { GraphTrouble } from '../../ports/export-source.ts';
import { parseJson } from '../../adapters/graph/http/graph-bodies.ts';
import type { GraphClient, GraphVersion } from '../../adapters/graph/http/graph-client.ts';
import type { GraphReply } from '../../adapters/graph/http/graph-http.ts';
import { nextPage } from '../../adapters/graph/http/next-page.ts';
import { odd, troubleOf, type KnownErrors } from '../../adapters/graph/http/trouble.ts';
import { readPageOf, readParts, type Part } from './planner-bodies.ts';

/** It has no codes of its own that would tell more than the status. */
const plannerErrors: KnownErrors = { permission: /Tasks\.Read/i, reasonOf: () => undefined };

/** `missing`: there is no such thing, or the person may not know of it. */
export type Trouble = GraphTrouble | { readonly kind: 'missing'; readonly requestId?: string };

export interface PageOf<T> {
  readonly kind: 'page';
  readonly items: readonly T[];
  /** Where the next one is; none after the last. */
  readonly next: string | undefined;
}

export interface PlannerCalls {
  readonly one: <T>(
    accessToken: string,
    path: string,
    schema: z.ZodType<T>,
  ) => Promise<{ readonly kind: 'one'; readonly item: T } | Trouble>;
  readonly listUrl: (version: GraphVersion, path: string) => string;
  /** @param url from `listUrl`, or the `next` of a page */
  readonly page: <T>(accessToken: string, url: string, schema: z.ZodType<T>) => Promise<PageOf<T> | Trouble>;
  /** At most 20 questions in one call. */
  readonly batch: <T>(
    accessToken: string,
    asked: BatchOf<T>,
    ids: readonly string[],
  ) => Promise<{ readonly kind: 'parts'; readonly parts: readonly Part<T>[] } | Trouble>;
}

/** Questions of one kind. */
export interface BatchOf<T> {
  readonly name: string;
  /** Below the version. */
  readonly pathOf: (id: string) => string;
  readonly schema: z.ZodType<T>;
}

export const mostInABatch = 20;

/** Bytes: nothing says how many tasks come on one page, or that there are pages at all. */
const longestPage = 32 * 1024 * 1024;

export function createPlannerCalls({ ask, at, deps }: GraphClient): PlannerCalls {
  const oneByOne = createKeyedMutex();
  const askAs = (
    accessToken: string,
    call: string,
    request: { readonly url: string; readonly json?: unknown },
  ) =>
    oneByOne(accessToken, () =>
      ask(
        call,
        { method: request.json === undefined ? 'GET' : 'POST', accessToken, ...request },
        longestPage,
      ),
    );
  const read = async <A>(
    asked: ReturnType<typeof askAs>,
    parse: (text: string) => A | undefined,
  ): Promise<A | Trouble> => {
    const reply = await asked;
    if (reply.kind !== 'reply') return reply;
    if (!isWhole(reply)) return troubleOf(reply, 'content', plannerErrors, deps.clock.now());
    return parse(reply.text) ?? odd(reply);
  };
  return {
    one: (accessToken, path, schema) =>
      read(askAs(accessToken, 'plan', { url: `${at('v1.0')}${path}` }), (text) => {
        const item = schema.safeParse(parseJson(text)).data;
        return item === undefined ? undefined : { kind: 'one' as const, item };
      }),
    listUrl: (version, path) => `${at(version)}${path}`,
    page: (accessToken, url, schema) =>
      read(askAs(accessToken, 'page', { url }), (text) => {
        const page = readPageOf(schema, text);
        if (page === undefined) return undefined;
        const { items, unreadable, nextLink } = page;
        if (unreadable > 0) deps.log.warn({ unreadable }, 'entries of a page cannot be read');
        const next = nextLink === undefined ? undefined : nextPage(url, nextLink);
        // Half a plan would be told as if it were all of it.
        if (next === url || (nextLink !== undefined && next === undefined)) return undefined;
        return { kind: 'page' as const, items, next };
      }),
    batch: (accessToken, { name, pathOf, schema }, ids) => {
      const requests = ids.map((id) => ({ id, method: 'GET', url: pathOf(id) }));
      const url = `${at('v1.0')}/$batch`;
      return read(askAs(accessToken, name, { url, json: { requests } }), (text) => {
        const parts = readParts(schema, text, deps.clock.now());
        return parts === undefined ? undefined : { kind: 'parts' as const, parts };
      });
    },
  };
}

const isWhole = ({ status, body }: GraphReply): boolean => status === 200 && body === 'whole';
