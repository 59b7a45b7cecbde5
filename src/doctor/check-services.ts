/** Checks Microsoft's services: Entra ID with the tenants that are named, the Bot Connector's keys, and Graph. */
import * as z from 'zod';
import type { Config } from '../config.ts';
import type { SourceFacts } from '../ports/export-source.ts';
import { graphRoot } from '../adapters/graph/http/graph-client.ts';
import { everySource } from '../sources/sources.ts';
import { en } from '../words/en/en.ts';
import { wordsOfSource } from '../words/words.ts';
import { askWeb, jsonIn, silenceWords } from './ask-web.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

/** OpenID Connect Discovery 1.0, §3. */
const tenantMetadata = z.object({ issuer: z.string(), jwks_uri: z.string() });
const connectorMetadata = z.object({ issuer: z.string(), jwks_uri: z.url() });
/** RFC 7517, with the Bot Framework's addition of `endorsements`. */
const keySet = z.object({ keys: z.array(z.object({ endorsements: z.array(z.string()).optional() })) });

const reach = 'Let this machine reach it (firewall, proxy, DNS)';

const whereTenantIds =
  'Copy the tenant id from entra.microsoft.com → Overview → Tenant ID of that organisation.';

async function checkTenant(entraBaseUrl: string, tenantId: string, variable: string): Promise<Finding> {
  const subject = `Tenant ${tenantId}`;
  const answer = await askWeb(`${entraBaseUrl}/${tenantId}/v2.0/.well-known/openid-configuration`);
  if (answer.kind === 'silence')
    return wrong(
      subject,
      `${entraBaseUrl} ${silenceWords[answer.why]}.`,
      `${reach}, and check ENTRA_BASE_URL.`,
    );
  if (answer.status === 400 || answer.status === 404)
    return wrong(
      subject,
      `Entra ID knows no such tenant (${variable}).`,
      `Mend ${variable}. ${whereTenantIds}`,
    );
  const parsed = tenantMetadata.safeParse(jsonIn(answer.text));
  if (answer.status !== 200 || !parsed.success)
    return unchecked(
      subject,
      `Entra ID answered ${answer.status} to the question for its metadata.`,
      `Run this again in a minute; if it stays so, check ENTRA_BASE_URL and ${variable}.`,
    );
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

const connector = 'Bot Connector keys';
const unset =
  'Leave BOT_CHANNEL_OPENID_URL and BOT_CHANNEL_ISSUER unset, unless your cloud is not the public one.';

async function fetchJson(url: string): Promise<{ readonly body?: unknown; readonly trouble: string }> {
  const answer = await askWeb(url);
  if (answer.kind === 'silence') return { trouble: `${url} ${silenceWords[answer.why]}.` };
  return { body: jsonIn(answer.text), trouble: `${url} answers ${answer.status} with something else.` };
}

export async function checkChannel({ bot }: Config): Promise<readonly Finding[]> {
  const { openIdUrl, issuer } = bot.channel;
  const document = await fetchJson(openIdUrl);
  const described = connectorMetadata.safeParse(document.body);
  if (!described.success) return [wrong(connector, document.trouble, `${reach}. ${unset}`)];
  if (described.data.issuer !== issuer)
    return [
      wrong(
        connector,
        `The connector calls itself ${described.data.issuer}, and the bot expects ${issuer}.`,
        unset,
      ),
    ];
  const keys = await fetchJson(described.data.jwks_uri);
  const parsed = keySet.safeParse(keys.body);
  if (!parsed.success) return [wrong(connector, keys.trouble, `${reach}.`)];
  const endorsed = parsed.data.keys.filter((key) => key.endorsements?.includes('msteams') === true).length;
  return endorsed > 0
    ? [ok(connector, `${endorsed} of them may speak for Teams.`)]
    : [wrong(connector, `None of the keys at ${described.data.jwks_uri} may speak for Teams.`, unset)];
}

const graphSubject = 'Microsoft Graph';

/** Asks for each source, without a token; what is so of all is said once. */
export async function checkGraph(
  { graph }: Pick<Config, 'graph'>,
  sources: readonly SourceFacts[] = everySource,
): Promise<readonly Finding[]> {
  const root = graphRoot(graph.baseUrl);
  const found = await Promise.all(sources.map((source) => checkSource(root, source)));
  const kept = [...new Map(found.flat().map((finding) => [finding.says, finding])).values()];
  return graph.baseUrl.startsWith(`${root}/`) && graph.baseUrl !== `${root}/`
    ? [...kept, versioned(root)]
    : kept;
}

/** Earlier releases asked one version of Graph only, and had it in the variable. */
const versioned = (root: string): Finding =>
  ok(
    'GRAPH_BASE_URL',
    `It names a version of Graph, which is taken off: each source asks the one it needs. Write ${root}.`,
  );

async function checkSource(baseUrl: string, { name, graphPath }: SourceFacts): Promise<readonly Finding[]> {
  if (graphPath === undefined) return [];
  const url = `${baseUrl}${graphPath}`;
  const fact = wordsOfSource(en, { source: name }).retirement?.fact;
  const answer = await askWeb(url, { headers: { accept: 'application/json' } });
  if (answer.kind === 'silence')
    return [
      wrong(
        graphSubject,
        `${new URL(url).host} ${silenceWords[answer.why]}.`,
        `${reach}, and check GRAPH_BASE_URL.`,
      ),
    ];
  switch (answer.status) {
    case 401:
      return [
        ok(graphSubject, `${baseUrl} answers, and asks for a person's token, as it should.`),
        unchecked(
          'Export service',
          `${fact === undefined ? '' : `${fact}. `}Whether a tenant still has the service shows only with a signed-in person: the bot then says so on the card.`,
          'Paste a link of it to the bot once.',
        ),
      ];
    case 404:
    case 410:
      return [
        wrong(
          graphSubject,
          `${url} is not there (status ${answer.status}). ${fact ?? 'The service may have ended'}; or the address is not Graph's.`,
          'Leave GRAPH_BASE_URL unset for https://graph.microsoft.com.',
        ),
      ];
    default:
      return [
        unchecked(
          graphSubject,
          `${url} answers ${answer.status}, where 401 was to be expected.`,
          'Run this again in a minute; if it stays so, see what stands between the bot and Graph, such as a proxy.',
        ),
      ];
  }
}
