/** Carries msal's requests to Entra ID, bounded in time and never redirected, and remembers what was refused. */
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import * as z from 'zod';
import { parseRetryAfter } from '../../../domain/retry-limits.ts';
import type { Clock } from '../../../ports/runtime.ts';
import type { EntraFailure } from './classify.ts';

export interface EntraNetworkDeps {
  readonly clock: Clock;
  /** Default: Node's own. */
  readonly fetch?: typeof fetch;
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

async function readJsonObject(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

const isOutage = (status: number): boolean =>
  status === 408 || status === 429 || status >= 500 || (status >= 300 && status < 400);

/** A network for one question to Entra ID. Outages reject; msal turns that into its own network error. */
export function createEntraNetwork(deps: EntraNetworkDeps): EntraNetwork {
  const send = deps.fetch ?? fetch;
  let failure: EntraFailure | undefined;

  const unreachable = (response?: Response, cause?: unknown): Error => {
    const retryAfter = parseRetryAfter(response?.headers.get('retry-after'), deps.clock.now());
    failure = { kind: 'unreachable', ...(retryAfter === undefined ? {} : { retryAfter }) };
    const status = response === undefined ? 'did not answer' : `answered ${response.status}`;
    return new Error(`Entra ID ${status}.`, { cause });
  };

  const exchange = async <T>(
    method: string,
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> => {
    const request = {
      method,
      headers: options?.headers ?? {},
      body: options?.body ?? null,
      redirect: 'manual' as const,
      signal: AbortSignal.timeout(deps.timeout ?? 10_000),
    };
    const answer = await send(url, request)
      .then(async (response) => ({ response, body: await readJsonObject(response) }))
      .catch((cause: unknown) => {
        throw unreachable(undefined, cause);
      });
    const { response, body } = answer;
    if (isOutage(response.status) || body === undefined) throw unreachable(response);
    if (!response.ok) {
      failure = readOAuthError(body);
      if (failure === undefined) throw unreachable(response);
    }
    // msal names the shape that it expects and reads it defensively.
    return { status: response.status, headers: Object.fromEntries(response.headers), body: body as T };
  };

  return {
    client: {
      sendGetRequestAsync: (url, options) => exchange('GET', url, options),
      sendPostRequestAsync: (url, options) => exchange('POST', url, options),
    },
    failure: () => failure,
  };
}
