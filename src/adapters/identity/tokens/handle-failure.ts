/** Acts on a failure at Entra ID: classifies and logs it, begins the cool-down, purges tokens. */
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Log } from '../../../ports/runtime.ts';
import type { AppCoolDown } from '../entra/app-cool-down.ts';
import { classify, type EntraFailure, type Verdict } from '../entra/classify.ts';
import type { TokenPartitions } from './token-partitions.ts';

export type HandleFailure = (person: Person, failure: EntraFailure) => Promise<Verdict>;

export interface FailureHandlerDeps {
  readonly partitions: Pick<TokenPartitions, 'remove'>;
  readonly coolDown: Pick<AppCoolDown, 'begin' | 'end'>;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

const isOurFault = (verdict: Verdict): boolean =>
  verdict.kind === 'requestRefused' ||
  (verdict.kind === 'trouble' && verdict.trouble.kind === 'operatorFault');

/** Refusals of the app, whoever asks (RFC 6749 §5.2). */
const ofTheApp = new Set(['invalid_client', 'unauthorized_client']);

/** The log names what Entra ID said; never its description, which may hold names, nor the claims. */
export function createFailureHandler({ partitions, coolDown, log }: FailureHandlerDeps): HandleFailure {
  return async function handleFailure(person, failure) {
    const verdict = classify(failure);
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
