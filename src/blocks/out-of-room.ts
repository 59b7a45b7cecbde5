/** Recognises that a disk is full: the bot's own, or the database's. */

/** Of the file system: no space, or the quota is used up. Of PostgreSQL: `disk_full`. */
const codes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** By its code, or by that of its cause. */
export function isOutOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && codes.has(error.code)) || isOutOfRoom(error.cause);
}
