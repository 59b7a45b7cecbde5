/** Takes uploads to the simulated drive: chunks in their order, each checked, kept once the file is whole. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer } from '../loopback/script.ts';

/** What Teams sends with an accepted file consent. */
type UploadInfo = Readonly<{
  contentUrl: string;
  /** May differ from what was asked for, when a file of that name exists. */
  name: string;
  uploadUrl: string;
  uniqueId: string;
  fileType: string;
}>;

type UploadedFile = Readonly<{ name: string; uniqueId: string; contentUrl: string; bytes: Buffer }>;

export type UploadSessions = Readonly<{
  /** @param livesMs 15 minutes without it */
  open: (file: Readonly<{ name: string; livesMs?: number }>) => UploadInfo;
  /** Whole files, oldest first. */
  uploaded: () => readonly UploadedFile[];
  put: (key: string, chunk: Chunk) => Answer;
  status: (key: string) => Answer;
  cancel: (key: string) => Answer;
  /** The file itself, for whoever opens it in a browser. */
  openFile: (path: string) => Answer;
}>;

type Chunk = Readonly<{ body: Buffer; contentRange: string | undefined; contentLength: string | undefined }>;

interface Session {
  readonly name: string;
  readonly uniqueId: string;
  readonly contentUrl: string;
  readonly until: number;
  total?: number;
  received: Buffer[];
}

export const savedFolder = '/personal/sandbox/Documents/Applications/';
export const uploadPath = '/personal/sandbox/_api/v2.0/drive/items/uploadSession';

const usualLifeMs = 15 * 60_000;
const chunkUnit = 320 * 1024;
const largestChunk = 60 * 1024 * 1024;

export const createUploadSessions = (origin: () => string, clock: () => number): UploadSessions => {
  const sessions = new Map<string, Session>();
  const whole: UploadedFile[] = [];
  const alive = (key: string): Session | undefined => {
    const session = sessions.get(key);
    return session && session.until > clock() ? session : undefined;
  };

  const finish = (key: string, { name, uniqueId, contentUrl, received }: Session): Answer => {
    const bytes = Buffer.concat(received);
    sessions.delete(key);
    whole.push({ name, uniqueId, contentUrl, bytes });
    return { status: 201, body: { id: uniqueId, name, size: bytes.length, file: {} } };
  };

  return {
    open: ({ name, livesMs = usualLifeMs }) => {
      const key = randomBytes(24).toString('base64url');
      const uniqueId = randomUUID();
      const contentUrl = `${origin()}${savedFolder}${uniqueId}/${encodeURIComponent(name)}`;
      sessions.set(key, { name, uniqueId, contentUrl, until: clock() + livesMs, received: [] });
      const query = new URLSearchParams({ guid: uniqueId, overwrite: 'True', tempauth: key });
      return {
        contentUrl,
        name,
        uploadUrl: `${origin()}${uploadPath}?${query.toString()}`,
        uniqueId,
        fileType: /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '',
      };
    },
    uploaded: () => whole,
    put: (key, chunk) => {
      const session = alive(key);
      if (!session) return fileRefusals.gone;
      const refused = take(session, chunk);
      if (refused) return refused;
      return lengthOf(session) === session.total ? finish(key, session) : progress(202, session);
    },
    status: (key) => {
      const session = alive(key);
      return session ? progress(200, session) : fileRefusals.gone;
    },
    cancel: (key) => (sessions.delete(key) ? { status: 204 } : fileRefusals.gone),
    openFile: (path) => {
      const file = whole.find(({ uniqueId }) => path.startsWith(`${savedFolder}${uniqueId}/`));
      if (file === undefined) return fileRefusals.gone;
      const headers = { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' };
      return { status: 200, headers, body: file.bytes };
    },
  };
};

/** Adds the chunk, or says why not. */
const take = (session: Session, { body, contentRange, contentLength }: Chunk): Answer | undefined => {
  if (contentLength === undefined) return fileRefusals.lengthRequired;
  const [, first, last, total] = (/^bytes (\d+)-(\d+)\/(\d+)$/.exec(contentRange ?? '') ?? []).map(Number);
  if (first === undefined || last === undefined || total === undefined) return fileRefusals.badRequest;
  if (last - first + 1 !== body.length || last >= total) return fileRefusals.badRequest;
  if (body.length > largestChunk) return fileRefusals.tooLarge;
  if (last + 1 < total && body.length % chunkUnit !== 0) return fileRefusals.badRequest;
  if (session.total !== undefined && session.total !== total) return fileRefusals.badRequest;
  if (first !== lengthOf(session)) return fileRefusals.wrongRange;
  session.total = total;
  session.received.push(body);
  return undefined;
};

const lengthOf = ({ received }: Session): number => received.reduce((sum, { length }) => sum + length, 0);

const progress = (status: number, session: Session): Answer => ({
  status,
  body: {
    expirationDateTime: new Date(session.until).toISOString(),
    nextExpectedRanges: [`${lengthOf(session)}-`],
  },
});

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

/** In the words of Graph's drive errors; for scripts, too. */
export const fileRefusals = {
  badRequest: refusal(400, 'invalidRequest', 'The Content-Range header is missing or malformed.'),
  /** A link or a session whose time is over; also what an Authorization header brings about. */
  unauthenticated: refusal(401, 'unauthenticated', 'The token is expired or not valid here.'),
  gone: refusal(404, 'itemNotFound', 'The resource could not be found.'),
  nameTaken: refusal(409, 'nameAlreadyExists', 'Another item with this name exists.'),
  lengthRequired: refusal(411, 'lengthRequired', 'The Content-Length header is required.'),
  tooLarge: refusal(413, 'fragmentTooLarge', 'A chunk has at most 60 MiB.'),
  wrongRange: refusal(416, 'invalidRange', 'The chunk does not follow on what is here.'),
  locked: refusal(423, 'resourceLocked', 'The file is open or locked.'),
  unavailable: refusal(503, 'serviceNotAvailable', 'The service is not available.'),
  quota: refusal(507, 'quotaLimitReached', 'Insufficient space available.'),
} as const satisfies Record<string, Answer>;
