/** Checks the two registrations against Entra ID: their credentials in each tenant that counts, and the Application ID URI. */
import {
  tryCredentials,
  type CredentialTrial,
  type Credentials,
} from '../adapters/identity/entra/try-credentials.ts';
import type { Config } from '../config.ts';
import { certificateWords, refusalWords, type Registration } from './credential-words.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

const clock = { now: () => new Date() };

const botNames = {
  id: 'BOT_ID',
  tenant: 'BOT_TENANT_ID',
  secret: 'BOT_PASSWORD',
  certificate: 'BOT_CERTIFICATE_FILE',
};
const appNames = {
  id: 'AAD_APP_CLIENT_ID',
  tenant: 'ALLOWED_TENANTS',
  secret: 'AAD_APP_CLIENT_SECRET',
  certificate: 'AAD_APP_CERTIFICATE_FILE',
};

/** What is the same for every question about the SSO/Graph registration. */
const appCredentials = ({ entraBaseUrl, app }: Config, tenantId: string, scope: string): Credentials => ({
  entraBaseUrl,
  tenantId,
  clientId: app.clientId,
  auth: app.auth,
  scope,
  clock,
});

function findingOf(subject: string, trial: CredentialTrial, of: Registration, good: string): Finding {
  switch (trial.kind) {
    case 'accepted':
      return ok(subject, good);
    case 'unreachable':
      return unchecked(subject, 'Entra ID did not answer.', 'Run this again in a minute.');
    case 'managedIdentity':
      return unchecked(
        subject,
        'It proves itself with a managed identity, which only its own machine in Azure can try.',
        'Run this there, or watch for “operatorFault” in okr_export_sign_ins_total.',
      );
    case 'badCertificate': {
      const { says, todo } = certificateWords(of);
      return wrong(subject, says, todo);
    }
    case 'refused': {
      const { says, todo } = refusalWords(trial.failure, of);
      return wrong(subject, says, todo);
    }
  }
}

async function checkBot({ bot, entraBaseUrl }: Config): Promise<Finding> {
  const { id: clientId, tenantId, auth, channel } = bot;
  const subject = 'Bot registration';
  const trial = await tryCredentials({ entraBaseUrl, tenantId, clientId, auth, scope: channel.scope, clock });
  if (trial.kind === 'refused' && /^invalid_(scope|resource)$/.test(trial.failure.error))
    return wrong(
      subject,
      `Entra ID gives no token for ${channel.scope}.`,
      'Leave BOT_CHANNEL_SCOPE unset, or set it to the scope of your cloud’s Bot Connector.',
    );
  return findingOf(
    subject,
    trial,
    { clientId, tenantId, names: botNames },
    'Entra ID takes its credentials, and gives it a token for the Bot Connector.',
  );
}

/** In a tenant other than its own, the registration is known only once somebody there has allowed it. */
async function checkApp(config: Config, tenantId: string, consentUrl: string): Promise<Finding> {
  const subject = `SSO/Graph registration in tenant ${tenantId}`;
  const { clientId } = config.app;
  const credentials = appCredentials(config, tenantId, 'https://graph.microsoft.com/.default');
  const trial = await tryCredentials(credentials);
  const finding = findingOf(
    subject,
    trial,
    { clientId, tenantId, names: appNames },
    'Entra ID takes its credentials there. Whether an administrator has allowed its permissions shows at the first sign-in.',
  );
  const isUnknown =
    trial.kind === 'refused' && trial.failure.codes.some((code) => code === 700016 || code === 7000229);
  return isUnknown && finding.state === 'wrong'
    ? { ...finding, todo: `An administrator there opens ${consentUrl} – or: ${finding.todo}` }
    : finding;
}

export async function checkCredentials(
  config: Config,
  consentUrl: (tenantId: string) => string,
): Promise<readonly Finding[]> {
  const tenants = [...config.allowedTenants];
  return Promise.all([
    checkBot(config),
    ...tenants.map((tenantId) => checkApp(config, tenantId, consentUrl(tenantId))),
  ]);
}

const idUriSubject = 'Application ID URI';

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
          idUriSubject,
          `${idUri} is set, but its tokens are version 1, and the bot takes version 2.`,
          `${page} → Manifest: set api.requestedAccessTokenVersion to 2.`,
        ),
      ];
    return [ok(idUriSubject, `${idUri} is set in the registration, and its tokens are version 2.`)];
  }
  const isUnknown =
    trial.kind === 'refused' &&
    (trial.failure.error === 'invalid_resource' ||
      trial.failure.codes.some((code) => code === 500011 || code === 500341));
  if (isUnknown)
    return [
      wrong(
        idUriSubject,
        `No application in tenant ${tenantId} has ${idUri}.`,
        `${page} → Expose an API: set Application ID URI to ${idUri}.`,
      ),
    ];
  return [
    unchecked(
      idUriSubject,
      `Whether ${idUri} is set in the registration could not be found out.`,
      `Look at ${page} → Expose an API, and at Manifest: api.requestedAccessTokenVersion must be 2.`,
    ),
  ];
}
