/** Says how work is leased to one holder at a time, by the database's clock, and who vanished with it in hand is counted. */

/** @typeParam W names a piece of work; F is what is found with it */
export interface WorkClaims<W, F = unknown> {
  /**
   * Takes it for `seconds`; undefined while somebody else holds it. `crashes` counts takings that were never given back, since
   * it last got on or was worked on to the end.
   */
  readonly claim: (
    work: W,
    holder: string,
    seconds: number,
  ) => Promise<(F & { readonly crashes: number }) | undefined>;
  /** False when the claim was lost. */
  readonly extendClaim: (work: W, holder: string, seconds: number) => Promise<boolean>;
  /** `untouched`: as if it had not been taken. `broken`: the work ended by itself, but counts like a crash. `done` unless given. */
  readonly releaseClaim: (
    work: W,
    holder: string,
    outcome?: 'done' | 'untouched' | 'broken',
  ) => Promise<void>;
}
