/** Checks that the app behind a token request is who it says: secret in the form or header, or a certificate's assertion. */
import { timingSafeEqual } from 'node:crypto';
import { importX509, jwtVerify } from 'jose';
import type { RawCall } from '../loopback/loopback-server.ts';
import type { AppRegistration, Directory } from './directory.ts';
import type { EntraErrorName } from './entra-errors.ts';
import type { Form } from './token-request.ts';

export type ClientVerdict =
  Readonly<{ kind: 'app'; app: AppRegistration }> | Readonly<{ kind: 'refused'; error: EntraErrorName }>;

export const authenticateClient = async (
  directory: Directory,
  call: RawCall,
  form: Form,
): Promise<ClientVerdict> => {
  const basic = readBasic(call.headers.authorization);
  const app = directory.app(form['client_id'] ?? basic?.id);
  if (!app) return { kind: 'refused', error: 'appUnknown' };
  if (form['client_assertion'] !== undefined) {
    return (await isSignedBy(app, form['client_assertion']))
      ? { kind: 'app', app }
      : { kind: 'refused', error: 'certificateWrong' };
  }
  const secret = form['client_secret'] ?? basic?.secret ?? '';
  return isSame(secret, app.secret) ? { kind: 'app', app } : { kind: 'refused', error: 'secretWrong' };
};

const readBasic = (authorization: string | undefined) => {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64')
    .toString('utf8')
    .split(':')
    .map(decodeURIComponent);
  return { id, secret };
};

const isSame = (given: string, wanted: string | undefined): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted ?? '')];
  return other.length > 0 && one.length === other.length && timingSafeEqual(one, other);
};

const isSignedBy = async (app: AppRegistration, assertion: string): Promise<boolean> => {
  if (app.certificate === undefined) return false;
  for (const algorithm of ['RS256', 'PS256']) {
    try {
      const key = await importX509(app.certificate, algorithm);
      // Entra ID forgives a clock some minutes; msal rounds `nbf` up to half a second into the future.
      await jwtVerify(assertion, key, {
        subject: app.clientId,
        algorithms: [algorithm],
        clockTolerance: 300,
      });
      return true;
    } catch {
      // The other algorithm may fit.
    }
  }
  return false;
};
