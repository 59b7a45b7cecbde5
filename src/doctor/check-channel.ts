/** Checks the Bot Connector's published keys, without which the bot can believe no message. */
import { z } from 'zod';
import type { Config } from '../config.ts';
import { askWeb, jsonIn, silenceWords } from './ask-web.ts';
import { ok, wrong, type Finding } from './finding.ts';

/** OpenID Connect Discovery 1.0 §3; `endorsements` are the Bot Framework's addition to RFC 7517 keys. */
const metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.object({ endorsements: z.array(z.string()).optional() })) });

const subject = 'Bot Connector keys';
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
  const described = metadata.safeParse(document.body);
  if (!described.success)
    return [wrong(subject, document.trouble, `Let this machine reach it (firewall, proxy, DNS). ${unset}`)];
  if (described.data.issuer !== issuer)
    return [
      wrong(
        subject,
        `The connector calls itself ${described.data.issuer}, and the bot expects ${issuer}.`,
        unset,
      ),
    ];
  const keys = await fetchJson(described.data.jwks_uri);
  const parsed = keySet.safeParse(keys.body);
  if (!parsed.success)
    return [wrong(subject, keys.trouble, 'Let this machine reach it (firewall, proxy, DNS).')];
  const endorsed = parsed.data.keys.filter((key) => key.endorsements?.includes('msteams') === true).length;
  return endorsed > 0
    ? [ok(subject, `${endorsed} of them may speak for Teams.`)]
    : [wrong(subject, `None of the keys at ${described.data.jwks_uri} may speak for Teams.`, unset)];
}
