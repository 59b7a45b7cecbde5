/** Checks that the hosts which a configuration lists can be reached from this machine. */
import type { Config } from '../config.ts';
import { askWeb, silenceWords } from './ask-web.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

const subject = 'Hosts';

const isHere = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3})(:\d+)?$/.test(host);

async function troubleOf(host: string): Promise<readonly string[]> {
  const answer = await askWeb(`${isHere(host) ? 'http' : 'https'}://${host}/`);
  return answer.kind === 'silence' ? [`${host} ${silenceWords[answer.why]}`] : [];
}

/** Any answer will do: whoever answers has been reached. */
async function checkList(variable: string, hosts: readonly string[]): Promise<readonly Finding[]> {
  const named = hosts.filter((host) => !host.startsWith('*.'));
  const patterns = hosts.filter((host) => host.startsWith('*.'));
  const troubles = (await Promise.all(named.map(troubleOf))).flat();
  const tried =
    troubles.length > 0
      ? [
          wrong(
            subject,
            `${variable}: ${troubles.join('; ')}.`,
            `Let this machine reach it (firewall, proxy, DNS), or mend ${variable}.`,
          ),
        ]
      : named.map((host) => ok(subject, `${variable}: ${host} answers.`));
  if (patterns.length === 0) return tried;
  return [
    ...tried,
    unchecked(
      subject,
      `${variable}: which hosts of ${patterns.join(', ')} are used shows only when they are.`,
      'Let this machine reach all of them by https.',
    ),
  ];
}

export async function checkHosts({ bot, files, graph }: Config): Promise<readonly Finding[]> {
  const lists = [
    ['BOT_SERVICE_URL_HOSTS', bot.serviceUrlHosts],
    ['FILE_HOSTS', files.hosts],
    ['GRAPH_DOWNLOAD_HOSTS', graph.downloadHosts],
  ] as const;
  return (await Promise.all(lists.map(([variable, hosts]) => checkList(variable, hosts)))).flat();
}
