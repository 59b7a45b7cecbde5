/**
 * Gathers what is asked while a batch is under way, so that the next one answers all of it. Ours because dataloader gathers within
 * one turn of the event loop, and lets one bad question fail everybody's.
 */
import { setTimeout as pause } from 'node:timers/promises';

export interface BatchesDeps<Q, A> {
  /** Answers in the order of the questions, of which no two have the same key. */
  readonly ask: (questions: readonly Q[]) => Promise<readonly A[]>;
  readonly keyOf: (question: Q) => string;
  /** Milliseconds that a batch waits for more, unless it is full; default: what comes first is asked at once. */
  readonly gatherFor?: number;
}

const maxQuestions = 100;
/** Milliseconds. A batch that hangs holds up no other for longer. */
const maxUnderWay = 1_000;

interface Waiting<Q, A> {
  readonly question: Q;
  readonly answered: PromiseWithResolvers<A>;
}

/** What it gives rejects as `ask` does for that question alone. */
export function createBatches<Q, A>({ ask, keyOf, gatherFor = 0 }: BatchesDeps<Q, A>) {
  let waiting: Waiting<Q, A>[] = [];
  let isAsking = false;
  const takeBatch = (): readonly Waiting<Q, A>[] => {
    const batch = new Map<string, Waiting<Q, A>>();
    waiting = waiting.filter((one) => {
      const key = keyOf(one.question);
      if (batch.has(key) || batch.size === maxQuestions) return true;
      batch.set(key, one);
      return false;
    });
    return [...batch.values()];
  };
  const askAll = async (batch: readonly Waiting<Q, A>[]): Promise<void> => {
    try {
      const answers = await ask(batch.map(({ question }) => question));
      for (const [nth, { answered }] of batch.entries()) answered.resolve(answers[nth] as A);
    } catch (error) {
      if (batch.length === 1) batch[0]?.answered.reject(error);
      else await Promise.all(batch.map((one) => askAll([one])));
    }
  };
  const askInTurn = async (): Promise<void> => {
    isAsking = true;
    while (waiting.length > 0) {
      if (gatherFor > 0 && waiting.length < maxQuestions) await pause(gatherFor);
      await Promise.race([askAll(takeBatch()), pause(maxUnderWay, undefined, { ref: false })]);
    }
    isAsking = false;
  };
  return function answerTo(question: Q): Promise<A> {
    const answered = Promise.withResolvers<A>();
    waiting.push({ question, answered });
    if (!isAsking) void askInTurn();
    return answered.promise;
  };
}
