/** Fetches a file that somebody sent from an allowed host, without a token, as a stream. */
import { isOnAllowedHost } from '../../domain/allowed-hosts.ts';
import { present } from '../../domain/present.ts';
import type { Log } from '../../ports/runtime.ts';
import type { FetchAttachment, FetchAttachmentOutcome } from '../../ports/people-files.ts';

export interface FetchAttachmentDeps {
  /** `FILE_HOSTS`. */
  readonly hosts: readonly string[];
  readonly fetch?: typeof fetch;
  readonly log: Pick<Log, 'warn' | 'debug'>;
  readonly patience?: Patience;
}

/** Milliseconds: until the answer begins, and until it has ended. */
interface Patience {
  readonly answer: number;
  readonly whole: number;
}

const usualPatience: Patience = { answer: 15_000, whole: 120_000 };

/**
 * A `downloadUrl` of Teams' `application/vnd.microsoft.teams.file.download.info`: pre-signed, for minutes. No redirect is
 * followed and no Authorization sent. A stream that breaks or takes too long throws.
 */
export function createFetchAttachment(deps: FetchAttachmentDeps): FetchAttachment {
  return async function fetchAttachment(downloadUrl, { maxBytes, signal }) {
    const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : undefined;
    if (url === undefined || !isOnAllowedHost(url, deps.hosts)) {
      deps.log.warn({ host: url?.host }, 'a file that was sent lies on a host that FILE_HOSTS does not name');
      return { kind: 'hostNotAllowed' };
    }
    const patience = deps.patience ?? usualPatience;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error('The drive does not answer')), patience.answer);
    const until = AbortSignal.any([
      late.signal,
      AbortSignal.timeout(patience.whole),
      ...(signal === undefined ? [] : [signal]),
    ]);
    try {
      return await answerOf(await ask(deps, url, until), maxBytes);
    } catch (error) {
      deps.log.warn({ host: url.host, err: withoutUrl(error) }, 'a file that was sent could not be fetched');
      return { kind: 'unreachable' };
    } finally {
      clearTimeout(timer);
    }
  };
}

const ask = (deps: FetchAttachmentDeps, url: URL, signal: AbortSignal): Promise<Response> =>
  (deps.fetch ?? fetch)(url, {
    // Packed bodies that are cut look whole to `fetch`.
    headers: { 'Accept-Encoding': 'identity' },
    redirect: 'manual',
    signal,
  });

/** With which a drive says that a pre-signed link is over, or was never good. */
const overCodes: ReadonlySet<number> = new Set([401, 403, 404, 410]);
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

async function answerOf(response: Response, maxBytes: number): Promise<FetchAttachmentOutcome> {
  const length = lengthOf(response);
  if (response.status === 200 && response.body !== null && (length ?? 0) <= maxBytes)
    return { kind: 'file', stream: whole(response.body, length), ...present({ length }) };
  await response.body?.cancel();
  if (response.status === 200) return { kind: response.body === null ? 'unreachable' : 'tooLarge' };
  if (redirects.has(response.status)) return { kind: 'redirected' };
  return { kind: overCodes.has(response.status) ? 'linkTooOld' : 'unreachable' };
}

function lengthOf({ headers }: Response): number | undefined {
  const declared = headers.get('content-length');
  return declared !== null && /^\d{1,15}$/.test(declared) ? Number(declared) : undefined;
}

/** `fetch` takes a short body for a whole one. */
function whole(body: ReadableStream<Uint8Array>, length: number | undefined): ReadableStream<Uint8Array> {
  if (length === undefined) return body;
  let bytes = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        bytes += piece.length;
        controller.enqueue(piece);
      },
      flush() {
        if (bytes !== length) throw new Error('The file broke off');
      },
    }),
  );
}

/** Messages of `fetch` may quote the link, which is a secret for as long as it lives. */
export const withoutUrl = (error: unknown): Error =>
  new Error(error instanceof Error ? error.message.replace(/https?:\S+/g, '…') : 'unknown');
