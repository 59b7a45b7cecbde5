/** Recognises PostgreSQL's errors by their SQLSTATE (appendix A of its manual). */

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505';

/** A serialisation failure or a deadlock: the same transaction may succeed at the next try. */
export const isWorthRetrying = (error: unknown): boolean =>
  codeOf(error) === '40001' || codeOf(error) === '40P01';

/** The disk is full, or the server's memory. */
export const isDiskFull = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === '53100' || code === '53200';
};
