/** Answers for reading a body piece by piece, within the limits of time and size. */
import { ContentBroken } from './content-broken.ts';

export interface ReceivingLimits {
  /** Milliseconds between two pieces, and in all; a slow reader's time does not count. */
  readonly idle: number;
  readonly total: number;
  readonly bytes: number;
}

/** Throws `ContentBroken`. `abort` closes the connection; it is called whenever reading stops. */
export async function* receivedPieces(
  body: AsyncIterable<Uint8Array>,
  limits: ReceivingLimits,
  abort: () => void,
): AsyncGenerator<Uint8Array, void> {
  const pieces = body[Symbol.asyncIterator]();
  let bytes = 0;
  let patience = limits.total;
  try {
    for (;;) {
      const asked = performance.now();
      const piece = await within(Math.min(limits.idle, patience), pieces.next());
      patience -= performance.now() - asked;
      if (piece.done === true) return;
      bytes += piece.value.byteLength;
      if (bytes > limits.bytes) throw new ContentBroken('tooLarge');
      yield piece.value;
    }
  } catch (error) {
    throw error instanceof ContentBroken ? error : new ContentBroken('cut', { cause: error });
  } finally {
    abort();
  }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ContentBroken('tooSlow')), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    // The losing read fails when the connection is closed; nobody waits for it any more.
    promise.catch(() => undefined);
  }
}
