/** Examines a configuration: everything that can be found out without a signed-in person. */
import { createAdminConsentUrl, createConsentState } from '../adapters/identity/sign-in/sign-in-urls.ts';
import { readConfig, type Config } from '../config.ts';
import { checkClock } from './check-clock.ts';
import { checkAppIdUri, checkCredentials } from './check-credentials.ts';
import { checkDatabase } from './check-database.ts';
import { checkExpiry } from './check-expiry.ts';
import { checkHosts } from './check-hosts.ts';
import { checkPackages } from './check-package.ts';
import { checkPublicUrl, checkRedirects, redirectsOf } from './check-public-url.ts';
import { checkRegistration } from './check-registration.ts';
import { checkChannel, checkGraph, checkTenants } from './check-services.ts';
import { ok, unchecked, warning, wrong, type Finding } from './finding.ts';
import { readRegistration } from './read-registration.ts';
import type { SourceFacts } from '../ports/export-source.ts';
import { everySource } from '../sources/sources.ts';
import { teamsClientIds } from '../adapters/identity/sign-in/sso-token.ts';

export interface Examination {
  readonly findings: readonly Finding[];
  /** None while the configuration is incomplete. */
  readonly values: readonly PortalValue[];
}

/** The very link that the bot shows, so that its landing page lets go on what waits. */
function consentUrlOf(config: Config): (tenantId: string) => string {
  const [, adminConsentRedirectUri = ''] = redirectsOf(config);
  const registration = { entraBaseUrl: config.entraBaseUrl, clientId: config.app.clientId };
  const consentState = createConsentState(config.encryptionKeys);
  return createAdminConsentUrl({ registration, adminConsentRedirectUri, consentState });
}

const configurationIsWhole = ({ encryptionKeys, allowedTenants }: Config): Finding =>
  ok(
    'Configuration',
    `Every variable is well-formed. Tenants allowed: ${allowedTenants.size}. Encryption keys: ${encryptionKeys.length}, "${encryptionKeys[0]?.id ?? ''}" seals.`,
  );

const contactOf = ({ operatorUrl }: Config): Finding =>
  operatorUrl === undefined
    ? warning(
        'Contact',
        'The pages /privacy and /support send people with questions to their administrator.',
        'Set OPERATOR_CONTACT to an address of mail, or of a page of yours.',
      )
    : ok('Contact', `The pages /privacy and /support name ${operatorUrl}.`);

/**
 * Asks real servers, changes nothing anywhere, and keeps no token.
 * @param packages paths of Teams app packages that may have been uploaded
 */
export async function examine(
  environment: Readonly<Record<string, string | undefined>>,
  packages: readonly string[] = [],
): Promise<Examination> {
  const reading = readConfig(environment);
  if (reading.kind === 'mistakes') {
    const mistakes = reading.mistakes.map(({ variable, problem }) =>
      wrong('Configuration', `${variable} ${problem}.`),
    );
    const rest = unchecked('Everything else', 'It was not looked at.', 'Complete the configuration first.');
    return { findings: [...mistakes, rest], values: [] };
  }
  const { config } = reading;
  const consentUrl = consentUrlOf(config);
  const checks = await Promise.all([
    checkPublicUrl(config),
    checkDatabase(config),
    checkClock(config),
    checkTenants(config),
    checkCredentials(config, consentUrl),
    checkAppIdUri(config),
    checkRegistrations(config),
    checkChannel(config),
    checkGraph(config),
    checkHosts(config),
    checkPackages(config, packages),
  ]);
  return {
    findings: [configurationIsWhole(config), contactOf(config), ...checks.flat()],
    values: portalValues(config, consentUrl),
  };
}

/** What Graph shows of them to themselves, and what else there is to know of it. */
async function checkRegistrations(config: Config): Promise<readonly Finding[]> {
  const [bot, app] = await Promise.all([
    readRegistration({ ...config, clientId: config.bot.id, auth: config.bot.auth }, [config.bot.tenantId]),
    readRegistration({ ...config, ...config.app }, [...config.allowedTenants]),
  ]);
  return [
    ...checkExpiry(config, { bot, app }, Date.now()),
    ...checkRegistration(config, app),
    ...(await checkRedirects(config, app)),
  ];
}

interface PortalValue {
  /** Portal page and field. */
  readonly field: string;
  readonly values: readonly string[];
}

const permissionsOf = (sources: readonly Pick<SourceFacts, 'scopes'>[]): readonly string[] =>
  sources.flatMap(({ scopes }) => scopes).map((scope) => scope.slice(scope.lastIndexOf('/') + 1));

/** What belongs into the portals, ready to be compared or pasted. */
function portalValues(config: Config, consentUrl: (tenantId: string) => string): readonly PortalValue[] {
  const app = `App registrations → ${config.app.clientId}`;
  const api = `${app} → Expose an API`;
  const permissions = `${app} → API permissions → Microsoft Graph → Delegated permissions`;
  return [
    {
      field: 'Azure Bot → Configuration → Messaging endpoint',
      values: [`${config.publicUrl}/api/messages`],
    },
    { field: `${app} → Authentication → Web → Redirect URIs`, values: redirectsOf(config) },
    { field: `${api} → Application ID URI`, values: [config.app.idUri] },
    { field: `${api} → Scopes`, values: [`${config.app.idUri}/access_as_user`] },
    { field: `${api} → Authorized client applications, each for that scope`, values: teamsClientIds },
    {
      field: `${permissions} that people may allow by themselves, unless their organisation decides for them`,
      values: permissionsOf(everySource.filter(({ peopleMayAllow = false }) => peopleMayAllow)),
    },
    {
      field: `${permissions} that an administrator must allow`,
      values: permissionsOf(everySource.filter(({ peopleMayAllow = false }) => !peopleMayAllow)),
    },
    { field: `${app} → Manifest → api.requestedAccessTokenVersion`, values: ['2'] },
    ...[...config.allowedTenants].map((tenantId) => ({
      field: `Link for an administrator of tenant ${tenantId}, who allows those permissions with it`,
      values: [consentUrl(tenantId)],
    })),
  ];
}
