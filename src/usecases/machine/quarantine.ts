/** Decides how carefully an export is worked on that was in hand when processes died. */
import { warmUpAfter } from '../../blocks/warm-up.ts';

/**
 * Five deaths make an export a poison message. One that was merely at work beside it is blamed for three at most: after two
 * it works among a few, and then alone.
 */
export type Quarantine = 'none' | 'amongFew' | 'alone' | 'notAtAll';

const amongFewFrom = 2;
const aloneFrom = 3;
const notAtAllFrom = 5;

/** @param crashes how many processes in a row died with it in hand */
export function quarantineFor(crashes: number): Quarantine {
  if (crashes < amongFewFrom) return 'none';
  if (crashes < aloneFrom) return 'amongFew';
  return crashes < notAtAllFrom ? 'alone' : 'notAtAll';
}

/**
 * Seconds that a process must have worked before it takes such an export. A dead process's work comes back after 15 s anyway,
 * so that a single death delays nothing.
 */
export const warmUpFor = (crashes: number): number =>
  quarantineFor(crashes) === 'none' || quarantineFor(crashes) === 'notAtAll' ? 0 : warmUpAfter(crashes - 1);
