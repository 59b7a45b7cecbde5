/** Answers for what may be logged of a worker that died: never its message, which may quote the file. */

export interface WorkerDeath {
  readonly errorName: string;
  readonly code: string;
  /** Where in our code it happened; the message is cut off. */
  readonly frames: readonly string[];
}

export function deathOf(error: unknown): WorkerDeath {
  if (!(error instanceof Error)) return { errorName: 'none', code: 'none', frames: [] };
  const { name, message, stack = '' } = error;
  const opening = stack.indexOf(message);
  // A message may look like a frame: frames are what follows it, or nothing.
  const behind = opening === -1 ? '' : stack.slice(opening + message.length);
  const frames = behind
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
  return { errorName: name, code: 'code' in error ? String(error.code) : 'none', frames };
}
