/** Checks the registration for signing in as Microsoft Graph shows it: who may sign in, its scope, and Teams' clients for it. */
import { teamsClientIds } from '../adapters/identity/sign-in/sso-token.ts';
import type { Config } from '../config.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';
import type { Registration, RegistrationReading } from './read-registration.ts';

const scopeName = 'access_as_user';

const subjects = {
  audience: 'Sign-in audience',
  scope: 'Exposed scope',
  clients: 'Pre-authorised clients',
} as const;

type Checked = Pick<Config, 'app' | 'allowedTenants'>;

const pageOf = ({ app }: Checked, page: string): string =>
  `portal.azure.com → App registrations → ${app.clientId} → ${page}`;

/** What each page must hold, said where it could not be read and where it is wrong. */
function remedies(config: Checked): Readonly<Record<keyof typeof subjects, string>> {
  const audience =
    config.allowedTenants.size > 1
      ? 'accounts in any organisational directory, since ALLOWED_TENANTS names more than one'
      : 'accounts in this organisational directory, or in any, but no personal ones';
  return {
    audience: `${pageOf(config, 'Authentication → Supported account types')}: ${audience}.`,
    scope: `${pageOf(config, 'Expose an API')}: a scope ${scopeName}, enabled.`,
    clients: `${pageOf(config, 'Expose an API → Authorized client applications')}: ${teamsClientIds.join(' and ')}, each for ${scopeName}.`,
  };
}

export function checkRegistration(config: Checked, reading: RegistrationReading): readonly Finding[] {
  const todo = remedies(config);
  if (reading.kind === 'unread')
    return (['audience', 'scope', 'clients'] as const).map((what) =>
      unchecked(subjects[what], `It is not known, because ${reading.why}.`, `Look at ${todo[what]}`),
    );
  const { registration, tenantId } = reading;
  return [
    audienceOf(config, registration, tenantId, todo.audience),
    scopeOf(config, registration, todo.scope),
    clientsOf(registration, todo.clients),
    ...idUriOf(config, registration),
  ];
}

function audienceOf(
  { allowedTenants }: Checked,
  { signInAudience }: Registration,
  homeTenant: string,
  todo: string,
): Finding {
  const others = [...allowedTenants].filter((tenant) => tenant !== homeTenant);
  if (signInAudience === 'AzureADMyOrg' && others.length > 0)
    return wrong(
      subjects.audience,
      `Only accounts of tenant ${homeTenant} may sign in, and ALLOWED_TENANTS names ${others.join(', ')} as well.`,
      todo,
    );
  if (signInAudience === 'AzureADMyOrg' || signInAudience === 'AzureADMultipleOrgs')
    return ok(subjects.audience, `${signInAudience} lets everybody sign in who may.`);
  return wrong(subjects.audience, `It is ${signInAudience}, which takes personal accounts.`, todo);
}

const scopeIn = ({ api }: Registration) =>
  api.oauth2PermissionScopes.find(({ value }) => value === scopeName);

function scopeOf({ app }: Checked, registration: Registration, todo: string): Finding {
  const scope = scopeIn(registration);
  if (scope === undefined) return wrong(subjects.scope, `There is no scope ${scopeName}.`, todo);
  return scope.isEnabled
    ? ok(subjects.scope, `${app.idUri}/${scopeName} is there.`)
    : wrong(subjects.scope, `The scope ${scopeName} is disabled.`, todo);
}

function clientsOf(registration: Registration, todo: string): Finding {
  const scopeId = scopeIn(registration)?.id;
  const { preAuthorizedApplications: allowed } = registration.api;
  const missing = teamsClientIds.filter(
    (client) =>
      !allowed.some(
        ({ appId, delegatedPermissionIds }) =>
          appId === client && scopeId !== undefined && delegatedPermissionIds.includes(scopeId),
      ),
  );
  return missing.length === 0
    ? ok(subjects.clients, `Teams may ask for ${scopeName} without a question to the person.`)
    : wrong(
        subjects.clients,
        `Not authorised for ${scopeName}: ${missing.join(', ')}. Nobody is signed in silently there.`,
        todo,
      );
}

/** A token for that URI may be given although it is another registration's. */
function idUriOf(config: Checked, { identifierUris }: Registration): readonly Finding[] {
  const { idUri } = config.app;
  if (identifierUris.some((uri) => uri.toLowerCase() === idUri.toLowerCase())) return [];
  const has = identifierUris.length === 0 ? 'none' : identifierUris.join(', ');
  return [
    wrong(
      'Application ID URI',
      `This registration has ${has}, and not ${idUri}.`,
      `${pageOf(config, 'Expose an API')}: set Application ID URI to ${idUri}.`,
    ),
  ];
}
