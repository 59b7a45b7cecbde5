/** Asks again within one reading: many pages are not read anew because Graph asks for patience once. */
import { setTimeout as pause } from 'node:timers/promises';
import { ContentBroken } from '../../adapters/graph/content/whole-content.ts';
import type { Log } from '../../ports/runtime.ts';
import type { Trouble } from './planner-calls.ts';

/** Seconds that one question waits in all. */
const longestWait = 120;
const maxAttempts = 5;

/** @throws ContentBroken when it is not answered in the end: the whole reading is tried again later */
export async function patiently<A extends { readonly kind: string }>(
  log: Log,
  ask: () => Promise<A | Trouble>,
): Promise<Exclude<A, Trouble>> {
  let waited = 0;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (!isTrouble(answer)) return answer as Exclude<A, Trouble>;
    const seconds = answer.kind === 'unavailable' ? (answer.retryAfter ?? 2 ** attempt) : Infinity;
    waited += seconds;
    if (attempt === maxAttempts || waited > longestWait) {
      log.warn({ answer: answer.kind }, 'a plan could not be read to its end');
      throw new ContentBroken('cut');
    }
    await pause(seconds * 1000);
  }
}

const troubles: ReadonlySet<string> = new Set<Trouble['kind']>([
  'unauthorized',
  'consentMissing',
  'refused',
  'unavailable',
  'odd',
  'missing',
]);

const isTrouble = (answer: { readonly kind: string }): answer is Trouble => troubles.has(answer.kind);
