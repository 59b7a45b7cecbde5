/** Answers for the SSO/Graph registration's own API: that its Application ID URI is set there, and its tokens are version 2. */
import { tryCredentials } from '../adapters/identity/entra/try-credentials.ts';
import type { Config } from '../config.ts';
import { appCredentials } from './check-credentials.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

const subject = 'Application ID URI';

/** The registration asks for a token to itself: the token tells which version is issued, a refusal whether the URI is known. */
export async function checkAppIdUri(config: Config): Promise<readonly Finding[]> {
  const { idUri, clientId } = config.app;
  const [tenantId] = config.allowedTenants;
  if (tenantId === undefined) return [];
  const trial = await tryCredentials(appCredentials(config, tenantId, `${idUri}/.default`));
  const page = `portal.azure.com → App registrations → ${clientId}`;
  if (trial.kind === 'accepted') {
    if (trial.version === '1.0')
      return [
        wrong(
          subject,
          `${idUri} is set, but its tokens are version 1, and the bot takes version 2.`,
          `${page} → Manifest: set api.requestedAccessTokenVersion to 2.`,
        ),
      ];
    return [ok(subject, `${idUri} is set in the registration, and its tokens are version 2.`)];
  }
  const isUnknown =
    trial.kind === 'refused' &&
    (trial.failure.error === 'invalid_resource' ||
      trial.failure.codes.some((code) => code === 500011 || code === 500341));
  if (isUnknown)
    return [
      wrong(
        subject,
        `No application in tenant ${tenantId} has ${idUri}.`,
        `${page} → Expose an API: set Application ID URI to ${idUri}.`,
      ),
    ];
  return [
    unchecked(
      subject,
      `Whether ${idUri} is set in the registration could not be found out.`,
      `Look at ${page} → Expose an API, and at Manifest: api.requestedAccessTokenVersion must be 2.`,
    ),
  ];
}
