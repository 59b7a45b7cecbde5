/** Checks that Microsoft Graph is there, and says what can be said about the retired export service without a person. */
import { retiredOn } from '../cards/export/retirement.ts';
import type { Config } from '../config.ts';
import { askWeb, silenceWords } from './ask-web.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

const subject = 'Microsoft Graph';
const retired = `Microsoft retired Viva Goals on ${retiredOn}`;

export async function checkGraph({ graph }: Config): Promise<readonly Finding[]> {
  const url = `${graph.baseUrl}/employeeExperience/goals/exportJobs`;
  const answer = await askWeb(url, { headers: { accept: 'application/json' } });
  if (answer.kind === 'silence')
    return [
      wrong(
        subject,
        `${new URL(url).host} ${silenceWords[answer.why]}.`,
        'Let this machine reach it (firewall, proxy, DNS), and check GRAPH_BASE_URL.',
      ),
    ];
  switch (answer.status) {
    case 401:
      return [
        ok(subject, `${graph.baseUrl} answers, and asks for a person's token, as it should.`),
        unchecked(
          'Export service',
          `${retired}. Whether a tenant still has the service shows only with a signed-in person: the bot then says so on the card.`,
        ),
      ];
    case 404:
    case 410:
      return [
        wrong(
          subject,
          `${url} is not there (status ${answer.status}). ${retired}; or the address is not Graph's.`,
          'Leave GRAPH_BASE_URL unset for https://graph.microsoft.com/beta.',
        ),
      ];
    default:
      return [unchecked(subject, `${url} answers ${answer.status}, where 401 was to be expected.`)];
  }
}
