/** Saves a file through an upload session of OneDrive: chunk by chunk, without a token. */
import { inChunks } from '../../blocks/byte-streams.ts';
import { isOnAllowedHost } from '../../domain/allowed-hosts.ts';
import type { Log } from '../../ports/runtime.ts';
import type { Drive, UploadOutcome } from '../../ports/people-files.ts';
import { withoutUrl } from './fetch-attachment.ts';

export interface DriveDeps {
  /** `FILE_HOSTS`. */
  readonly hosts: readonly string[];
  readonly fetch?: typeof fetch;
  readonly log: Pick<Log, 'warn'>;
  /** A multiple of 320 KiB, default 10 MiB; one chunk is in memory at a time. */
  readonly chunkBytes?: number;
}

const chunkUnit = 320 * 1024;
const usualChunk = 32 * chunkUnit;
const chunkPatience = 120_000;

/** `PUT uploadUrl` with `Content-Range: bytes a-b/n`: Graph's upload session, as Teams' file consent hands it over. */
export const createDrive = (deps: DriveDeps): Drive => ({
  upload: async (uploadUrl, { stream, length }) => {
    try {
      return await upload(deps, uploadUrl, stream, length);
    } catch (error) {
      deps.log.warn({ err: withoutUrl(error) }, 'saving a file to OneDrive broke off');
      return { kind: 'unavailable' };
    } finally {
      if (!stream.locked) await stream.cancel().catch(() => undefined);
    }
  },
});

async function upload(
  deps: DriveDeps,
  uploadUrl: string,
  stream: ReadableStream<Uint8Array>,
  length: number,
): Promise<UploadOutcome> {
  let from = 0;
  for await (const chunk of inChunks(stream, deps.chunkBytes ?? usualChunk)) {
    const until = from + chunk.length;
    if (until > length) return { kind: 'unavailable' };
    const outcome = await put(deps, uploadUrl, chunk, { from, length });
    if (outcome !== undefined) return outcome;
    from = until;
  }
  // Shorter than said: the session waits for more.
  return { kind: 'unavailable' };
}

/** Undefined when the drive wants more. The host is checked before each PUT. */
async function put(
  { hosts, log, ...deps }: DriveDeps,
  uploadUrl: string,
  chunk: Uint8Array,
  { from, length }: { readonly from: number; readonly length: number },
): Promise<UploadOutcome | undefined> {
  const url = URL.canParse(uploadUrl) ? new URL(uploadUrl) : undefined;
  if (url === undefined || !isOnAllowedHost(url, hosts)) {
    log.warn({ host: url?.host }, 'a file is to be saved on a host that FILE_HOSTS does not name');
    return { kind: 'hostNotAllowed' };
  }
  const range = `bytes ${String(from)}-${String(from + chunk.length - 1)}/${String(length)}`;
  const response = await (deps.fetch ?? fetch)(url, {
    method: 'PUT',
    redirect: 'manual',
    body: chunk,
    signal: AbortSignal.timeout(chunkPatience),
    headers: { 'Content-Range': range, 'Content-Length': String(chunk.length) },
  });
  await response.body?.cancel();
  return outcomeOf(response.status);
}

function outcomeOf(status: number): UploadOutcome | undefined {
  switch (status) {
    case 202:
      return undefined;
    case 200:
    case 201:
      return { kind: 'saved' };
    case 401:
    case 403:
    case 404:
    case 410:
    // A process that died had sent these bytes already.
    case 416:
      return { kind: 'sessionOver' };
    case 409:
    case 423:
      return { kind: 'locked' };
    case 413:
      return { kind: 'tooLarge' };
    case 507:
      return { kind: 'noRoom' };
    default:
      return { kind: status === 429 || status >= 500 ? 'unavailable' : 'refused' };
  }
}
