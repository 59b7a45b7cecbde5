/** Answers for a file that ends within quotes each time it is fetched being handed over: then it is the file that is odd, and nobody cut it. */

/** True when the file at this address has ended so before, after as many bytes; remembers it otherwise. */
export type HasEndedAlike = (address: string, bytes: number) => boolean;

const mostRemembered = 1_000;

export function createQuotedEnds(): HasEndedAlike {
  const ends = new Map<string, number>();
  return (address, bytes) => {
    if (ends.get(address) === bytes) return true;
    if (ends.size >= mostRemembered) ends.clear();
    ends.set(address, bytes);
    return false;
  };
}
