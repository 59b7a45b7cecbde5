// Names of a group or channel: asked first, told to everybody there, exported by anybody as themselves, changed by who may.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { planScenarios } from '../../../src/sandbox/planner/plan-scenarios.ts';
import { readyAtOnce, shownBy, useAppWorld } from '../../support/app/app-suite.ts';
import { testPort } from '../../support/servers/test-port.ts';
import { cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import { channelThread, groupChat, personalChat, type Place } from '../../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const [festival] = planScenarios;
const port = await testPort();

describe('names of a group or channel', () => {
  const suite = useAppWorld({
    variables: { LIMIT_DAILY_PER_USER: '100', LIMIT_OPEN_PER_USER: '100', METRICS_PORT: String(port) },
  });
  before(async () => {
    await suite.signIn(ada);
    await suite.signIn(benno);
  });

  const answerTo = async (place: Place, person: typeof ada, said: string) => {
    const { channel } = suite.world();
    const before = channel.messages(place.id).length;
    await suite.say(place, person, said);
    const { id } = await channel.until(() => channel.messages(place.id)[before]);
    return { id, words: shown(id) };
  };
  const shown = (id: string): string => {
    const sent = latest(suite.world().channel.activity(id));
    return wordsOf(cardOf(sent)) || (sent.text ?? '');
  };
  const says = (id: string, words: RegExp) =>
    suite.world().channel.until(() => words.test(shown(id)) || undefined);
  const press = async (place: Place, person: typeof ada, id: string, title: string) =>
    shownBy(await suite.world().channel.clickExecute(place, person, id, title)).words;
  const channelOf = (thread: Place): string => thread.id.replace(/;.*/, '');
  const threadsOf = () => {
    const first = channelThread([ada, benno]);
    return [first, channelThread([ada, benno], channelOf(first))] as const;
  };
  const given = async (place: Place, name: string, url = suite.view(readyAtOnce).url) => {
    const question = await answerTo(place, ada, `save as ${name} ${url}`);
    await press(place, ada, question.id, 'Yes, for everybody here');
    await says(question.id, /calls this/);
    return question;
  };

  it('are asked for first; only their author answers, and then everybody sees the name and the link', async () => {
    const [thread] = threadsOf();
    const view = suite.view(readyAtOnce);
    const question = await answerTo(thread, ada, `save as Q3 sales ${view.url}`);
    assert.match(
      question.words,
      /Give this name to this channel\?[^]*Everybody here will see the name and the link/,
    );
    assert.match(question.words, /goes when they forget it or delete their data, and when I am removed/);
    assert.match(
      await press(thread, benno, question.id, 'Yes, for everybody here'),
      /Only whoever wrote that/,
    );
    assert.match(await press(thread, benno, question.id, 'Only for me'), /Only whoever wrote that/);
    const answer = await answerTo(thread, benno, 'export Q3 sales');
    assert.match(answer.words, /can’t see a link there/, 'in a thread as to anything that is no name');
    assert.match(shown(question.id), /Give this name/);
    await press(thread, ada, question.id, 'Yes, for everybody here');
    await says(question.id, /Ada Sandfield[^]*calls this[^]*Q3 sales[^]*Open view/);
    assert.doesNotMatch(shown(question.id), /Give this name/);
  });

  it('stay their author’s, who may say so, or answer with nothing at all', async () => {
    const group = groupChat([ada, benno]);
    const question = await answerTo(group, ada, `save as Mine alone ${suite.view(readyAtOnce).url}`);
    assert.match(question.words, /Give this name to this chat\?/);
    assert.match(await press(group, ada, question.id, 'Only for me'), /is yours alone/);
    await says(question.id, /This name is not for everybody here/);
    assert.match((await answerTo(group, benno, 'export Mine alone')).words, /Neither you nor anybody here/);
    assert.match((await suite.press(personalChat(ada), ada, { verb: 'views' })).words, /Mine alone/);
  });

  it('are exported by anybody there, in any thread, as themselves; by nobody elsewhere', async () => {
    const [one, two] = threadsOf();
    const view = suite.view(readyAtOnce);
    await given(one, 'Q3 joint', view.url);
    await suite.say(two, benno, 'export q3 JOINT');
    await suite.card(two, /Benno[^]*|✓/, view);
    assert.equal((await suite.jobOf(view, benno)).oid, benno.oid);
    assert.match(
      (await answerTo(two, benno, 'export q3 jont')).words,
      /Did you mean one of these\?[^]*Q3 joint/,
    );
    const listed = await answerTo(two, benno, 'views');
    assert.match(listed.words, /Names for everybody here[^]*Q3 joint[^]*Given by [^]*Ada Sandfield/);
    const mine = await press(two, benno, listed.id, 'Show mine');
    assert.match(mine, /not named anything yet[^]*Q3 joint/);
    assert.doesNotMatch(mine, /Rename/);
    for (const place of [personalChat(benno), groupChat([benno, ada]), threadsOf()[0]])
      assert.match(
        (await answerTo(place, benno, 'export Q3 joint')).words,
        /Neither you nor|can’t see a link|given nothing/,
      );
  });

  it('come after one’s own of the same letters', async () => {
    const group = groupChat([ada, benno]);
    const [theirs, own] = [suite.view(readyAtOnce), suite.view(readyAtOnce)];
    await given(group, 'Twice', theirs.url);
    const answer = await answerTo(group, benno, `save as Twice ${own.url}`);
    assert.match(answer.words, /Ada Sandfield[^]*something else here[^]*yours comes first/);
    await suite.say(group, benno, 'export twice');
    assert.equal((await suite.jobOf(own, benno)).oid, benno.oid);
    assert.deepEqual(
      suite
        .world()
        .graph.jobs()
        .filter(({ explorerViewId }) => explorerViewId === theirs.explorerViewId),
      [],
    );
  });

  it('are changed and forgotten by whoever gave them, or an owner of the team', async () => {
    const [thread] = threadsOf();
    const card = await given(thread, 'Alpha');
    assert.match(
      (await answerTo(thread, benno, 'rename Alpha to Beta')).words,
      /Only they, or an owner of the team/,
    );
    assert.match((await answerTo(thread, benno, 'forget alpha')).words, /Only they, or an owner of the team/);
    const renamed = await answerTo(thread, ada, 'rename alpha to Beta');
    assert.match(renamed.words, /Everybody here calls[^]*Alpha[^]*now[^]*Beta/);
    await says(card.id, /calls this[^]*Beta/);
    suite.world().channel.setMember(thread.id, benno, 'owner');
    assert.match(
      (await answerTo(thread, benno, 'forget BETA')).words,
      /Nobody else here can export by the name/,
    );
    await says(card.id, /not for everybody here/);
    assert.match(
      (await answerTo(thread, ada, 'forget Alpha')).words,
      /forgotten the name/,
      'her own of that name',
    );
  });

  it('tell no title of what is behind them', async () => {
    const [thread] = threadsOf();
    await suite.say(personalChat(ada), ada, festival.url);
    await suite.card(personalChat(ada), /Orchard festival/);
    await given(thread, 'Autumn', festival.url);
    await answerTo(thread, benno, 'views');
    for (const { versions } of suite.world().channel.messages(thread.id))
      for (const version of versions) assert.doesNotMatch(JSON.stringify(version), /Orchard festival/);
  });

  it('are counted and logged, and neither a name nor anybody is in it', async () => {
    const figures = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
    assert.match(figures, /okr_export_names_total\{what="shared"\} [1-9]/);
    const logged = suite.world().logged();
    assert.match(logged, /somebody gave a name to everybody in a conversation/);
    for (const text of [figures, logged]) assert.doesNotMatch(text, /Q3 joint|Autumn|Sandfield/);
  });

  it('go with their giver’s data, and with the bot', async () => {
    const [[thread], [other]] = [threadsOf(), threadsOf()];
    const card = await given(thread, 'Sorrel');
    await given(other, 'Removed');
    await suite.world().channel.install(other, ada, 'remove');
    await suite.world().channel.install(other, ada, 'add');
    await suite
      .world()
      .channel.until(
        async () => /Press the button/.test((await answerTo(other, benno, 'views')).words) || undefined,
      );
    assert.match(
      (await suite.press(personalChat(ada), ada, { verb: 'myData' })).words,
      /names? that you gave to a group/,
    );
    await suite.press(personalChat(ada), ada, { verb: 'deleteMyData' });
    await says(card.id, /not for everybody here/);
    assert.doesNotMatch(shown(card.id), /Sorrel|Ada/);
    assert.doesNotMatch(
      await press(thread, benno, (await answerTo(thread, benno, 'views')).id, 'Show mine'),
      /Sorrel/,
    );
  });
});
