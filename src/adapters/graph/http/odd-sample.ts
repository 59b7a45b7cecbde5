/** Samples an answer that made no sense for the log: at most 1 KB, with secrets and people redacted. */

const longestSample = 1024;
const redactions: readonly (readonly [what: RegExp, instead: string])[] = [
  [/\beyJ[\w-]+(\.[\w-]*)*/g, '[token]'],
  [
    /\b(bearer|token|code|secret|password|assertion|sig)(["']?\s*[:= ]\s*["']?)[^\s"'&,;<]+/gi,
    '$1$2[redacted]',
  ],
  [/[\w.+-]{1,64}@[\w.-]{1,128}/g, '[mail]'],
  [/(https?:\/\/[^\s"'<>?#]*)[?#][^\s"'<>]*/gi, '$1?[query]'],
  [/[A-Za-z0-9+/_=-]{48,}/g, '[long]'],
];

export function oddSample(status: number, headers: Headers, text: string): string {
  // Redacting before cutting: a cut token would no longer look like one.
  const opening = redactions.reduce(
    (kept, [what, instead]) => kept.replace(what, instead),
    text.slice(0, 8192),
  );
  const sample = `${String(status)} ${headers.get('content-type') ?? 'no type'}: ${opening}`;
  return Buffer.from(sample)
    .subarray(0, longestSample)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}
