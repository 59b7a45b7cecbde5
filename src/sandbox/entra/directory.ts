/** Keeps what the simulated Entra ID knows: tenants, people and their state, app registrations and consents. */
import type { Person } from '../chat/people.ts';

export type AppRegistration = Readonly<{
  clientId: string;
  secret?: string;
  /** PEM of the public certificate, for `client_assertion`. */
  certificate?: string;
  /** The `aud` of assertions that it may exchange, beside its client id. */
  appIdUri?: string;
  redirectUris: readonly string[];
  /** What Graph shows of it beside; none of it decides here. */
  shown?: ShownRegistration;
}>;

type ShownRegistration = Readonly<{
  homeTenant: string;
  signInAudience: string;
  api: Readonly<{
    requestedAccessTokenVersion: number | null;
    oauth2PermissionScopes: readonly Readonly<{ id: string; value: string; isEnabled: boolean }>[];
    preAuthorizedApplications: readonly Readonly<{
      appId: string;
      delegatedPermissionIds: readonly string[];
    }>[];
  }>;
  /** When its secret expires, as ISO 8601. */
  secretEnds: string;
}>;

type PersonState = 'active' | 'disabled' | 'gone';

export type Directory = Readonly<{
  app: (clientId: string | undefined) => AppRegistration | undefined;
  person: (oid: string | undefined) => Person | undefined;
  /** By object id or user principal name, within the tenant. */
  personByHint: (tid: string, hint: string | undefined) => Person | undefined;
  peopleOf: (tid: string) => readonly Person[];
  knowsTenant: (tid: string) => boolean;
  stateOf: (oid: string) => PersonState;
  setState: (oid: string, state: PersonState) => void;
  /** Refresh tokens issued up to now are worth nothing any more. */
  revokeSessions: (oid: string, at: number) => void;
  revokedAt: (oid: string) => number | undefined;
  /** The Graph permissions an admin of the tenant granted the app: all, none, or the named ones. */
  setAdminConsent: (tid: string, clientId: string, granted: boolean | readonly string[]) => void;
  /** Whether people of the tenant may allow by themselves what needs no administrator; true without it. */
  setPersonConsent: (tid: string, allowed: boolean) => void;
  mayAllow: (tid: string, scopes: readonly string[]) => boolean;
  /** The person allows the app these for themselves. */
  allow: (person: Person, clientId: string, scopes: readonly string[]) => void;
  missingConsent: (person: Person, clientId: string, scopes: readonly string[]) => readonly string[];
}>;

export type DirectoryOptions = Readonly<{
  clients: readonly AppRegistration[];
  users: readonly Person[];
  /** Whether tenants have consented before anybody asked; true without it. */
  adminConsent?: boolean;
}>;

/** Source: microsoft-graph-devx-content, `permissions/new/permissions.json`. */
const withoutAdministrator: readonly string[] = ['Tasks.Read', 'User.ReadBasic.All'];

export const createDirectory = ({ clients, users, adminConsent = true }: DirectoryOptions): Directory => {
  const states = new Map<string, PersonState>();
  const revoked = new Map<string, number>();
  const consents = new Map<string, boolean | readonly string[]>();
  const strict = new Set<string>();
  const allowed = new Set<string>();
  const peopleOf = (tid: string) => users.filter((one) => one.tid === tid);

  return {
    app: (clientId) => clients.find((one) => one.clientId === clientId),
    person: (oid) => users.find((one) => one.oid === oid),
    personByHint: (tid, hint) =>
      peopleOf(tid).find((one) => one.oid === hint || one.userPrincipalName === hint),
    peopleOf,
    knowsTenant: (tid) => users.some((one) => one.tid === tid),
    stateOf: (oid) => states.get(oid) ?? 'active',
    setState: (oid, state) => states.set(oid, state),
    revokeSessions: (oid, at) => revoked.set(oid, at),
    revokedAt: (oid) => revoked.get(oid),
    setAdminConsent: (tid, clientId, granted) => consents.set(`${tid} ${clientId}`, granted),
    setPersonConsent: (tid, mayAllow) => {
      if (mayAllow) strict.delete(tid);
      else strict.add(tid);
    },
    mayAllow: (tid, scopes) =>
      !strict.has(tid) && scopes.every((scope) => withoutAdministrator.includes(scope)),
    allow: ({ oid }, clientId, scopes) => {
      for (const scope of scopes) allowed.add(`${oid} ${clientId} ${scope}`);
    },
    missingConsent: ({ oid, tid }, clientId, scopes) => {
      const granted = consents.get(`${tid} ${clientId}`) ?? adminConsent;
      if (granted === true) return [];
      return scopes.filter(
        (scope) =>
          (granted === false || !granted.includes(scope)) && !allowed.has(`${oid} ${clientId} ${scope}`),
      );
    },
  };
};
