/** Checks that Entra ID is there and knows the tenants that the configuration names. */
import { z } from 'zod';
import type { Config } from '../config.ts';
import { askWeb, jsonIn, silenceWords } from './ask-web.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

/** OpenID Connect Discovery 1.0, §3. */
const metadata = z.object({ issuer: z.string(), jwks_uri: z.string() });

const whereTenantIds =
  'Copy the tenant id from entra.microsoft.com → Overview → Tenant ID of that organisation.';

async function checkTenant(entraBaseUrl: string, tenantId: string, variable: string): Promise<Finding> {
  const subject = `Tenant ${tenantId}`;
  const answer = await askWeb(`${entraBaseUrl}/${tenantId}/v2.0/.well-known/openid-configuration`);
  if (answer.kind === 'silence')
    return wrong(
      subject,
      `${entraBaseUrl} ${silenceWords[answer.why]}.`,
      'Let this machine reach it (firewall, proxy, DNS), and check ENTRA_BASE_URL.',
    );
  if (answer.status === 400 || answer.status === 404)
    return wrong(
      subject,
      `Entra ID knows no such tenant (${variable}).`,
      `Mend ${variable}. ${whereTenantIds}`,
    );
  const parsed = metadata.safeParse(jsonIn(answer.text));
  if (answer.status !== 200 || !parsed.success)
    return unchecked(subject, `Entra ID answered ${answer.status} to the question for its metadata.`);
  const expected = `${entraBaseUrl}/${tenantId}/v2.0`;
  if (parsed.data.issuer !== expected)
    return wrong(
      subject,
      `Its tokens are issued by ${parsed.data.issuer}, and the bot expects ${expected}.`,
      'Set ENTRA_BASE_URL to the sign-in address of the cloud that the tenant lives in.',
    );
  return ok(subject, `Entra ID knows it, and its issuer is the expected one (${variable}).`);
}

export function checkTenants(config: Config): Promise<readonly Finding[]> {
  const { bot, allowedTenants, entraBaseUrl } = config;
  const variables = new Map<string, readonly string[]>([[bot.tenantId, ['BOT_TENANT_ID']]]);
  for (const id of allowedTenants) variables.set(id, [...(variables.get(id) ?? []), 'ALLOWED_TENANTS']);
  return Promise.all([...variables].map(([id, names]) => checkTenant(entraBaseUrl, id, names.join(', '))));
}
