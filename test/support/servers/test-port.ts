/** Finds ports that a test probes now and has bound later, or that nobody is to listen on. */
import { freePort } from '../../../src/sandbox/loopback/listening.ts';

/**
 * Below what systems give out by themselves, which is 32768 and up on Linux and 49152 and up elsewhere: the simulators
 * of the same process ask for any port all the time, and would sooner or later be given one that was probed before.
 */
const lowest = 20_000;
const howMany = 10_000;

/** Test processes that run beside one another begin far apart: 101 and 10,000 have no divisor in common. */
const start = (Number(process.env['MOCHA_WORKER_ID'] ?? 0) * 2_500 + process.pid * 101) % howMany;

let given = 0;

/** Free at this moment, and never given twice in one process. */
export async function testPort(): Promise<number> {
  while (given < howMany) {
    const port = lowest + ((start + given) % howMany);
    given += 1;
    if ((await freePort(port)) === port) return port;
  }
  throw new Error(
    `Every port from ${String(lowest)} to ${String(lowest + howMany - 1)} was given or is taken`,
  );
}
