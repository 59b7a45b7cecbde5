/** Acts on a failure at Entra ID: logs it, purges tokens, and remembers who need not ask there for a while. */
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Clock, Log } from '../../../ports/runtime.ts';
import type { TokenAnswer } from '../../../ports/user-tokens.ts';
import { classify, type EntraFailure, type Verdict } from '../entra/classify.ts';
import { keyOf } from './access-token-cache.ts';
import type { TokenPartitions } from './token-partitions.ts';

/** @param scopes what was asked for */
export type HandleFailure = (
  person: Person,
  scopes: readonly string[],
  failure: EntraFailure,
) => Promise<Verdict>;

interface FailureHandlerDeps {
  readonly partitions: Pick<TokenPartitions, 'remove'>;
  readonly coolDown: Pick<AppCoolDown, 'begin' | 'end'>;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly withoutAdministrator: ReadonlySet<string>;
}

const isOurFault = (verdict: Verdict): boolean =>
  verdict.kind === 'requestRefused' ||
  (verdict.kind === 'trouble' && verdict.trouble.kind === 'operatorFault');

/** Refusals of the app, whoever asks (RFC 6749 §5.2). */
const ofTheApp = new Set(['invalid_client', 'unauthorized_client']);

/** The log names what Entra ID said; never its description, which may hold names, nor the claims. */
export function createFailureHandler(deps: FailureHandlerDeps): HandleFailure {
  const { partitions, coolDown, log, withoutAdministrator } = deps;
  return async function handleFailure(person, scopes, failure) {
    const verdict = classify(
      failure,
      scopes.every((scope) => withoutAdministrator.has(scope)),
    );
    const said = failure.kind === 'oauth' ? { ...failure, claims: failure.claims !== undefined } : failure;
    const fields = { tenantId: person.tenantId, userId: person.userId, said };
    if (isOurFault(verdict)) {
      log.error(
        fields,
        'Entra ID refuses this app: check AAD_APP_CLIENT_ID, its secret or certificate, and its tenant',
      );
    } else {
      log.warn(fields, 'Entra ID gave no token');
    }
    if (failure.kind === 'oauth' && ofTheApp.has(failure.error)) coolDown.begin(person.tenantId);
    else coolDown.end(person.tenantId);
    if (verdict.kind === 'trouble' && verdict.purge) await partitions.remove(person);
    return verdict;
  };
}

const maxRemembered = 10_000;

/** Leaves Entra ID alone for a minute after it refused the app itself. Whoever signs in is not held up. */
export interface AppCoolDown {
  /** The app was refused in the tenant. */
  readonly begin: (tenantId: string) => void;
  /** The app was accepted, or nobody knows. */
  readonly end: (tenantId: string) => void;
  /** `refused` during the cool-down. Then one may `ask`, and the others `wait` for as long as an answer usually takes. */
  readonly mayAsk: (tenantId: string) => 'ask' | 'wait' | 'refused';
  /** Somebody has acted on its being accepted. */
  readonly settle: (tenantId: string) => void;
  /** It was settled since it was last refused, and since this process began. */
  readonly isSettled: (tenantId: string) => boolean;
}

/** Milliseconds. */
const refusedFor = 60_000;
const answeredWithin = 10_000;

interface Refusal {
  readonly at: number;
  askedAgainAt?: number;
}

export function createAppCoolDown({ now }: Clock): AppCoolDown {
  const refusals = new Map<string, Refusal>();
  const settled = new Set<string>();
  const isWithin = (milliseconds: number, since = Number.NEGATIVE_INFINITY): boolean => {
    const age = now().getTime() - since;
    return age >= 0 && age < milliseconds;
  };
  return {
    begin: (tenantId) => {
      if (refusals.size >= maxRemembered) refusals.clear();
      settled.delete(tenantId);
      refusals.set(tenantId, { at: now().getTime() });
    },
    end: (tenantId) => void refusals.delete(tenantId),
    mayAsk: (tenantId) => {
      const refusal = refusals.get(tenantId);
      if (refusal === undefined) return 'ask';
      if (isWithin(refusedFor, refusal.at)) return 'refused';
      if (isWithin(answeredWithin, refusal.askedAgainAt)) return 'wait';
      refusal.askedAgainAt = now().getTime();
      return 'ask';
    },
    settle: (tenantId) => void settled.add(tenantId),
    isSettled: (tenantId) => settled.has(tenantId),
  };
}

/** Turns "has to sign in" of a deleted account, whose tokens were just purged, into "deleted". */
type OrDeleted = (person: Person, answer: TokenAnswer) => TokenAnswer;

/** Milliseconds: for whoever asks at the same time. Afterwards the account is back. */
const goneFor = 5_000;

/** @param now milliseconds of a clock that is never set back */
export function createDeletedAccounts(now: () => number = () => performance.now()): OrDeleted {
  const goneAt = new Map<string, number>();
  return function noteAnswer(person, answer) {
    const key = keyOf(person);
    if (answer.kind === 'userGone') {
      if (goneAt.size >= maxRemembered) goneAt.clear();
      goneAt.set(key, now());
    }
    const at = goneAt.get(key);
    const isGone = at !== undefined && now() - at < goneFor;
    const hasNoTokens = answer.kind === 'signInRequired' && answer.cause === 'signIn';
    return hasNoTokens && isGone ? { kind: 'userGone' } : answer;
  };
}
