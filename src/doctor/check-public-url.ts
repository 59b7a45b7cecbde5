/** Checks that users and Microsoft's Bot Connector reach the bot under its public address. */
import type { Config } from '../config.ts';
import { askWeb, silenceWords, type WebAnswer } from './ask-web.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

const subject = 'PUBLIC_URL';
const endpoint = 'Messaging endpoint';

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
