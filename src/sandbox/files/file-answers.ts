/** Refuses as a drive does, in the words of Graph's drive errors; for the file host and for scripts. */
import type { Answer } from '../loopback/script.ts';

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

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
