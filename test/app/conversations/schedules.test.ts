// Schedules in the personal chat: set up by a sentence, a form or a dialog, listed, paused, resumed, run and ended.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { readyAtOnce, useAppWorld } from '../../support/app/app-suite.ts';
import { actionsOf, cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import { invokeActivity } from '../../support/teams/teams-activities.ts';
import { groupChat, personalChat, type Place } from '../../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const chat = personalChat(ada);

describe('schedules', () => {
  const suite = useAppWorld({ variables: { LIMIT_DAILY_PER_USER: '100', LIMIT_OPEN_PER_USER: '100' } });

  const answerTo = async (said: string, place: Place = chat) => {
    const { channel } = suite.world();
    const before = channel.messages(place.id).length;
    await suite.say(place, ada, said);
    const answer = await channel.until(() => channel.messages(place.id)[before]);
    const sent = latest(answer);
    return { id: answer.id, words: wordsOf(cardOf(sent)) || (sent.text ?? ''), card: cardOf(sent) };
  };
  const press = async (id: string, title: string): Promise<string> => {
    const { body } = await suite.world().channel.clickExecute(chat, ada, id, title);
    const { value } = body as { readonly value: unknown };
    return typeof value === 'string' ? value : wordsOf(value);
  };
  const titles = (card: unknown): readonly string[] => actionsOf(card).flatMap(({ title }) => title ?? []);

  before(async () => {
    await suite.signIn(ada);
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, view.url);
    await suite.card(chat, /average progress/, view);
    for (const name of ['Q3 sales', 'Sales daily']) await answerTo(`save as ${name}`);
  });

  it('are set up by a sentence, which is said back with the next run', async () => {
    const { words, card } = await answerTo('schedule Q3 sales mondays 9:00 if changed until 2027-01-31');
    assert.match(words, /Scheduled[^]*Every Monday at 9:00, only if something changed/);
    assert.match(words, /Europe\/Berlin[^]*Next run/);
    assert.deepEqual(titles(card), ['Run now', 'Pause', 'Extend', 'Unschedule', 'All schedules']);
  });

  it('are listed, opened, paused, resumed and ended with buttons', async () => {
    const list = await answerTo('schedules');
    assert.match(list.words, /Every Monday at 9:00[^]*Next: /);
    assert.match(await press(list.id, 'showSchedule'), /Time zone/);
    const { card, id } = await answerTo('pause Q3 sales');
    assert.match(wordsOf(card), /Schedule paused[^]*Paused by you/);
    assert.match(await press(id, 'Resume'), /Next run/);
    assert.match((await answerTo('resume Q3 sales')).words, /Next run/);
    assert.match((await answerTo('unschedule Q3 sales')).words, /Schedule ended/);
    assert.match((await answerTo('schedules')).words, /no schedules yet/);
  });

  it('take a name that they have given for the name, whatever it says', async () => {
    assert.match(
      (await answerTo('schedule Sales daily every weekday 17:00')).words,
      /Every weekday at 17:00/,
    );
    await answerTo('unschedule Sales daily');
  });

  it('ask with a form, with what was understood in it, and say in it what was wrong', async () => {
    const asked = await answerTo('schedule Q3 sales mondays');
    assert.match(asked.words, /When should I export it\?/);
    assert.match(JSON.stringify(asked.card), /"value":"weekly:1"/);
    const wrong = await answerTo('schedule Q3 sales mondays 25:00');
    assert.match(wrong.words, /25:00[^]*is no time of day/);
    const data = actionsOf(asked.card).find(({ title }) => title === 'Schedule it')?.data as object;
    const send = (filled: object) => suite.press(chat, ada, { ...data, ...filled }, asked.id);
    const past = await send({ days: 'weekly:1', at: '09:00', condition: 'always', until: '2020-01-01' });
    assert.match(past.words, /is over already/);
    const set = await send({ days: 'weekly:1', at: '09:00', condition: 'always', until: '' });
    assert.match(set.words, /Scheduled[^]*Every Monday at 9:00/);
    await answerTo('unschedule Q3 sales');
  });

  it('are set up by a link with the time behind it, and not exported then', async () => {
    const { url } = suite.view(readyAtOnce);
    assert.match(
      (await answerTo(`schedule ${url} monthly 1 8:00`)).words,
      /On the 1st of every month at 8:00/,
    );
    assert.match((await answerTo(`schedule ${url}`)).words, /When\?/);
  });

  it('are asked for in a dialog, which keeps what was filled in and closes when it is right', async () => {
    const { channel } = suite.world();
    const sender = channel.sender(chat, ada);
    const views = await answerTo('views');
    const { body: name } = await channel.clickExecute(chat, ada, views.id, 'showName');
    const open = actionsOf(name).find(({ title }) => title === 'Schedule it');
    assert.equal((open?.data as { msteams?: { type: string } }).msteams?.type, 'task/fetch');
    const ask = async (name: 'task/fetch' | 'task/submit', data: unknown) =>
      channel.deliver(invokeActivity(sender, name, { data, context: { theme: 'default' } }));
    const opened = await ask('task/fetch', open?.data);
    const form = (opened.body as { task: { value: { card: { content: unknown } } } }).task.value.card.content;
    assert.match(wordsOf(form), /When should I export it\?/);
    const sent = actionsOf(form).find(({ title }) => title === 'Schedule it')?.data as object;
    const wrong = await ask('task/submit', { ...sent, days: 'weekly:5', at: '25:00', condition: 'always' });
    assert.match(
      JSON.stringify(wrong.body),
      /"value":"weekly:5"[^]*Choose a time|Choose a time[^]*"value":"weekly:5"/,
    );
    const before = channel.messages(chat.id).length;
    const right = await ask('task/submit', { ...sent, days: 'weekly:5', at: '16:00', condition: 'ifAtRisk' });
    assert.equal(right.status, 200);
    const posted = await channel.until(() => channel.messages(chat.id)[before]);
    assert.match(
      wordsOf(cardOf(latest(posted))),
      /Every Friday at 16:00, only if something is at risk or late/,
    );
    assert.equal((await ask('task/fetch', { verb: 'elsewhere' })).status, 200);
  });

  it('are set up for the export above, without its name', async () => {
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, view.url);
    await suite.card(chat, /average progress/, view);
    const label = view.explorerViewId.slice(0, 8);
    for (const said of ['schedule it thursdays 9:00', 'Schedule this export every Thursday at 9']) {
      const { words } = await answerTo(said);
      assert.match(words, /Scheduled[^]*Every Thursday at 9:00/);
      assert.ok(words.includes(label), words);
    }
    const asked = await answerTo('schedule it thursdays');
    assert.match(asked.words, /When should I export it\?/);
    assert.match(JSON.stringify(asked.card), /"errorMessage":"[^"]*","value":"weekly:4"[^]*"thing":"export:/);
    assert.ok(asked.words.includes(label), asked.words);
    assert.match((await answerTo('schedule it thursdays 25:00')).words, /25:00[^]*is no time of day/);
    assert.match((await answerTo('schedule that')).words, /When should I export it\?/);
    const [empty, group] = [groupChat([ada, benno]), groupChat([ada, benno])];
    assert.match(
      (await answerTo('schedule it thursdays 9:00', empty)).words,
      /no export of yours here[^]*with its name or link/,
    );
    await suite.say(group, ada, view.url);
    await suite.card(group, /✓ {2}Ready/, view);
    await suite.say(group, ada, 'schedule it thursdays 9:00');
    await suite.card(group, /[Ee]very Thursday at 9:00[^]*Only Ada Sandfield can answer/, view);
    await answerTo('save as it');
    assert.match((await answerTo('schedule it fridays 9:00')).words, /Every Friday at 9:00/);
    await answerTo('forget it');
  });

  it('are asked about where “it” may be any of several', async () => {
    assert.match((await answerTo('pause it')).words, /Which one do you mean\?/);
  });

  it('offer what was meant by a mistyped name, with the time in hand', async () => {
    const { words, card, id } = await answerTo('schedule Q3 slaes tuesdays 9:00');
    assert.match(words, /Did you mean one of these/);
    assert.deepEqual(titles(card).slice(0, 1), ['Q3 sales']);
    assert.match(await press(id, 'Q3 sales'), /Every Tuesday at 9:00/);
  });

  it('are not set up for less than was asked, nor for the contrary: what was not understood is said', async () => {
    for (const unclear of [
      'every other monday 9:00',
      'next monday 9:00',
      'monday to thursday 9:00',
      'every day except sunday 9:00',
      'mondays 9:00 and 17:00',
      'on the 1st and 15th of every month 9:00',
      'mondays 9:00 if nothing changed',
      'mondays 9:00 unless it changed',
      'mondays 9:00 UTC',
      'tomorrow 9:00',
    ]) {
      const { words } = await answerTo(`schedule Q3 sales ${unclear}`);
      assert.match(words, /When should I export it\?[^]*I don’t understand/, unclear);
      assert.ok(words.replaceAll('\n', '').includes(`“${unclear}”`), words);
    }
    const { id, words } = await answerTo('schedule My Q3 sales every other monday 9:00');
    assert.match(words, /Did you mean one of these/);
    assert.match(await press(id, 'Q3 sales'), /When should I export it\?/);
  });

  it('tell others nothing about anybody’s names', async () => {
    const place = groupChat([ada, benno]);
    assert.doesNotMatch((await answerTo('pause Q3 sales', place)).words, /Q3 sales/);
  });
});
