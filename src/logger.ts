/** Logs JSON lines on stdout, without tokens, links, message text or file contents. */
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** The last net: nothing below these names is logged by us, but an error object may carry them. */
const secretFields = [
  'authorization',
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'assertion',
  'code',
  'state',
];
const secretShapes =
  /eyJ[\w-]{8,}(\.[\w-]+){0,2}|(?<=[?&](?:code|state|request|token)=)[^&\s"]+|(?<=\/d\/)[\w-]{20,}/g;

/** `ECONNRESET`, `BotNotInConversationRoster`, PostgreSQL's `23505`: an authorization code looks otherwise. */
const errorCode = /^([A-Za-z_]{1,40}|[0-9A-Z]{5})$/;

const censor = (value: unknown, path: readonly string[]): unknown =>
  path.at(-1) === 'code' && typeof value === 'string' && errorCode.test(value) ? value : '[secret]';

const withoutSecrets = (text: string): string => text.replace(secretShapes, '[secret]');

/** @param destination stdout unless given; tests collect what is logged */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretFields.flatMap((name) => [name, `*.${name}`]), censor },
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Name, words, code, place and cause: an error of a library may hold whole requests, which nobody may read here. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? withoutSecrets(error) : typeof error;
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: withoutSecrets(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
