/** Remembers for a moment whose account Entra ID has deleted, so that nothing under way asks them to sign in. */
import type { Person } from '../../../domain/exports/export-job.ts';
import type { TokenAnswer } from '../../../ports/user-tokens.ts';

/** Turns "has to sign in" of a deleted account, whose tokens were just purged, into "deleted". */
export type OrDeleted = (person: Person, answer: TokenAnswer) => TokenAnswer;

/** Milliseconds: for whoever asks at the same time. Afterwards the account is back. */
const lasts = 5_000;
const maxRemembered = 10_000;

/** @param now milliseconds of a clock that is never set back */
export function createDeletedAccounts(now: () => number = () => performance.now()): OrDeleted {
  const goneAt = new Map<string, number>();
  return function noteAnswer(person, answer) {
    const key = `${person.tenantId}/${person.userId}`;
    if (answer.kind === 'userGone') {
      if (goneAt.size >= maxRemembered) goneAt.clear();
      goneAt.set(key, now());
    }
    const at = goneAt.get(key);
    const isGone = at !== undefined && now() - at < lasts;
    const hasNoTokens = answer.kind === 'signInRequired' && answer.cause === 'signIn';
    return hasNoTokens && isGone ? { kind: 'userGone' } : answer;
  };
}
