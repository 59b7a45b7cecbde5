/** Asks one thing of many, twenty in one call, until each has an answer: one part may be throttled though the others are not. */
import type { Log } from '../../ports/runtime.ts';
import { patiently } from './patience.ts';
import type { Part } from './planner-bodies.ts';
import { mostInABatch, type BatchOf, type PlannerCalls, type Trouble } from './planner-calls.ts';

export interface InBatchesDeps {
  readonly calls: Pick<PlannerCalls, 'batch'>;
  readonly log: Log;
}

/**
 * @param settle is given every answer but "later"
 * @param withheld told when Graph answers nothing of the kind to this person
 */
export async function inBatches<T>(
  { calls, log }: InBatchesDeps,
  accessToken: string,
  asked: BatchOf<T> & { readonly settle: (part: Part<T>) => void; readonly withheld: () => void },
  ids: readonly string[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += mostInABatch) {
    let left = ids.slice(from, from + mostInABatch);
    await patiently(log, async () => {
      const answer = await calls.batch(accessToken, asked, left);
      if (answer.kind === 'refused' || answer.kind === 'consentMissing') {
        asked.withheld();
        return done;
      }
      if (answer.kind !== 'parts') return answer;
      const busy = answer.parts.filter(isBusy);
      for (const part of answer.parts) if (!busy.includes(part)) asked.settle(part);
      left = busy.map(({ id }) => id);
      return left.length === 0 ? done : tryLater(busy);
    });
  }
}

const done = { kind: 'done' } as const;

const isBusy = ({ status }: Part<unknown>): boolean => status === 429 || status >= 500;

const tryLater = (busy: readonly Part<unknown>[]): Trouble => ({
  kind: 'unavailable',
  trouble: 'busy',
  notSent: true,
  retryAfter: Math.max(1, ...busy.map(({ retryAfter = 1 }) => retryAfter)),
});
