/** Answers for whether a body that claims to be a file is a web page or JSON (G24). */

/** Bytes to look at. */
export const sniffed = 512;

const refusedTypes = /\b(html|xml|json)\b/i;

export const isRefusedType = (contentType: string | null): boolean => refusedTypes.test(contentType ?? '');

/** By the first bytes, whatever the content type says; UTF-16 and a byte order mark are looked through. */
export function isNoCsv(opening: Uint8Array): boolean {
  const text = Buffer.from(opening.subarray(0, sniffed))
    .toString('latin1')
    .replace(/^(ÿþ|þÿ|ï»¿)/, '')
    .replaceAll('\u0000', '')
    .trimStart();
  return /^<[a-z!?]/i.test(text) || /^\{\s*["}]/.test(text) || /^\[\s*[[{"\]]/.test(text);
}
