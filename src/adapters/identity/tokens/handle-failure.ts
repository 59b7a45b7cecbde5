/** Answers for what follows from a failure at Entra ID: the verdict, a line for the operator, and purged tokens. */
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Log } from '../../../ports/runtime.ts';
import type { AppHold } from '../entra/app-cool-down.ts';
import { classify, type EntraFailure, type Verdict } from '../entra/classify.ts';
import type { TokenPartitions } from './token-partitions.ts';

export type Judge = (person: Person, failure: EntraFailure) => Promise<Verdict>;

export interface JudgeDeps {
  readonly partitions: Pick<TokenPartitions, 'remove'>;
  readonly hold: Pick<AppHold, 'begin' | 'end'>;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

const isOurFault = (verdict: Verdict): boolean =>
  verdict.kind === 'requestRefused' ||
  (verdict.kind === 'trouble' && verdict.trouble.kind === 'operatorFault');

/** Refusals of the app's own proof or registration, whoever asks (RFC 6749 §5.2). */
const ofTheApp = new Set(['invalid_client', 'unauthorized_client']);

/** The log names what Entra ID said; never its description, which may hold names, nor the claims. */
export function createJudge({ partitions, hold, log }: JudgeDeps): Judge {
  return async function judge(person, failure) {
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
    // Whatever else it is, it is no refusal of the app: each goes by what happens to them.
    if (failure.kind === 'oauth' && ofTheApp.has(failure.error)) hold.begin(person.tenantId);
    else hold.end(person.tenantId);
    if (verdict.kind === 'trouble' && verdict.purge) await partitions.remove(person);
    return verdict;
  };
}
