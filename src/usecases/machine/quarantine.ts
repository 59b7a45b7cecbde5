/** Decides how carefully an export is worked on that was in hand when processes died. */

/**
 * Whoever is at work beside the culprit twice may be there among a few once more, and then never again: an innocent one is
 * blamed for three deaths at most, and five make a culprit.
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
 * Seconds that a process must have worked before it takes such an export: 5, 10, 15. Where processes are being killed for other
 * reasons none lives long, and the next death must not be blamed on it as well. A dead process's work comes back after 15 s
 * anyway, so that this delays it where there is one death after the other only.
 */
export const secondsToLive = (crashes: number): number =>
  quarantineFor(crashes) === 'none' || quarantineFor(crashes) === 'notAtAll' ? 0 : 5 * (crashes - 1);
