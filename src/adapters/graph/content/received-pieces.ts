/** Reads a body piece by piece, within limits of time and size. */
import { withTimeout } from '../../../blocks/with-timeout.ts';
import type { ContentFault } from '../../../ports/goals-exports.ts';

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
      const piece = await withTimeout(Math.min(limits.idle, patience), pieces.next(), tooSlow);
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

const tooSlow = (): never => {
  throw new ContentBroken('tooSlow');
};

/** The file ended before it was whole, or grew too large, or came too slowly. */
export class ContentBroken extends Error {
  override readonly name = 'ContentBroken';
  readonly fault: ContentFault;

  constructor(fault: ContentFault, options?: ErrorOptions) {
    super(`The content broke off: ${fault}`, options);
    this.fault = fault;
  }
}
