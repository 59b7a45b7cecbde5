/** Answers for all that is under way for somebody whom Entra ID no longer knows ending alike: nobody asks them to sign in. */
import type { Person } from '../../../domain/exports/export-job.ts';
import type { TokenAnswer } from '../../../ports/user-tokens.ts';

/** Without the tokens that were purged a moment ago they are still gone, not somebody who has to sign in. */
export type OrGone = (person: Person, answer: TokenAnswer) => TokenAnswer;

/** Milliseconds: for whoever asked at the same time. Afterwards it is the person, back again, who asks. */
const lasts = 5_000;
const mostRemembered = 10_000;

/** @param now milliseconds of a clock that is never set back */
export function createGonePeople(now: () => number = () => performance.now()): OrGone {
  const goneAt = new Map<string, number>();
  return function noteAnswer(person, answer) {
    const key = `${person.tenantId}/${person.userId}`;
    if (answer.kind === 'userGone') {
      if (goneAt.size >= mostRemembered) goneAt.clear();
      goneAt.set(key, now());
    }
    const at = goneAt.get(key);
    const isGone = at !== undefined && now() - at < lasts;
    const hasNoTokens = answer.kind === 'signInRequired' && answer.cause === 'signIn';
    return hasNoTokens && isGone ? { kind: 'userGone' } : answer;
  };
}
