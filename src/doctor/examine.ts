/** Examines a configuration: everything that can be found out without a signed-in person, as a report in plain text. */
import { createConsentState, createSignInUrls } from '../adapters/identity/sign-in/sign-in-urls.ts';
import { readConfig, type Config } from '../config.ts';
import { checkAppIdUri, checkCredentials } from './check-credentials.ts';
import { checkDatabase } from './check-database.ts';
import { checkPublicUrl, checkRedirects, redirectsOf } from './check-public-url.ts';
import { checkChannel, checkGraph, checkTenants } from './check-services.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';
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
  const [redirectUri = '', adminConsentRedirectUri = ''] = redirectsOf(config);
  const network = { clock: { now: () => new Date() } };
  const registration = {
    entraBaseUrl: config.entraBaseUrl,
    clientId: config.app.clientId,
    proof: {},
    network,
  };
  const consentState = createConsentState(config.encryptionKeys);
  return createSignInUrls({
    registration,
    redirectUri,
    adminConsentRedirectUri,
    consentState,
  }).adminConsentUrl;
}

const configurationIsWhole = ({ encryptionKeys, allowedTenants }: Config): Finding =>
  ok(
    'Configuration',
    `Every variable is well-formed. Tenants allowed: ${allowedTenants.size}. Encryption keys: ${encryptionKeys.length}, "${encryptionKeys[0]?.id ?? ''}" seals.`,
  );

/** Asks real servers, changes nothing anywhere, and keeps no token. */
export async function examine(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Examination> {
  const reading = readConfig(environment);
  if (reading.kind === 'mistakes') {
    const mistakes = reading.mistakes.map(({ variable, problem }) =>
      wrong('Configuration', `${variable} ${problem}.`),
    );
    const rest = unchecked('Everything else', 'It is looked at once the configuration is complete.');
    return { findings: [...mistakes, rest], values: [] };
  }
  const { config } = reading;
  const consentUrl = consentUrlOf(config);
  const checks = await Promise.all([
    checkPublicUrl(config),
    checkDatabase(config),
    checkTenants(config),
    checkCredentials(config, consentUrl),
    checkAppIdUri(config),
    checkRedirects(config),
    checkChannel(config),
    checkGraph(config),
  ]);
  return {
    findings: [configurationIsWhole(config), ...checks.flat()],
    values: portalValues(config, consentUrl),
  };
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

const labels: Readonly<Record<Finding['state'], string>> = { ok: 'ok', wrong: 'WRONG', unchecked: '?' };
const indent = ' '.repeat(8);

function lines({ state, subject, says, todo }: Finding): readonly string[] {
  const first = `${labels[state].padEnd(indent.length)}${subject}: ${says}`;
  return todo === undefined ? [first] : [first, `${indent}→ ${todo}`];
}

const things = (count: number): string => (count === 1 ? '1 thing' : `${count} things`);

function closing(findings: readonly Finding[]): string {
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length;
  const [bad, open] = [count('wrong'), count('unchecked')];
  const left = open === 0 ? '' : ` ${things(open)} could not be checked from here.`;
  if (bad === 0) return `Nothing is wrong.${left}`;
  return `${things(bad)} ${bad === 1 ? 'is' : 'are'} wrong.${left}`;
}

export function reportText({ findings, values }: Examination): string {
  const portal = values.flatMap((one) => [`  ${one.field}`, ...one.values.map((value) => `    ${value}`)]);
  return [
    ...findings.flatMap(lines),
    ...(portal.length === 0 ? [] : ['', 'What the portals must hold for this configuration:', '', ...portal]),
    '',
    closing(findings),
  ].join('\n');
}
