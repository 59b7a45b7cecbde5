/** Simulates what Graph tells an app about its own registration: `GET /v1.0/applications(appId='…')`, as documented. */
import type { GraphCaller, GraphNeighbour } from '../graph/graph-calls.ts';
import { graphError } from '../graph/graph-errors.ts';
import type { Answer, Call } from '../loopback/script.ts';
import type { AppRegistration } from './directory.ts';

const path = /^\/v1\.0\/applications\(appId='([^']+)'\)$/;

/** @param clients asked at each call, so that a registration may change */
export const createOwnApplication = (clients: () => readonly AppRegistration[]): GraphNeighbour => ({
  annotate: (call) => (path.test(call.path) ? { op: 'application', about: {} } : undefined),
  answer: (call, caller) => applicationFor(clients(), call, caller),
});

function applicationFor(clients: readonly AppRegistration[], call: Call, caller: GraphCaller): Answer {
  const appId = path.exec(call.path)?.[1];
  // An app-only token names the app itself where a person's names the person.
  if (appId !== caller.oid)
    return graphError({
      status: 403,
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    });
  const app = clients.find(({ clientId }) => clientId === appId);
  if (app?.shown?.homeTenant !== caller.tid)
    return graphError({
      status: 404,
      code: 'Request_ResourceNotFound',
      message: `Resource '${appId}' does not exist or one of its queried reference-property objects are not present.`,
    });
  return { status: 200, body: selected(registrationOf(app, app.shown), call.query['$select']) };
}

const registrationOf = (app: AppRegistration, shown: NonNullable<AppRegistration['shown']>) => ({
  appId: app.clientId,
  signInAudience: shown.signInAudience,
  identifierUris: app.appIdUri === undefined ? [] : [app.appIdUri],
  web: { redirectUris: app.redirectUris },
  api: shown.api,
  passwordCredentials: [
    { hint: app.secret?.slice(0, 3) ?? null, endDateTime: shown.secretEnds, secretText: null },
  ],
});

const selected = (whole: Readonly<Record<string, unknown>>, select: string | undefined) =>
  select === undefined
    ? whole
    : Object.fromEntries(select.split(',').map((field) => [field, whole[field] ?? null]));
