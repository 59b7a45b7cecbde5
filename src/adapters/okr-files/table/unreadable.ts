/** Answers for a file that cannot be read, thrown from wherever in the worker that shows. */
import type { UnreadableCause } from '../../../ports/okr-files.ts';

export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly why: UnreadableCause;

  constructor(why: UnreadableCause, options?: ErrorOptions) {
    super(`the file cannot be read: ${why}`, options);
    this.why = why;
  }
}
