/** Checks that the two addresses to which Entra ID sends browsers back are registered. */
import type { Config } from '../config.ts';
import { askWeb } from './ask-web.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

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

async function checkRedirect(config: Config, tenantId: string, redirect: string): Promise<Finding> {
  const subject = 'Redirect URI';
  const page = `portal.azure.com → App registrations → ${config.app.clientId} → Authentication → Web`;
  const answer = await askWeb(silentSignIn(config, tenantId, redirect));
  if (answer.kind === 'answer' && answer.location.startsWith(`${redirect}?`))
    return ok(subject, `${redirect} is registered.`);
  // AADSTS50011: the redirect URI of the request does not match those of the application.
  if (answer.kind === 'answer' && answer.text.includes('AADSTS50011'))
    return wrong(subject, `${redirect} is not registered.`, `${page}: add this redirect URI exactly.`);
  return unchecked(
    subject,
    `Whether ${redirect} is registered could not be found out.`,
    `Look at ${page}: this redirect URI must be there exactly.`,
  );
}

export function checkRedirects(config: Config): Promise<readonly Finding[]> {
  const [tenantId] = config.allowedTenants;
  if (tenantId === undefined) return Promise.resolve([]);
  return Promise.all(redirectsOf(config).map((redirect) => checkRedirect(config, tenantId, redirect)));
}
