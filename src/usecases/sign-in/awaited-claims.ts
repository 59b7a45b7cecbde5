/** Answers for the claims challenge that a sign-in must satisfy, whichever of the person's exports met it. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { Stores } from '../../ports/runtime.ts';
import { questionOf } from './ask-sign-in.ts';

/** JSON text; one sign-in serves all exports, so it has to serve the strictest. */
export async function awaitedClaims(
  { exports }: Pick<Stores, 'exports'>,
  person: Person,
): Promise<string | undefined> {
  for (const id of await exports.waitingFor(person)) {
    const job = await exports.load(id);
    const claims = job && questionOf(job)?.claims;
    if (claims !== undefined) return claims;
  }
  return undefined;
}
