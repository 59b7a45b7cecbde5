/** The operator puts things right: what was paused goes on by itself, also when the bot had to be started again. */
import { entraError } from '../../../src/sandbox/entra/entra-errors.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { readyAtOnce, useAppWorld } from '../../support/app/app-suite.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;

describe('an operator’s fault', () => {
  const suite = useAppWorld();
  const chat = personalChat(ada);

  it('E5 that is mended before the bot is started again: everything goes on, without a press', async () => {
    const { entra, channel, restart } = suite.world();
    const client = suite.world().variables['AAD_APP_CLIENT_ID'] ?? '';
    const wrong = entra.script({
      match: { op: 'token', about: { client } },
      respond: entraError('secretWrong'),
    });
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, view.url);
    await channel.silentSso(chat, ada, await suite.prompt(chat));
    await suite.card(chat, /my own sign-in does not work/, view);
    wrong.remove();
    await restart();
    await channel.silentSso(chat, ada, await suite.prompt(chat));
    await suite.card(chat, /Your file is ready/, view);
  });
});
