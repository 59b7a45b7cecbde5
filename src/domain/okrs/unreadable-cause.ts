/** Answers for why a file cannot be summarised; the file itself can still be downloaded. */

export type UnreadableCause =
  | 'noTitleColumn'
  | 'noRows'
  | 'notATable'
  | 'tooLarge'
  | 'tooManyRows'
  | 'unpacksTooLarge'
  | 'encrypted'
  | 'damaged'
  | 'tookTooLong';

/** Why there is nothing to read out: the file's fault, or that it could not be read now. The last three are worth another try. */
export type UnreadCause = UnreadableCause | 'crashed' | 'later' | 'signInNeeded';
