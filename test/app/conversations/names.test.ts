// Names: given below a card, with a link and by button; said on cards, lists, notices and files; a person's own.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import {
  downloadPageOf,
  exportIdOf,
  readyAtOnce,
  runs,
  shownBy,
  titlesOf,
  useAppWorld,
} from '../../support/app/app-suite.ts';
import { actionsOf, cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import { groupChat, personalChat } from '../../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const chat = personalChat(ada);

describe('names', () => {
  const suite = useAppWorld({ variables: { LIMIT_DAILY_PER_USER: '100', LIMIT_OPEN_PER_USER: '100' } });
  before(async () => {
    await suite.signIn(ada);
    await suite.signIn(benno);
  });

  /** The first card that is posted after the message, beside cards of exports. */
  const answerTo = async (place: typeof chat, person: typeof ada, said: string) => {
    const { channel } = suite.world();
    const before = channel.messages(place.id).length;
    await suite.say(place, person, said);
    const answer = await channel.until(() => channel.messages(place.id)[before]);
    const sent = latest(answer);
    return { id: answer.id, words: wordsOf(cardOf(sent)) || (sent.text ?? ''), card: cardOf(sent) };
  };
  const readyExport = async (place = chat) => {
    const view = suite.view(readyAtOnce);
    await suite.say(place, ada, view.url);
    const card = await suite.card(place, place.kind === 'personal' ? /average progress/ : /✓ {2}Ready/, view);
    return { view, card };
  };

  it('are given below a card, which then says the name, and are enough to export again', async () => {
    const { channel } = suite.world();
    const { view, card } = await readyExport();
    const answer = await answerTo(chat, ada, 'save as “Café sales”');
    assert.match(answer.words, /Write \nexport \nCafé sales/);
    assert.match(answer.words, new RegExp(`Open view ${view.explorerViewId.slice(0, 8)}`));
    await channel.until(
      () => /Open view Café sales/.test(wordsOf(cardOf(latest(channel.activity(card.id))))) || undefined,
    );
    assert.ok(!titlesOf(cardOf(latest(channel.activity(card.id)))).includes('Name it'));
    const before = channel.messages(chat.id).length;
    await suite.say(chat, ada, 'EXPORT cafe\u0301 Sales');
    await channel.nextCard(
      (shown, { id }) => id !== card.id && /Café sales[^]*average progress/.test(wordsOf(shown)),
    );
    assert.equal(
      suite
        .world()
        .graph.jobs()
        .filter(({ explorerViewId }) => explorerViewId === view.explorerViewId).length,
      2,
    );
    const posted = channel
      .messages(chat.id)
      .slice(before)
      .filter((one) => !/^. {2}Your export of/.test(wordsOf(cardOf(latest(one)))));
    assert.equal(posted.length, 1, 'the card is the answer');
  });

  it('stand on the list, on the notice, in the file’s name and in the workbook’s', async () => {
    const { channel } = suite.world();
    const view = suite.view(runs);
    assert.match((await answerTo(chat, ada, `save as 売上 Q3 ${view.url}`)).words, /売上 Q3/);
    await suite.say(chat, ada, 'export 売上 q3');
    const card = await suite.card(chat, /Running/);
    await suite.finish(chat, ada, card, await suite.jobOf(view));
    await channel.nextCard((shown) => /Your export of view 売上 Q3 is ready/.test(wordsOf(shown)));
    assert.match((await suite.press(chat, ada, { verb: 'list' })).words, /View \n売上 Q3/);
    const link = downloadPageOf(
      await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(card) }),
    );
    assert.match(await (await fetch(link)).text(), /Open view 売上 Q3|売上 Q3/);
    const file = await fetch(`${link}?format=workbook`, { method: 'POST' });
    const name = decodeURIComponent(
      /filename\*=UTF-8''([^;]+)/.exec(file.headers.get('content-disposition') ?? '')?.[1] ?? '',
    );
    assert.match(name, /_売上_Q3_\d{4}-\d{2}-\d{2}/);
  });

  it('are not exported when they are given with a link', async () => {
    const view = suite.view(readyAtOnce);
    await answerTo(chat, ada, `save as Quiet ${view.url}`);
    const two = `save as Both ${view.url} ${suite.view(readyAtOnce).url}`;
    assert.match((await answerTo(chat, ada, two)).words, /one link and its name/);
    assert.equal(
      suite
        .world()
        .graph.jobs()
        .filter(({ explorerViewId }) => explorerViewId === view.explorerViewId).length,
      0,
    );
  });

  it('are given by the button of a card without one, which asks for it', async () => {
    const { channel } = suite.world();
    const { card } = await readyExport();
    const form = shownBy(await channel.clickExecute(chat, ada, card.id, 'Name it'));
    assert.match(form.words, /What do you call it\?/);
    const save = actionsOf(form.card).find(({ title }) => title === 'Save');
    assert.ok(save);
    const press = async (name: string) => {
      const data = { ...(save.data as object), name };
      const action = { type: 'Action.Execute', verb: save.verb, data };
      return shownBy(
        await channel.invoke(chat, ada, 'adaptiveCard/action', { action, trigger: 'manual' }, card.id),
      );
    };
    assert.match((await press('…')).words, /at least one letter or number[^]*…/);
    assert.match((await press('Café SALES')).words, /You call something else that already/);
    assert.match((await press('By button')).words, /Open view By button/);
    await channel.until(
      () => /Open view By button/.test(wordsOf(cardOf(latest(channel.activity(card.id))))) || undefined,
    );
  });

  it('are listed, renamed and forgotten, by words and by buttons', async () => {
    const { channel } = suite.world();
    await readyExport();
    await answerTo(chat, ada, 'save as Alpha');
    const views = await answerTo(chat, ada, 'views');
    assert.match(views.words, /What you have named[^]*Alpha/);
    assert.match(
      (await answerTo(chat, ada, 'rename alpha to “Beta two”')).words,
      /Alpha[^]*is called[^]*Beta two/,
    );
    assert.match(
      (await answerTo(chat, ada, 'export beta tow')).words,
      /beta tow[^]*Did you mean one of these\?[^]*Beta two/,
    );
    const name = shownBy(await channel.clickExecute(chat, ada, views.id, 'showName'));
    assert.match(name.words, /Beta two/);
    const listed = shownBy(await channel.clickExecute(chat, ada, views.id, 'Rename', name.card));
    assert.match(listed.words, /What do you call it\?/);
    assert.match((await answerTo(chat, ada, 'forget Beta Two')).words, /forgotten the name/);
    assert.match((await answerTo(chat, ada, 'forget Beta Two')).words, /You have given nothing the name/);
    assert.doesNotMatch((await suite.press(chat, ada, { verb: 'views' })).words, /Beta two/);
  });

  it('say what to do where there is nothing to name, or no name', async () => {
    const group = groupChat([benno, ada]);
    assert.match(
      (await answerTo(group, benno, 'save as Nothing')).words,
      /no export of yours in this conversation/,
    );
    assert.match(
      (await answerTo(group, benno, 'export Q3 sales')).words,
      /Neither you nor anybody here[^]*Q3 sales[^]*Write “save as” and a name/,
    );
    assert.match((await answerTo(group, benno, 'export this please')).words, /Did you mean “help”/);
    assert.match((await answerTo(group, benno, 'save as')).words, /such as: save as Q3 sales/);
    assert.match((await answerTo(group, benno, 'rename Q3')).words, /rename Q3 sales to Q4 sales/);
    assert.match(
      (await answerTo(group, benno, `save as ${'long '.repeat(13)}`)).words,
      /60 characters are the most/,
    );
  });

  it('are told to nobody else: not on shared cards, not by near names, not to who presses their buttons', async () => {
    const { channel } = suite.world();
    const group = groupChat([ada, benno]);
    const { view, card } = await readyExport(group);
    const secret = 'Sorrel';
    await answerTo(chat, ada, `save as ${secret} ${view.url}`);
    const own = shownBy(await channel.clickExecute(group, ada, card.id, 'Show my details'));
    assert.match(own.words, /Open view Sorrel/);
    assert.match((await answerTo(group, ada, 'views')).words, /Press the button/);
    assert.doesNotMatch((await answerTo(group, ada, 'export sorel')).words, /Sorrel/);
    const before = channel.messages(group.id).length;
    await suite.say(group, ada, 'export sorrel');
    await channel.until(() => channel.messages(group.id)[before]);
    assert.doesNotMatch((await suite.press(group, benno, { verb: 'views' })).words, /Sorrel/);
    const mine = await suite.press(group, ada, { verb: 'views' });
    const nameIds = actionsOf(mine.card).flatMap(
      ({ data }) => (data as { nameId?: string } | undefined)?.nameId ?? [],
    );
    assert.ok(nameIds.length > 0);
    for (const nameId of [...nameIds, randomUUID()])
      for (const verb of ['exportNamed', 'renameName', 'forgetName'])
        assert.match(
          (await suite.press(group, benno, { verb, nameId, name: 'Mine' })).words,
          /have not named anything yet/,
        );
    for (const one of channel.messages(group.id)) assert.doesNotMatch(JSON.stringify(one.versions), /Sorrel/);
    assert.match((await suite.press(group, ada, { verb: 'views' })).words, /Sorrel/);
  });

  it('are forgotten with everything else', async () => {
    assert.match((await suite.press(chat, ada, { verb: 'myData' })).words, /\d+ names that you gave/);
    assert.match((await suite.press(chat, ada, { verb: 'deleteMyData' })).words, /\d+ names that you gave/);
    assert.match((await suite.press(chat, ada, { verb: 'views' })).words, /have not named anything yet/);
  });
});
