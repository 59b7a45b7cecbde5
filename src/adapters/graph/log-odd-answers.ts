/** Answers for the trace of what Graph says that an operator should know of: odd answers (G19, at most 1 KB, redacted), unknown states (G17), missing permissions (G3). */
import type { GetAnswer, GoalsExports, GraphTrouble } from '../../ports/goals-exports.ts';
import type { Log } from '../../ports/runtime.ts';

type Told = Readonly<{ kind: string }> | GraphTrouble | GetAnswer;

export function tellOddAnswers(log: Log, goals: GoalsExports): GoalsExports {
  const told = async <A extends Told>(call: string, asked: Promise<A>): Promise<A> => {
    const answer = await asked;
    tell(log, call, answer);
    return answer;
  };
  return {
    create: (...given) => told('create', goals.create(...given)),
    get: (...given) => told('get', goals.get(...given)),
    list: (...given) => told('list', goals.list(...given)),
    content: (...given) => told('content', goals.content(...given)),
  };
}

function tell(log: Log, call: string, answer: Told): void {
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
