/** Heartbeat: extends a lease for as long as work lasts. Ours because a timer around the work is all there is to it. */

export interface HeartbeatOptions {
  readonly everySeconds: number;
  readonly extend: () => Promise<unknown>;
  /** A lost beat shows in the next claim; the work itself goes on. */
  readonly onLost: (error: unknown) => void;
}

export async function withHeartbeat<T>(
  { everySeconds, extend, onLost }: HeartbeatOptions,
  work: () => Promise<T>,
): Promise<T> {
  const beating = setInterval(() => void extend().catch(onLost), everySeconds * 1000).unref();
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
