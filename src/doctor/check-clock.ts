/** Checks this machine's clock against Entra ID's: tokens count by it. */
import type { Config } from '../config.ts';
import { askWeb } from './ask-web.ts';
import { ok, unchecked, warning, wrong, type Finding } from './finding.ts';

const subject = 'Clock';
/** Seconds: from here on the bot's own figure raises an alarm. */
const noticed = 60;
/** Seconds that checks of tokens forgive. */
const forgiven = 300;
const todo = 'Let the time service of this machine (chrony, systemd-timesyncd, the host’s) set the clock.';

export async function checkClock({ entraBaseUrl, bot }: Config): Promise<readonly Finding[]> {
  const before = Date.now();
  const answer = await askWeb(`${entraBaseUrl}/${bot.tenantId}/v2.0/.well-known/openid-configuration`);
  const here = (before + Date.now()) / 2000;
  const there = answer.kind === 'answer' ? Date.parse(answer.date) / 1000 : Number.NaN;
  if (Number.isNaN(there))
    return [
      unchecked(subject, 'Entra ID, which it is compared with, told no time.', 'Run this again in a minute.'),
    ];
  const ahead = Math.round(here - there);
  const off = Math.abs(ahead);
  const says = `It is ${off} s ${ahead < 0 ? 'behind' : 'ahead of'} Entra ID’s`;
  if (off > forgiven) return [wrong(subject, `${says}: tokens are refused.`, todo)];
  if (off > noticed) return [warning(subject, `${says}. From ${forgiven} s on tokens are refused.`, todo)];
  return [ok(subject, 'It agrees with Entra ID’s to within a minute.')];
}
