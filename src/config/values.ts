/** Checks the forms that configuration values take; each mistake says what to write instead. */
import * as z from 'zod';

/** Lower-case GUID. */
export const guid = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    'must be a GUID such as 11111111-2222-3333-4444-555555555555',
  );

export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/** An `https` URL without a slash at its end; `http` only for loopback hosts. */
export const serviceUrl = z
  .string()
  .trim()
  .refine((text) => URL.canParse(text), 'must be a whole URL such as https://bot.example.com')
  .refine((text) => {
    if (!URL.canParse(text)) return true;
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  }, 'must begin with https:// (http:// only on this machine)')
  .transform((text) => text.replace(/(?<!\/)\/+$/, ''));

/** A service URL that is an origin: pages and links are addressed from its root. */
export const originUrl = serviceUrl.refine(
  (text) => !URL.canParse(text) || new URL(text).origin === text.toLowerCase(),
  'must be an address without a path, such as https://bot.example.com',
);

/** Comma-separated values, blanks dropped, at least one. */
export const csv = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item).min(1, 'must name at least one'));

/** `host`, `host:port` or `*.host`, comma-separated; may be empty. */
export const hostList = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== ''),
  )
  .pipe(
    z.array(
      z
        .string()
        .regex(
          /^(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+(:\d{1,5})?$/,
          'must be hosts such as smba.trafficmanager.net, *.botframework.com or 127.0.0.1:56150, comma-separated',
        ),
    ),
  );

const keyBytes = 32;

/** `keyId:base64key` pairs, newest first: 32 bytes each. */
export const encryptionKeys = z.string().transform((text, context) => {
  const keys = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const colon = pair.indexOf(':');
      return { id: pair.slice(0, Math.max(0, colon)), key: Buffer.from(pair.slice(colon + 1), 'base64') };
    });
  const wellFormed = keys.every(({ id, key }) => /^[\w-]{1,40}$/.test(id) && key.length === keyBytes);
  const distinct = new Set(keys.map(({ id }) => id)).size === keys.length;
  if (keys.length === 0 || !wellFormed || !distinct) {
    const how = "node -e \"console.log('k1:' + require('crypto').randomBytes(32).toString('base64'))\"";
    context.addIssue({
      code: 'custom',
      message: `must be keyId:base64key pairs of 32 bytes, each id once; make one with ${how}`,
    });
    return z.NEVER;
  }
  return keys;
});

/** Where the operator is reached: an address of mail, or of an `https` page; given as what a link leads to. */
export const contactUrl = z
  .string()
  .trim()
  .transform((text) => (z.email().safeParse(text).success ? `mailto:${text}` : text))
  .refine(
    (text) => URL.canParse(text) && ['https:', 'mailto:'].includes(new URL(text).protocol),
    'must be an address such as help@example.com or https://example.com/help',
  );
