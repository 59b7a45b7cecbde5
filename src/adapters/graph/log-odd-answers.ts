/** Logs what an operator should know of Graph's answers: odd ones (G19), unknown states (G17), missing permissions (G3). */
import type { GetAnswer, GoalsExports, GraphTrouble } from '../../ports/goals-exports.ts';
import type { Log } from '../../ports/runtime.ts';

type Answer = Readonly<{ kind: string }> | GraphTrouble | GetAnswer;

export function logOddAnswers(log: Log, goals: GoalsExports): GoalsExports {
  const logged = async <A extends Answer>(call: string, asked: Promise<A>): Promise<A> => {
    const answer = await asked;
    logAnswer(log, call, answer);
    return answer;
  };
  return {
    create: (...given) => logged('create', goals.create(...given)),
    get: (...given) => logged('get', goals.get(...given)),
    list: (...given) => logged('list', goals.list(...given)),
    content: (...given) => logged('content', goals.content(...given)),
  };
}

function logAnswer(log: Log, call: string, answer: Answer): void {
  if (answer.kind === 'odd' && 'sample' in answer)
    log.warn({ call, sample: answer.sample }, 'an answer of Graph made no sense');
  if (answer.kind === 'consentMissing' && 'code' in answer)
    log.warn(
      { call, graphCode: answer.code, graphRequestId: answer.requestId },
      'Graph misses a permission or a licence',
    );
  if (answer.kind === 'job' && 'job' in answer && answer.job.status === 'unknown')
    log.warn(
      { graphJobId: answer.job.id, graphStatus: answer.job.unknownStatus },
      'Graph names a state that this version does not know; the export is looked at every five minutes',
    );
}
