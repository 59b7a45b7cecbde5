/** Answers for the trace of Graph's answers that made no sense (G19): one log line each, at most 1 KB, redacted. */
import type { GoalsExports } from '../../ports/goals-exports.ts';
import type { Log } from '../../ports/runtime.ts';

export function tellOddAnswers(log: Log, goals: GoalsExports): GoalsExports {
  const told = async <A extends { readonly kind: string }>(call: string, asked: Promise<A>): Promise<A> => {
    const answer = await asked;
    if (answer.kind === 'odd' && 'sample' in answer)
      log.warn({ call, sample: answer.sample }, 'an answer of Graph made no sense');
    return answer;
  };
  return {
    create: (...given) => told('create', goals.create(...given)),
    get: (...given) => told('get', goals.get(...given)),
    list: (...given) => told('list', goals.list(...given)),
    content: (...given) => told('content', goals.content(...given)),
  };
}
