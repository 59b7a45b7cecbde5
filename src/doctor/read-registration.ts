/** Reads an app's registration from Microsoft Graph with the app's own token, which needs no permission for oneself. */
import * as z from 'zod';
import { graphRoot } from '../adapters/graph/http/graph-client.ts';
import { askForToken, type Credentials } from '../adapters/identity/entra/try-credentials.ts';
import type { Config } from '../config.ts';
import { askWeb, jsonIn } from './ask-web.ts';

const scope = z.object({ id: z.string(), value: z.string().nullable(), isEnabled: z.boolean() });

/** learn.microsoft.com/graph/api/resources/application, version 1.0: what is selected below. */
const application = z.object({
  signInAudience: z.string(),
  identifierUris: z.array(z.string()),
  web: z.object({ redirectUris: z.array(z.string()) }),
  api: z.object({
    requestedAccessTokenVersion: z.number().nullable(),
    oauth2PermissionScopes: z.array(scope),
    preAuthorizedApplications: z.array(
      z.object({ appId: z.string(), delegatedPermissionIds: z.array(z.string()) }),
    ),
  }),
  passwordCredentials: z.array(
    z.object({ hint: z.string().nullable(), endDateTime: z.iso.datetime().nullable() }),
  ),
});

export type Registration = z.infer<typeof application>;

export type RegistrationReading =
  | { readonly kind: 'read'; readonly registration: Registration; readonly tenantId: string }
  /** Continues "It is not known, because …". */
  | { readonly kind: 'unread'; readonly why: string };

const fields = Object.keys(application.shape).join(',');

type Reader = Pick<Config, 'entraBaseUrl' | 'graph'> & Pick<Credentials, 'clientId' | 'auth'>;

/** A registration lives in one tenant; elsewhere Graph knows none of that id. */
export async function readRegistration(
  reader: Reader,
  tenantIds: readonly string[],
): Promise<RegistrationReading> {
  const readings = await Promise.all(tenantIds.map((tenantId) => readIn(reader, tenantId)));
  return readings.find(({ kind }) => kind === 'read') ?? readings[0] ?? unread('no tenant is named');
}

const unread = (why: string): RegistrationReading => ({ kind: 'unread', why });

async function readIn(reader: Reader, tenantId: string): Promise<RegistrationReading> {
  const { entraBaseUrl, clientId, auth } = reader;
  const clock = { now: () => new Date() };
  const graphScope = 'https://graph.microsoft.com/.default';
  const asked = await askForToken({ entraBaseUrl, tenantId, clientId, auth, scope: graphScope, clock });
  if (!('token' in asked))
    return unread(
      asked.kind === 'managedIdentity'
        ? 'it proves itself with a managed identity, which only its own machine has'
        : 'Entra ID gave no token to ask Microsoft Graph with',
    );
  const root = graphRoot(reader.graph.baseUrl);
  const answer = await askWeb(`${root}/v1.0/applications(appId='${clientId}')?$select=${fields}`, {
    headers: { authorization: `Bearer ${asked.token}`, accept: 'application/json' },
  });
  if (answer.kind === 'silence') return unread('Microsoft Graph did not answer');
  if (answer.status === 401 || answer.status === 403)
    return unread('Microsoft Graph does not show it to the app itself');
  if (answer.status === 404) return unread('its registration lives in a tenant that is not allowed here');
  const parsed = application.safeParse(jsonIn(answer.text));
  return answer.status === 200 && parsed.success
    ? { kind: 'read', registration: parsed.data, tenantId }
    : unread(`Microsoft Graph answered ${answer.status} with something else than a registration`);
}
