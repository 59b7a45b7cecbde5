/** Answers for what PostgreSQL's error codes mean to us (SQLSTATE, appendix A of its manual). */

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505';

/** A serialisation failure or a deadlock: the same transaction may well succeed when it is repeated. */
export const isWorthRepeating = (error: unknown): boolean =>
  codeOf(error) === '40001' || codeOf(error) === '40P01';

/** The disk is full, or another resource of the server is used up: nothing new can be kept. */
export const hasNoRoom = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === '53100' || code === '53200';
};
