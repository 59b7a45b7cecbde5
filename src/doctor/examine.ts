/** Answers for the whole examination: everything about a configuration that can be found out without a signed-in person. */
import { createConsentState } from '../adapters/identity/sign-in/consent-state.ts';
import { createSignInUrls } from '../adapters/identity/sign-in/sign-in-urls.ts';
import { readConfig, type Config } from '../config.ts';
import { checkAppIdUri } from './check-app-id-uri.ts';
import { checkChannel } from './check-channel.ts';
import { checkCredentials } from './check-credentials.ts';
import { checkDatabase } from './check-database.ts';
import { checkGraph } from './check-graph.ts';
import { checkPublicUrl } from './check-public-url.ts';
import { checkRedirects, redirectsOf } from './check-redirects.ts';
import { checkTenants } from './check-tenants.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';
import { portalValues, type PortalValue } from './portal-values.ts';

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
  return createSignInUrls({ registration, redirectUri, adminConsentRedirectUri, consentState })
    .adminConsentUrl;
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
