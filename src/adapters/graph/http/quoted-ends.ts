/** Answers for a file that ends within quotes each time it is fetched being handed over: most likely the file is odd, and a download must not be barred for ever. */

/** True when the file at this address has ended so before, after as many bytes; remembers it otherwise. */
export type HasEndedAlike = (address: string, bytes: number) => boolean;

const mostRemembered = 1_000;

export function createQuotedEnds(): HasEndedAlike {
  const ends = new Map<string, number>();
  return function isQuotedEnd(address, bytes) {
    if (ends.get(address) === bytes) return true;
    if (ends.size >= mostRemembered) ends.clear();
    ends.set(address, bytes);
    return false;
  };
}
