/** Answers for holding a whole stream, for formats whose table of contents stands at their end. */

/** The feed has bounded it before. */
export async function wholeBytes(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
