// What people say when something is wrong, or when others should see it: debug, help on a command, share.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { readyAtOnce, runs, shownBy, useAppWorld } from '../../support/app/app-suite.ts';
import { actionsOf, cardOf, latest, oauthCardOf, wordsOf } from '../../support/teams/card-search.ts';
import { commandNames } from '../../../src/cards/talk/command-table.ts';
import { en } from '../../../src/words/en/en.ts';
import { groupChat, personalChat, type Place } from '../../support/teams/teams-places.ts';

const [ada, benno, , , edda] = sandboxPeople;
assert.ok(benno && edda);
const chat = personalChat(ada);

describe('asking for help', () => {
  const suite = useAppWorld();

  const answerTo = async (place: Place, said: string, person = ada) => {
    const { channel } = suite.world();
    const before = channel.messages(place.id).length;
    await suite.say(place, person, said);
    const answer = await channel.until(() => channel.messages(place.id)[before]);
    const sent = latest(answer);
    return { id: answer.id, words: wordsOf(cardOf(sent)) || (sent.text ?? ''), card: cardOf(sent) };
  };

  describe('somebody who is signed out', () => {
    /** Entra ID has handed out nothing for them, and nothing asks them to sign in. */
    const places = [personalChat(edda), groupChat([edda, benno])];
    const assertSignedOut = async () => {
      const { entra, channel } = suite.world();
      assert.match((await answerTo(personalChat(edda), 'debug', edda)).words, /You are not signed in/);
      assert.deepEqual(
        entra.calls.filter(({ user }) => user === edda.oid),
        [],
      );
      const asked = channel
        .activities()
        .filter((one) => places.some(({ id }) => id === one.conversationId))
        .filter((one) => one.versions.some((version) => oauthCardOf(version) !== undefined));
      assert.deepEqual(asked, []);
    };

    for (const place of places)
      it(`is answered “hi”, “hello” and “help” in any case, without a sign-in: ${place.kind}`, async () => {
        for (const said of ['hi', 'HI', 'hElLo'])
          assert.match((await answerTo(place, said, edda)).words, /^Hello! (Paste|Mention me with) /, said);
        for (const said of ['help', 'HELP', 'hElP'])
          assert.match((await answerTo(place, said, edda)).words, /Here is how it works/, said);
        await assertSignedOut();
      });

    it('is answered every other word in capitals with a card or a line', async () => {
      const saying = commandNames
        .filter((one) => one !== 'signIn')
        .map(async (name) => {
          const said = en.commands[name].word.toUpperCase();
          const place = groupChat([edda, benno]);
          places.push(place);
          const { words } = await answerTo(place, said, edda);
          assert.match(words, /\w{3}/, said);
          assert.doesNotMatch(words, /didn’t understand|went wrong/, said);
        });
      await Promise.all(saying);
      await assertSignedOut();
    });
  });

  it('“debug” says how a person stands who is new, under a reference that is in the log', async () => {
    const { words } = await answerTo(chat, 'Debug');
    assert.match(words, /0\.1\.0, Node \d+\.\d+\.\d+, embedded database/);
    assert.match(words, /You are not signed in/);
    assert.match(words, /no exports/);
    assert.match(words, /None of your exports has failed/);
    const [, reference = ''] = /Reference\n([0-9a-f]{8})\n/.exec(words) ?? [];
    assert.match(
      suite.world().logged(),
      new RegExp(`"reference":"${reference}"[^\\n]*somebody asked what to quote`),
    );
  });

  it('“debug” lists the last errors with what their operator and Microsoft look for, and nothing secret', async () => {
    await suite.signIn(ada);
    const { graph } = suite.world();
    const failing = suite.view(runs);
    await suite.say(chat, ada, failing.url);
    const card = await suite.card(chat, /Running/, failing);
    const job = await suite.jobOf(failing);
    graph.setStatus(job.id, 'failed');
    suite.world().skip(11);
    const exportId = actionsOf(cardOf(latest(card)))
      .map(({ data }) => (data as { subject?: { id: string } } | undefined)?.subject?.id)
      .find((id) => id !== undefined);
    assert.ok(exportId !== undefined);
    await suite.press(chat, ada, { verb: 'refresh', exportId }, card.id);
    await suite.card(chat, /reported a failure/, failing);
    const { words } = await answerTo(chat, 'debug');
    assert.match(words, /You are signed in/);
    assert.match(words, /Microsoft Graph reported a failure/);
    assert.ok(words.includes(exportId));
    for (const secret of ['eyJ', 'http', ada.oid, ada.tid, ada.name, failing.explorerViewId])
      assert.ok(!words.includes(secret), secret);
  });

  it('“share” answers for one person’s eyes where others are', async () => {
    const { channel } = suite.world();
    const group = groupChat([ada, benno]);
    assert.match((await answerTo(group, 'share')).words, /no export of yours in this conversation/);
    assert.match((await answerTo(chat, 'share')).words, /nobody here to share it with/);
    const view = suite.view(readyAtOnce);
    await suite.say(group, ada, view.url);
    await suite.card(group, /✓ {2}Ready/, view);
    await suite.read(view);
    const offer = await answerTo(group, 'share it');
    assert.match(offer.words, /Press Share to show everybody here/);
    const press = async (name: string, from = offer.card) =>
      shownBy(await channel.clickExecute(group, ada, offer.id, name, from));
    const stranger = shownBy(await channel.clickExecute(group, benno, offer.id, 'Share'));
    assert.match(stranger.words, /Not an export of yours/);
    let question = await press('Share');
    while (!/Only you see this question/.test(question.words)) {
      await pause(100);
      question = await press('Share');
    }
    assert.match((await press('Share it here', question.card)).words, /Shared: the figures appear here/);
    await suite.card(group, /Shared by/, view);
  });

  it('“help” and a command says how that is written, with a typing error and in other words, too', async () => {
    for (const said of ['help export', 'help with exprot', 'Help “Export”?'])
      assert.match((await answerTo(chat, said)).words, /export NAME[^]*Example[^]*export Q3 sales/);
    assert.match((await answerTo(chat, 'help logout')).words, /sign out[^]*Other words[^]*log out/);
    assert.match((await answerTo(chat, 'help me')).words, /Here is how it works/);
  });
});
