/** Answers for the source as a worker sees it: pieces that it asks the main thread for, one ahead of its work. */
import type { MessagePort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-protocol.ts';

/** Asking is the back-pressure: at most two pieces are on this side. */
export async function* pulledPieces(
  port: MessagePort,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const answers: ToWorker[] = [];
  let wake: (() => void) | undefined;
  const onMessage = (message: ToWorker): void => {
    answers.push(message);
    wake?.();
  };
  port.on('message', onMessage);
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
    port.off('message', onMessage);
  }
}

const ask = (port: MessagePort): void => port.postMessage({ kind: 'more' } satisfies FromWorker);
