/** Drops characters that nobody sees: zero-width spaces, soft hyphens, directional marks and their like. */

/** Source: Unicode, property Default_Ignorable_Code_Point. */
const invisible = /\p{Default_Ignorable_Code_Point}+/gu;

/** UTF-8 sequences of more than one byte, percent-encoded. */
const encodedCharacter = /%[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3}/gi;
const encodedBlanksAtTheEnd = /(?<!%(?:20|09|0a|0d|c2%a0))(?:%(?:20|09|0a|0d|c2%a0))+$/i;

export const withoutInvisible = (text: string): string => text.replace(invisible, '');

/** Also those that are percent-encoded, and blanks that were copied with the end of the address. */
export const addressWithoutInvisible = (address: string): string =>
  withoutInvisible(address)
    .replace(encodedCharacter, (encoded) => (isInvisible(encoded) ? '' : encoded))
    .replace(encodedBlanksAtTheEnd, '');

function isInvisible(encoded: string): boolean {
  try {
    return withoutInvisible(decodeURIComponent(encoded)) === '';
  } catch {
    return false;
  }
}
