// The words that the bot knows, and everything else that people write or do: each gets a helpful answer, never silence.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import {
  exportIdOf,
  readyAtOnce,
  runs,
  runsInPeace,
  titlesOf,
  useAppWorld,
} from '../../support/app/app-suite.ts';
import { actionsOf, cardOf, latest, oauthCardOf, wordsOf } from '../../support/teams/card-search.ts';
import type { Place } from '../../support/teams/teams-places.ts';
import { channelThread, groupChat, personalChat } from '../../support/teams/teams-places.ts';

const [ada, benno, cleo, dario] = sandboxPeople;
assert.ok(benno && cleo && dario);

describe('what people write', () => {
  const suite = useAppWorld();

  describe('words', () => {
    const firstAnswer = async (place: Place, person: Person, said: string): Promise<string> => {
      const { channel } = suite.world();
      const before = channel.messages(place.id).length;
      await suite.say(place, person, said);
      const answer = await channel.until(() => channel.messages(place.id)[before]);
      return wordsOf(cardOf(latest(answer)));
    };

    const sayings: readonly (readonly [said: string, answer: RegExp])[] = [
      ['help', /Here is how it works[^]*list[^]*sign out/],
      ['hi', /^Hello! (?:Paste|Mention me with) a link to a Planner plan or a Viva Goals link/],
      ['Good morning!', /^Hello! (?:Paste|Mention me with) a link to a Planner plan or a Viva Goals link/],
      ['thanks!', /^Happy to help/],
      ['what is the weather like', /^I didn’t understand that/],
      ['help export', /export NAME[^]*without its link[^]*export Q3 sales/],
      ['help thingummy', /Did you mean “help/],
      ['debgu', /Did you mean “debug”/],
      ['status', /^I didn’t understand that. Did you mean “list”\?/],
      ['lsit', /^I didn’t understand that. Did you mean “list”\?/],
      ['same as yesterday', /^I didn’t understand that. Did you mean “list”\?/],
      ['what did I export last week?', /^I didn’t understand that. Did you mean “list”\?/],
      ['why?', /^I didn’t understand that. Did you mean “list”\?/],
      ['unsubscribe', /^I didn’t understand that. Did you mean “schedules”\?/],
      ['', /^I can’t see a link there/],
      ['   ', /^I can’t see a link/],
    ];
    for (const [said, answer] of sayings)
      it(`answers ${JSON.stringify(said)} in each kind of conversation`, async () => {
        for (const place of [personalChat(ada), groupChat([ada, benno])])
          assert.match(await firstAnswer(place, ada, said), answer);
      });

    it('shows the help in the place of the welcome', async () => {
      const { channel } = suite.world();
      const chat = personalChat(benno);
      await channel.install(chat, benno);
      const welcome = await suite.card(chat, /Paste a link to start/);
      const { body } = await channel.clickExecute(chat, benno, welcome.id, 'How it works');
      assert.match(wordsOf((body as { value: unknown }).value), /Here is how it works/);
    });

    it('says that it cannot read the post above, when it is mentioned below one without a link', async () => {
      assert.match(
        await firstAnswer(channelThread([ada]), ada, 'please export this one'),
        /can’t read other people’s messages/,
      );
    });

    it('answers a message that has nothing but a picture', async () => {
      const chat = personalChat(ada);
      const { channel } = suite.world();
      const sender = channel.sender(chat, ada);
      const { activity } = await suite.say(chat, ada, 'x');
      const before = channel.messages(chat.id).length;
      const { text: _text, ...rest } = activity;
      const attachments = [{ contentType: 'image/png', contentUrl: `${sender.serviceUrl}/picture` }];
      assert.equal((await channel.deliver({ ...rest, id: 'f:picture', attachments })).status, 200);
      await channel.until(() =>
        channel
          .messages(chat.id)
          .slice(before)
          .some((one) => /can’t see a link/.test(wordsOf(cardOf(latest(one))))),
      );
    });

    it('welcomes once, however often Teams says that it was installed', async () => {
      const { channel } = suite.world();
      for (const [place, person] of [
        [personalChat(dario), dario],
        [groupChat([dario, ada]), dario],
      ] as const) {
        for (const tell of [channel.install, channel.botAdded, channel.install])
          assert.equal((await tell(place, person)).status, 200);
        await channel.install(place, person, 'add-upgrade');
        await suite.card(place, /Hello!/);
        assert.match(await firstAnswer(place, person, 'help'), /Here is how it works/);
        assert.equal(channel.messages(place.id).length, 2, 'one welcome and one answer');
      }
    });
  });

  describe('the list', () => {
    const chat = personalChat(ada);

    it('says that there is nothing yet to somebody who is new', async () => {
      await suite.say(chat, ada, 'list');
      assert.match(wordsOf(cardOf(latest(await suite.card(chat, /None yet/)))), /need your sign-in to ask/);
    });

    it('shows how each export stands, what can be done with it, and what only Graph knows', async () => {
      const { channel, graph } = suite.world();
      await suite.signIn(ada);
      const [running, elsewhere] = [suite.view(runs), suite.view(runs)];
      await suite.say(chat, ada, running.url);
      const card = await suite.card(chat, /Running/, running);
      const accessToken = graph.calls.findLast(({ user }) => user === ada.oid)?.headers.authorization ?? '';
      const made = await fetch(`${graph.baseUrl()}/employeeExperience/goals/exportJobs`, {
        method: 'POST',
        headers: { authorization: accessToken, 'content-type': 'application/json' },
        body: JSON.stringify({
          goalsOrganizationId: elsewhere.goalsOrganizationId,
          explorerViewId: elsewhere.explorerViewId,
        }),
      });
      assert.equal(made.status, 201);
      await suite.say(chat, ada, 'list');
      const list = await suite.card(chat, /More of your exports at Microsoft/);
      const words = wordsOf(cardOf(latest(list)));
      assert.match(
        words,
        /Running[^]*just now[^]*Ready[^]*available until[^]*More of your exports at Microsoft[^]*Running/,
      );
      assert.deepEqual(
        actionsOf(cardOf(latest(list))).map(({ verb }) => verb),
        ['show', 'show', 'download', 'followGraphJob'],
      );
      const followed = await channel.clickExecute(chat, ada, list.id, 'Follow');
      assert.match(JSON.stringify(followed.body), /Started/);
      const follower = await suite.card(chat, /Running/, elsewhere);
      await suite.finish(chat, ada, follower, await suite.jobOf(elsewhere));
      await suite.card(chat, /✓ {2}Ready/, elsewhere);
      const posts = graph.calls.filter(
        ({ op, about }) => op === 'create' && about['view'] === elsewhere.explorerViewId,
      );
      assert.equal(posts.length, 1, 'it was followed, not made again');
      await suite.press(chat, ada, { verb: 'stop', exportId: exportIdOf(card) }, card.id);
      await suite.say(chat, ada, 'my exports');
      const later = await suite.card(chat, /Stopped[^]*Ready/);
      assert.deepEqual(titlesOf(cardOf(latest(later))).filter((title) => title === 'Resume').length, 1);
    });

    it('in a channel offers a button that shows each clicker their own', async () => {
      const { channel } = suite.world();
      const thread = channelThread([ada, benno]);
      await suite.say(thread, ada, 'list');
      const offer = await suite.card(thread, /Only you will see them/);
      const adas = await channel.clickExecute(thread, ada, offer.id, 'Show mine');
      assert.match(wordsOf((adas.body as { value: unknown }).value), /Ready[^]*Only you see this list/);
      const asked = await channel.clickExecute(thread, benno, offer.id, 'Show mine');
      assert.equal((asked.body as { statusCode: number }).statusCode, 401, 'asked to sign in, in the answer');
      assert.equal(channel.messages(thread.id).length, 1, 'nobody else sees either answer');
      const bennos = await channel.clickExecute(thread, benno, offer.id, 'Show mine');
      assert.match(wordsOf((bennos.body as { value: unknown }).value), /None yet/);
    });
  });

  describe('signing out', () => {
    const chat = personalChat(cleo);

    it('says so to somebody who was not signed in', async () => {
      await suite.say(chat, cleo, 'sign out');
      await suite.card(chat, /You were not signed in/);
    });

    it('forgets: open exports wait and say so, and the next one asks again', async () => {
      const { channel, graph } = suite.world();
      await suite.signIn(cleo);
      const view = suite.view(runsInPeace);
      await suite.say(chat, cleo, view.url);
      const card = await suite.card(chat, /Running/, view);
      const prompts = channel.messages(chat.id).filter((one) => oauthCardOf(one.versions[0] ?? latest(one)));
      await suite.say(chat, cleo, 'sign out.');
      await suite.card(chat, /You are signed out[^]*One export waits/);
      assert.equal((await suite.card(chat, /You are signed out[^]*this export waits/, view)).id, card.id);
      await suite.say(chat, cleo, 'list');
      await suite.card(chat, /Waiting for your sign-in/);
      const asked = () => graph.calls.filter(({ user }) => user === cleo.oid).length;
      const before = asked();
      const next = suite.view(readyAtOnce);
      await suite.say(chat, cleo, next.url);
      const prompt = await suite.prompt(chat, prompts);
      assert.equal(asked(), before, 'nothing was asked of Graph without a sign-in');
      await channel.silentSso(chat, cleo, prompt);
      await suite.card(chat, /✓ {2}Ready/, next);
      await suite.card(chat, /Running/, view);
      await suite.finish(chat, cleo, card, await suite.jobOf(view));
      assert.equal((await suite.card(chat, /✓ {2}Ready/, view)).id, card.id);
      assert.equal(
        graph.jobs().filter(({ explorerViewId }) => explorerViewId === view.explorerViewId).length,
        1,
      );
    });

    it('also happens when the personal app is removed', async () => {
      const { channel } = suite.world();
      const view = suite.view(readyAtOnce);
      const before = channel.messages(chat.id).filter((one) => oauthCardOf(one.versions[0] ?? latest(one)));
      assert.equal((await channel.install(chat, cleo, 'remove')).status, 200);
      await channel.install(chat, cleo, 'add');
      await suite.card(chat, /Paste a link to start/);
      await suite.say(chat, cleo, view.url);
      await channel.silentSso(chat, cleo, await suite.prompt(chat, before));
      await suite.card(chat, /✓ {2}Ready/, view);
    });
  });
});
