/** Carries msal's requests to Entra ID, bounded in time and never redirected, and remembers what was refused. */
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import * as z from 'zod';
import type { AskJson, JsonReply } from '../../../blocks/http/ask-json.ts';
import type { ReplyHeaders } from '../../../blocks/http/send-http.ts';
import { present } from '../../../domain/present.ts';
import { parseRetryAfter } from '../../../domain/retry-limits.ts';
import type { Clock } from '../../../ports/runtime.ts';
import type { EntraFailure } from './classify.ts';

export interface EntraNetworkDeps {
  readonly clock: Clock;
  readonly askJson: AskJson;
  /** Milliseconds for one whole exchange, default 10,000. */
  readonly timeout?: number;
}

/** The network of one question: msal's errors drop `claims`, status and `Retry-After`, so they are kept here. */
export interface EntraNetwork {
  readonly client: INetworkModule;
  /** The latest refusal or outage. */
  readonly failure: () => EntraFailure | undefined;
}

/** RFC 6749 §5.2; Microsoft adds the rest (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow). */
const oauthErrorSchema = z.object({
  error: z.string().min(1),
  suberror: z.string().min(1).optional().catch(undefined),
  claims: z.string().min(1).optional().catch(undefined),
  error_codes: z.array(z.number()).catch([]),
  correlation_id: z.string().optional().catch(undefined),
});

function readOAuthError(body: unknown): EntraFailure | undefined {
  const parsed = oauthErrorSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { error, suberror, claims, error_codes: codes, correlation_id: correlationId } = parsed.data;
  return {
    kind: 'oauth',
    error,
    codes,
    ...(suberror === undefined ? {} : { suberror }),
    ...(claims === undefined ? {} : { claims }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

const isOutage = (status: number): boolean =>
  status === 408 || status === 429 || status >= 500 || (status >= 300 && status < 400);

/** One that is absent must be left out: msal takes an empty `Retry-After` for a minute. */
const readByMsal = ({ get }: ReplyHeaders): Record<string, string> =>
  present({
    'retry-after': get('retry-after') ?? undefined,
    'x-ms-request-id': get('x-ms-request-id') ?? undefined,
  });

/** A network for one question to Entra ID. Outages reject; msal turns that into its own network error. */
export function createEntraNetwork(deps: EntraNetworkDeps): EntraNetwork {
  let failure: EntraFailure | undefined;

  const outage = ({ status, headers }: JsonReply): Error => {
    const retryAfter = parseRetryAfter(headers.get('retry-after'), deps.clock.now());
    failure = { kind: 'unreachable', ...present({ retryAfter }) };
    return new Error(`Entra ID answered ${String(status)}.`);
  };

  const exchange = async <T>(
    method: 'GET' | 'POST',
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> => {
    const reply = await deps.askJson({
      method,
      url,
      headers: options?.headers ?? {},
      signal: AbortSignal.timeout(deps.timeout ?? 10_000),
      ...present({ body: options?.body }),
    });
    if (reply.kind !== 'reply') {
      failure = { kind: 'unreachable' };
      throw new Error(`Entra ID did not answer: ${reply.trouble}.`);
    }
    const { status, headers, json } = reply;
    if (isOutage(status) || json === undefined) throw outage(reply);
    if (status >= 400) {
      failure = readOAuthError(json);
      if (failure === undefined) throw outage(reply);
    }
    // msal names the shape that it expects and reads it defensively.
    return { status, headers: readByMsal(headers), body: json as T };
  };

  return {
    client: {
      sendGetRequestAsync: (url, options) => exchange('GET', url, options),
      sendPostRequestAsync: (url, options) => exchange('POST', url, options),
    },
    failure: () => failure,
  };
}
