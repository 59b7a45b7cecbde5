/** A web server whose download links do what a test says, and files that break where it says. */
import type { OpenDownload, TakeDownload, TakeOutcome } from '../../src/usecases/files/download-export.ts';
import type { WebServerDeps } from '../../src/web/server.ts';
import { token, useSite, type Site } from './run-web-server.ts';

type File = Extract<TakeOutcome, { kind: 'file' }>;

export interface DownloadSite {
  readonly site: () => Site;
  /** `open <token>` and `take <token> <format>`, in order. */
  readonly calls: string[];
  readonly link: () => string;
  readonly post: () => Promise<Response>;
  opened: Awaited<ReturnType<OpenDownload>>;
  take: TakeDownload;
}

/** To be called in a `describe`. */
export function useDownloadSite(exportCardFor?: WebServerDeps['exportCardFor']): DownloadSite {
  const calls: string[] = [];
  const site = useSite({
    maxAtOnce: 2,
    ...(exportCardFor !== undefined && { exportCardFor }),
    openDownload: async (given) => {
      calls.push(`open ${given}`);
      return await Promise.resolve(here.opened);
    },
    takeDownload: async (given, format) => {
      calls.push(`take ${given} ${format ?? 'original'}`);
      return await here.take(given, format);
    },
  });
  const link = (): string => `${site().url}/d/${token}`;
  const here: DownloadSite = {
    site,
    calls,
    link,
    post: async () => await fetch(link(), { method: 'POST' }),
    opened: { kind: 'unknown' },
    take: async () => await Promise.resolve({ kind: 'unknown' }),
  };
  return here;
}

/** The next download gets this file; the promises tell how its sending ended. */
export function serveFile(
  here: DownloadSite,
  stream: ReadableStream<Uint8Array>,
  more: Partial<Pick<File, 'length' | 'fileName'>> = {},
): { readonly finished: Promise<number>; readonly broken: Promise<unknown> } {
  const finished = Promise.withResolvers<number>();
  const broken = Promise.withResolvers<unknown>();
  here.take = async () =>
    await Promise.resolve({
      kind: 'file',
      stream,
      fileName: 'export.csv',
      finished: async (bytes) => {
        await Promise.resolve();
        finished.resolve(bytes);
      },
      broken: async (cause) => {
        await Promise.resolve();
        broken.resolve(cause);
      },
      ...more,
    });
  return { finished: finished.promise, broken: broken.promise };
}

/** Gives the chunks one by one; an error among them breaks it there. */
export function streamOf(...chunks: readonly (Uint8Array | Error)[]): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream({
    pull: (controller) => {
      const next = left.shift();
      if (next === undefined) controller.close();
      else if (next instanceof Error) controller.error(next);
      else controller.enqueue(next);
    },
  });
}
