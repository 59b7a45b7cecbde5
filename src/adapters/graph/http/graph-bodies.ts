/** Reads the JSON that Graph sends, its errors first: tolerant where the documents disagree. */
import * as z from 'zod';
import { present } from '../../../domain/present.ts';
import type { ReplyHeaders } from '../../../blocks/http/send-http.ts';

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const anyText = z.string().optional().catch(undefined);
const deepestInner = 5;
const longestMessage = 500;
const requestIdShape = /^[\w-]{1,128}$/;

/** Spelled in two ways. */
const innerSchema = z.object({
  code: anyText,
  'request-id': anyText,
  innererror: z.unknown().optional(),
  innerError: z.unknown().optional(),
});
const errorSchema = z.object({ error: innerSchema.extend({ message: anyText, target: anyText }) });

export interface GraphError {
  readonly code?: string;
  readonly message?: string;
  readonly target?: string;
  /** From the outside in. */
  readonly innerCodes: readonly string[];
  readonly requestId?: string;
}

/** `undefined` when the body is no Graph error: a web page, junk, or nothing. */
export function readGraphError(body: string): GraphError | undefined {
  const error = errorSchema.safeParse(parseJson(body)).data?.error;
  if (error === undefined) return undefined;
  const inner = innerObjects(error);
  const requestId = inner
    .map((object) => object['request-id'])
    .find((id) => id !== undefined && requestIdShape.test(id));
  return {
    innerCodes: inner.flatMap(({ code }) => code ?? []),
    ...present({
      code: error.code,
      target: error.target,
      requestId,
      message: error.message?.slice(0, longestMessage),
    }),
  };
}

function innerObjects(outer: z.infer<typeof innerSchema>): readonly z.infer<typeof innerSchema>[] {
  const found: z.infer<typeof innerSchema>[] = [];
  let current = innerSchema.safeParse(outer.innererror ?? outer.innerError).data;
  while (current !== undefined && found.length < deepestInner) {
    found.push(current);
    current = innerSchema.safeParse(current.innererror ?? current.innerError).data;
  }
  return found;
}

/** Graph's request id, to quote to support: from the error's body, else from the headers. */
export function requestIdOf(headers: ReplyHeaders, error?: GraphError): string | undefined {
  const header = headers.get('request-id') ?? undefined;
  return error?.requestId ?? (header !== undefined && requestIdShape.test(header) ? header : undefined);
}
