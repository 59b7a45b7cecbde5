/** Answers for text that PostgreSQL can keep: it takes neither NUL nor half a surrogate pair. */

export const storableText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');

/** JSON text for a `jsonb` column; Dates become ISO 8601 text. */
export const storableJson = (value: object): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? storableText(inner) : inner));
