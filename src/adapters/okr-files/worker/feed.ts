/** Feeds a source to a worker: small pieces, one for each time it asks, and only so many bytes in all. */
import type { MessagePort } from 'node:worker_threads';
import type { ToWorker, FromWorker } from './worker-protocol.ts';

/** Bytes. Larger pieces of the source are cut, so that no piece is much work at once. */
const largestPiece = 128 * 1024;

export interface Feed {
  /** Answers one `more`; rejects with the source's own error. */
  readonly more: () => Promise<'fed' | 'tooLarge'>;
  /** Taken from the source so far. */
  readonly bytes: () => number;
  /** Milliseconds spent waiting for the source so far: no worker's fault. */
  readonly waited: () => number;
  readonly stop: () => Promise<void>;
}

export function createFeed(
  source: ReadableStream<Uint8Array>,
  send: (message: ToWorker, transfer: ArrayBuffer[]) => void,
  maxBytes: number,
): Feed {
  const reader = source.getReader();
  let rest: Uint8Array = new Uint8Array();
  let seen = 0;
  let waited = 0;
  let waitingSince: number | undefined;
  let last = Promise.resolve<'fed' | 'tooLarge'>('fed');

  const read = async (): Promise<Uint8Array | undefined> => {
    waitingSince = performance.now();
    try {
      // Empty pieces are legal, and no answer.
      for (;;) {
        const { done, value } = await reader.read();
        if (done || value.length > 0) return value;
      }
    } finally {
      waited += performance.now() - waitingSince;
      waitingSince = undefined;
    }
  };
  const feedOne = async (): Promise<'fed' | 'tooLarge'> => {
    if (rest.length === 0) {
      const piece = await read();
      if (piece === undefined) {
        send({ kind: 'end' }, []);
        return 'fed';
      }
      seen += piece.length;
      if (seen > maxBytes) return 'tooLarge';
      rest = piece;
    }
    // A copy: the source may go on using its own buffer, and a Buffer's slice shares it.
    const bytes = new Uint8Array(rest.subarray(0, largestPiece));
    rest = rest.subarray(bytes.length);
    send({ kind: 'piece', bytes }, [bytes.buffer]);
    return 'fed';
  };
  return {
    // One after the other, in the order of asking.
    more: () => (last = last.then(feedOne)),
    bytes: () => seen,
    waited: () => waited + (waitingSince === undefined ? 0 : performance.now() - waitingSince),
    stop: () => reader.cancel().catch(() => undefined),
  };
}

/** The source as the worker sees it. Asking is the back-pressure: at most two pieces are on the worker's side. */
export async function* pulledPieces(
  port: MessagePort,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const answers: ToWorker[] = [];
  let wake: (() => void) | undefined;
  const onMessage = (message: ToWorker): void => {
    answers.push(message);
    wake?.();
  };
  // Whoever has seen enough closes the port: what still waits here ends, too.
  const onClose = (): void => onMessage({ kind: 'end' });
  port.on('message', onMessage).once('close', onClose);
  try {
    ask(port);
    for (;;) {
      while (answers.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const answer = answers.shift();
      if (answer === undefined || answer.kind === 'end') return;
      ask(port);
      yield answer.bytes;
    }
  } finally {
    port.off('message', onMessage).off('close', onClose);
  }
}

const ask = (port: MessagePort): void => port.postMessage({ kind: 'more' } satisfies FromWorker);
