/** Heartbeat: extends a lease for as long as work lasts. Ours because a timer around the work is all there is to it. */

export interface HeartbeatOptions {
  readonly everySeconds: number;
  /** As long unless given. */
  readonly firstAfterSeconds?: number;
  readonly extend: () => Promise<unknown>;
  /** A lost beat shows in the next claim; the work itself goes on. */
  readonly onLost: (error: unknown) => void;
}

export async function withHeartbeat<T>(
  { everySeconds, firstAfterSeconds = everySeconds, extend, onLost }: HeartbeatOptions,
  work: () => Promise<T>,
): Promise<T> {
  let next: NodeJS.Timeout | undefined;
  const beatAfter = (seconds: number): void => {
    next = setTimeout(beat, seconds * 1000).unref();
  };
  const beat = (): void => {
    void extend().catch(onLost);
    beatAfter(everySeconds);
  };
  beatAfter(firstAfterSeconds);
  try {
    return await work();
  } finally {
    clearTimeout(next);
  }
}
