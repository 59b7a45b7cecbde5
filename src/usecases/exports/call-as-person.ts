/** Calls Graph as one person: a token, one renewal after a 401, and trouble turned into events. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { Person } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { ExportSource, GraphTrouble } from '../../ports/export-source.ts';
import type { TokenAnswer, TokenTrouble, UserTokens } from '../../ports/user-tokens.ts';

export interface CallAsPersonDeps {
  readonly tokens: Pick<UserTokens, 'tokenFor'>;
}

export type Called<A> =
  { readonly kind: 'answer'; readonly answer: A } | { readonly kind: 'trouble'; readonly event: ExportEvent };

type Unauthorized = Extract<GraphTrouble, { kind: 'unauthorized' }>;

const isUnauthorized = (answer: { readonly kind: string }): answer is Unauthorized =>
  answer.kind === 'unauthorized';

/** Runs `call` under the person's token for the source, renewed once after a 401, with its claims. A second 401 asks the person; it never loops. */
export async function callAsPerson<A extends { readonly kind: string }>(
  deps: CallAsPersonDeps,
  person: Person,
  { scopes }: Pick<ExportSource, 'scopes'>,
  call: (accessToken: string) => Promise<A | Unauthorized>,
): Promise<Called<Exclude<A, Unauthorized>>> {
  const first = await withToken(await deps.tokens.tokenFor(person, { scopes }), call);
  if (first.kind === 'trouble') return first;
  if (!isUnauthorized(first.answer)) return answered<A>(first.answer);
  const { claims } = first.answer;
  const renewed = await deps.tokens.tokenFor(person, { scopes, renew: true, ...present({ claims }) });
  const second = await withToken(renewed, call);
  if (second.kind === 'trouble') return second;
  if (!isUnauthorized(second.answer)) return answered<A>(second.answer);
  const again = second.answer.claims ?? claims;
  return {
    kind: 'trouble',
    event: {
      type: 'signInRequired',
      cause: again === undefined ? 'signIn' : 'claims',
      ...present({ claims: again }),
    },
  };
}

const answered = <A extends { readonly kind: string }>(answer: A): Called<Exclude<A, Unauthorized>> => ({
  kind: 'answer',
  answer: answer as Exclude<A, Unauthorized>,
});

async function withToken<A>(
  token: TokenAnswer,
  call: (accessToken: string) => Promise<A>,
): Promise<Called<A>> {
  return token.kind === 'token'
    ? { kind: 'answer', answer: await call(token.accessToken) }
    : { kind: 'trouble', event: tokenTrouble(token) };
}

function tokenTrouble(trouble: TokenTrouble): ExportEvent {
  switch (trouble.kind) {
    case 'signInRequired':
      return { type: 'signInRequired', cause: trouble.cause, ...present({ claims: trouble.claims }) };
    case 'operatorFault':
      return { type: 'operatorFault', ...present({ correlationId: trouble.correlationId }) };
    case 'unavailable':
      return {
        type: 'graphUnavailable',
        kind: 'unreachable',
        ...present({ retryAfter: trouble.retryAfter }),
      };
    case 'userGone':
      return { type: 'signInRequired', cause: 'signIn', quiet: true };
  }
}

/** The event for trouble with any call but a POST, whose unknown outcome the caller handles. */
export function troubleEvent(trouble: Exclude<GraphTrouble, Unauthorized>): ExportEvent {
  switch (trouble.kind) {
    case 'consentMissing':
      return { type: 'signInRequired', cause: 'adminConsent' };
    case 'refused':
      return {
        type: 'graphRefused',
        reason: trouble.reason,
        ...present({ requestId: trouble.requestId, message: trouble.message }),
      };
    case 'unavailable':
      return {
        type: 'graphUnavailable',
        kind: trouble.trouble,
        ...present({ retryAfter: trouble.retryAfter }),
      };
    case 'odd':
      return { type: 'oddAnswer' };
  }
}
