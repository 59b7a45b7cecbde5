/** Checks until when the secrets and certificates of the two registrations are good. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import { ok, unchecked, warning, wrong, type Finding } from './finding.ts';
import type { RegistrationReading } from './read-registration.ts';

const day = 24 * 3600_000;
/** Microsoft's portal warns as early. */
const soonDays = 30;

interface Proof {
  readonly subject: string;
  readonly clientId: string;
  readonly auth: Config['bot']['auth'] | Config['app']['auth'];
  /** Names of the variables. */
  readonly names: { readonly secret: string; readonly certificate: string };
  readonly reading: RegistrationReading;
}

/** @param now milliseconds since 1970 */
export function checkExpiry(
  { bot, app }: Pick<Config, 'bot' | 'app'>,
  readings: { readonly bot: RegistrationReading; readonly app: RegistrationReading },
  now: number,
): readonly Finding[] {
  const ofBot = {
    subject: 'Bot credential’s expiry',
    clientId: bot.id,
    auth: bot.auth,
    names: { secret: 'BOT_PASSWORD', certificate: 'BOT_CERTIFICATE_FILE' },
    reading: readings.bot,
  };
  const ofApp = {
    subject: 'SSO/Graph credential’s expiry',
    clientId: app.clientId,
    auth: app.auth,
    names: { secret: 'AAD_APP_CLIENT_SECRET', certificate: 'AAD_APP_CERTIFICATE_FILE' },
    reading: readings.app,
  };
  return [ofBot, ofApp].flatMap((proof) => expiryOf(proof, now));
}

const pageOf = ({ clientId }: Proof): string =>
  `portal.azure.com → App registrations → ${clientId} → Certificates & secrets`;

function expiryOf(proof: Proof, now: number): readonly Finding[] {
  const { auth } = proof;
  switch (auth.kind) {
    case 'secret':
      return [expiryOfSecret(proof, auth.secret, now)];
    case 'certificate':
      return expiryOfCertificate(proof, auth.certificateFile, now);
    case 'managedIdentity':
    case 'userAssignedIdentity':
      return [ok(proof.subject, 'A managed identity has no secret that could expire.')];
  }
}

/** Of the secrets that begin alike, the next to expire: which of them is used shows nowhere. */
function expiryOfSecret(proof: Proof, secret: string, now: number): Finding {
  const { subject, names, reading } = proof;
  const lookAt = `Look at ${pageOf(proof)}: Expires.`;
  if (reading.kind === 'unread')
    return unchecked(subject, `When ${names.secret} expires is not known, because ${reading.why}.`, lookAt);
  const ends = reading.registration.passwordCredentials
    .filter(({ hint }) => hint !== null && hint !== '' && secret.startsWith(hint))
    .flatMap(({ endDateTime }) => (endDateTime === null ? [] : [Date.parse(endDateTime)]))
    .toSorted((one, other) => one - other);
  const end = ends.find((at) => at > now) ?? ends.at(-1);
  if (end === undefined)
    return unchecked(
      subject,
      `The registration lists no secret that begins as ${names.secret} does.`,
      lookAt,
    );
  const todo = `${pageOf(proof)}: make a new client secret and put its Value into ${names.secret}.`;
  return findingOf(subject, `The secret in ${names.secret}`, { end, now, todo });
}

/** What cannot be read is told where it is tried. */
function expiryOfCertificate(proof: Proof, file: string, now: number): readonly Finding[] {
  const { subject, names } = proof;
  const end = endOfCertificate(file);
  if (end === undefined) return [];
  const todo = `Make a new certificate, upload it at ${pageOf(proof)} → Certificates, and let ${names.certificate} name it.`;
  return [findingOf(subject, `The certificate in ${names.certificate}`, { end, now, todo })];
}

function endOfCertificate(file: string): number | undefined {
  try {
    return Date.parse(new X509Certificate(readFileSync(file)).validTo);
  } catch {
    return undefined;
  }
}

function findingOf(
  subject: string,
  what: string,
  { end, now, todo }: { readonly end: number; readonly now: number; readonly todo: string },
): Finding {
  const date = new Date(end).toISOString().slice(0, 10);
  if (end <= now) return wrong(subject, `${what} expired on ${date}.`, todo);
  const days = Math.floor((end - now) / day);
  return days < soonDays
    ? warning(subject, `${what} expires on ${date}, in ${days} ${days === 1 ? 'day' : 'days'}.`, todo)
    : ok(subject, `${what} is good until ${date}.`);
}
