/** Retries a write through a short outage. Ours because p-retry gives up at once on a `TypeError`, which a driver may throw when its connection is lost. */
import { setTimeout as pause } from 'node:timers/promises';

const firstPause = 300;
const maxAttempts = 5;

/**
 * For telling the database what has happened outside: what is forgotten is done again. Retries for up to 5 s, so the write
 * must change nothing when it is applied twice. Rejects with the last failure.
 */
export async function retryWrite<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt === maxAttempts) throw error;
    }
    await pause(firstPause * 2 ** (attempt - 1));
  }
}
