/** Plays the drive of the simulated tenant over loopback HTTP: files sent to the bot, and files that the bot saves. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Call, Answer } from '../loopback/script.ts';
import { createLoopbackServer, type LoopbackServer, type RawCall } from '../loopback/loopback-server.ts';
import {
  fileRefusals,
  createUploadSessions,
  savedFolder,
  uploadPath,
  type UploadSessions,
} from './upload-sessions.ts';

export type FileHostOptions = Readonly<{
  /** 0, the default, takes any free port. */
  port?: number;
  clock?: () => number;
}>;

/** Scripts tell calls apart by `op`: `download`, `upload`, `uploadStatus`, `uploadCancel`, `open`; `about.file` is the `uniqueId`. */
export type FileHost = LoopbackServer &
  Readonly<{
    /** For `FILE_HOSTS`: `127.0.0.1:<port>`. */
    host: () => string;
    offer: OfferedFiles['offer'];
    openSession: UploadSessions['open'];
    uploaded: UploadSessions['uploaded'];
    /** What was uploaded, for a page: `contentUrl` opens it in a browser. */
    saved: () => readonly Readonly<{ name: string; contentUrl: string; length: number }>[];
    /** Calls that brought a token along, which none may: each was answered with 401. */
    withAuthorization: () => readonly Call[];
  }>;

export const createFileHost = ({ port, clock = Date.now }: FileHostOptions = {}): FileHost => {
  const offered = createOfferedFiles(() => server.url(), clock);
  const sessions = createUploadSessions(() => server.url(), clock);
  const server = createLoopbackServer({
    clock,
    annotate: (call) => ({ op: operationOf(call), about: { file: fileOf(call) } }),
    handle: (call) => answer(offered, sessions, call),
    ...(port === undefined ? {} : { port }),
  });
  return {
    ...server,
    host: () => new URL(server.url()).host,
    offer: offered.offer,
    openSession: sessions.open,
    uploaded: sessions.uploaded,
    saved: () =>
      sessions.uploaded().map(({ name, contentUrl, bytes }) => ({ name, contentUrl, length: bytes.length })),
    withAuthorization: () => server.calls.filter(({ headers }) => headers.authorization !== undefined),
  };
};

const answer = (offered: OfferedFiles, sessions: UploadSessions, call: Call): Answer => {
  if (call.headers.authorization !== undefined) return fileRefusals.unauthenticated;
  const key = call.query['tempauth'] ?? '';
  switch (call.op) {
    case 'download':
      return offered.answer(key);
    case 'upload':
      return sessions.put(key, {
        body: call.body,
        contentRange: call.headers['content-range'],
        contentLength: call.headers['content-length'],
      });
    case 'uploadStatus':
      return sessions.status(key);
    case 'uploadCancel':
      return sessions.cancel(key);
    case 'open':
      return sessions.openFile(call.path);
    default:
      return fileRefusals.gone;
  }
};

const operationOf = ({ method, path }: RawCall): string => {
  if (path === downloadPath && (method === 'GET' || method === 'HEAD')) return 'download';
  if (path.startsWith(savedFolder) && method === 'GET') return 'open';
  if (path !== uploadPath) return 'other';
  return { PUT: 'upload', GET: 'uploadStatus', DELETE: 'uploadCancel' }[method] ?? 'other';
};

const fileOf = ({ query }: RawCall): string => query['UniqueId'] ?? query['guid'] ?? '';

/** The attachment that Teams makes of a file which a person sends to a bot (`teams-protocol.md` §4). */
export type FileAttachment = Readonly<{
  contentType: 'application/vnd.microsoft.teams.file.download.info';
  name: string;
  contentUrl: string;
  content: Readonly<{ downloadUrl: string; uniqueId: string; fileType: string }>;
}>;

type OfferedFile = Readonly<{
  name: string;
  bytes: Uint8Array;
  /** 5 minutes without it. */
  livesMs?: number;
}>;

/** Handed out to whoever holds their pre-signed link, for a while. */
type OfferedFiles = Readonly<{
  offer: (file: OfferedFile) => FileAttachment;
  /** @param key the link's secret */
  answer: (key: string) => Answer;
}>;

const downloadPath = '/personal/sandbox/_layouts/15/download.aspx';

const usualLifeMs = 5 * 60_000;

const createOfferedFiles = (origin: () => string, clock: () => number): OfferedFiles => {
  const files = new Map<string, { readonly bytes: Uint8Array; readonly until: number }>();
  const forgetExpired = (): void => {
    for (const [key, { until }] of files) if (until <= clock()) files.delete(key);
  };
  return {
    offer: ({ name, bytes, livesMs = usualLifeMs }) => {
      forgetExpired();
      const uniqueId = randomUUID();
      const key = randomBytes(24).toString('base64url');
      files.set(key, { bytes, until: clock() + livesMs });
      const query = new URLSearchParams({ UniqueId: uniqueId, Translate: 'false', tempauth: key });
      return {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name,
        contentUrl: `${origin()}/personal/sandbox/Documents/${encodeURIComponent(name)}`,
        content: {
          downloadUrl: `${origin()}${downloadPath}?${query.toString()}`,
          uniqueId,
          fileType: /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '',
        },
      };
    },
    answer: (key) => {
      const file = files.get(key);
      if (!file || file.until <= clock()) return fileRefusals.unauthenticated;
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: file.bytes };
    },
  };
};
