/** Answers for telling the database what has happened outside: through a short outage too, because what is forgotten is done again. */
import { setTimeout as pause } from 'node:timers/promises';

const firstPause = 300;
const attempts = 5;

/** Repeats a write that fails for up to 5 s; it must change nothing when it is applied twice. Rejects with the last failure. */
export async function insist<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt === attempts) throw error;
    }
    await pause(firstPause * 2 ** (attempt - 1));
  }
}
