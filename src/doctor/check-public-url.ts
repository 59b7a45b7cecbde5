/** Checks the bot's public address: people and the Bot Connector reach it, and Entra ID may send browsers back there. */
import type { Config } from '../config.ts';
import { askWeb, silenceWords, type WebAnswer } from './ask-web.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';
import type { RegistrationReading } from './read-registration.ts';

const subject = 'PUBLIC_URL';
const endpoint = 'Messaging endpoint';
const redirectUri = 'Redirect URI';

/** Teams and Microsoft's servers take `https` only; the configuration lets plain `http` pass for this machine. */
function scheme(publicUrl: string): Finding {
  return publicUrl.startsWith('https:')
    ? ok(subject, `${publicUrl} is https.`)
    : unchecked(
        subject,
        `${publicUrl} is reached from this machine only.`,
        'For Teams, set PUBLIC_URL to the https address under which the internet reaches the bot.',
      );
}

function health(publicUrl: string, answer: WebAnswer): Finding {
  if (answer.kind === 'silence') {
    const says = `${publicUrl} ${silenceWords[answer.why]}.`;
    switch (answer.why) {
      case 'insecure':
        return wrong(subject, says, 'Give the host a certificate of a public authority for this very name.');
      case 'nameless':
        return wrong(subject, says, "Mend PUBLIC_URL, or make a DNS record for the host's name.");
      case 'closed':
        return unchecked(
          subject,
          says,
          'Start the bot (npm start) and run this again. If it runs: check the reverse proxy and the firewall.',
        );
    }
  }
  if (answer.status === 200 && answer.text.trim() === 'alive')
    return ok(subject, `The bot answers at ${publicUrl}/healthz.`);
  return wrong(
    subject,
    `Something else than the bot answers at ${publicUrl}/healthz (status ${answer.status}).`,
    "Let the reverse proxy pass every path of PUBLIC_URL's host on to the bot's HOST and PORT, unchanged.",
  );
}

function messages(url: string, answer: WebAnswer): Finding {
  if (answer.kind === 'answer' && answer.status === 401)
    return ok(endpoint, `${url} turns away whoever is not Teams, as it should.`);
  const status = answer.kind === 'answer' ? `answers ${answer.status} instead of 401` : 'does not answer';
  return wrong(
    endpoint,
    `${url} ${status}.`,
    'Let the reverse proxy pass POST requests with their Authorization header and body on to the bot.',
  );
}

const anybody = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"type":"message"}',
};

export async function checkPublicUrl({ publicUrl }: Config): Promise<readonly Finding[]> {
  const alive = health(publicUrl, await askWeb(`${publicUrl}/healthz`));
  const found = [scheme(publicUrl), alive];
  if (alive.state !== 'ok') return found;
  const url = `${publicUrl}/api/messages`;
  return [...found, messages(url, await askWeb(url, anybody))];
}

/** The two addresses to which Entra ID sends browsers back. */
export const redirectsOf = ({ publicUrl }: Config): readonly string[] => [
  `${publicUrl}/auth/callback`,
  `${publicUrl}/auth/consented`,
];

/** A sign-in that may ask nobody anything: its refusal comes back to a registered address, and to no other. */
function silentSignIn({ entraBaseUrl, app }: Config, tenantId: string, redirect: string): string {
  const url = new URL(`${entraBaseUrl}/${tenantId}/oauth2/v2.0/authorize`);
  url.search = new URLSearchParams({
    client_id: app.clientId,
    response_type: 'code',
    response_mode: 'query',
    scope: 'openid',
    redirect_uri: redirect,
    prompt: 'none',
    state: 'doctor',
    code_challenge: 'doctor'.padEnd(43, '-'),
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}

async function checkRedirect(
  config: Config,
  tenantId: string,
  redirect: string,
  reading: RegistrationReading,
): Promise<Finding> {
  const page = `portal.azure.com → App registrations → ${config.app.clientId} → Authentication → Web`;
  const answer = await askWeb(silentSignIn(config, tenantId, redirect));
  const registered = reading.kind === 'read' ? reading.registration.web.redirectUris : undefined;
  if (
    (answer.kind === 'answer' && answer.location.startsWith(`${redirect}?`)) ||
    registered?.includes(redirect) === true
  )
    return ok(redirectUri, `${redirect} is registered.`);
  // AADSTS50011: the redirect URI of the request does not match those of the application.
  if (registered !== undefined || (answer.kind === 'answer' && answer.text.includes('AADSTS50011')))
    return wrong(redirectUri, `${redirect} is not registered.`, `${page}: add this redirect URI exactly.`);
  return unchecked(
    redirectUri,
    `Whether ${redirect} is registered could not be found out.`,
    `Look at ${page}: this redirect URI must be there exactly.`,
  );
}

export function checkRedirects(config: Config, reading: RegistrationReading): Promise<readonly Finding[]> {
  const [tenantId] = config.allowedTenants;
  if (tenantId === undefined) return Promise.resolve([]);
  return Promise.all(
    redirectsOf(config).map((redirect) => checkRedirect(config, tenantId, redirect, reading)),
  );
}
