// Subscriptions of a channel: set up by its owner's yes, posted without a file, asked about, and ended, in the whole app.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople, type Person } from '../../../src/sandbox/chat/people.ts';
import { readyAtOnce, shownBy, titlesOf, useAppWorld } from '../../support/app/app-suite.ts';
import { actionsOf, cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import type { KeptActivity } from '../../support/teams/connector-api.ts';
import { invokeActivity } from '../../support/teams/teams-activities.ts';
import { channelThread, groupChat, personalChat, type Place } from '../../support/teams/teams-places.ts';

const [ada, benno, cleo] = sandboxPeople;
assert.ok(benno && cleo);
const chat = personalChat(ada);

describe('a subscription of a channel', () => {
  const suite = useAppWorld({ variables: { LIMIT_DAILY_PER_USER: '100', LIMIT_OPEN_PER_USER: '100' } });
  const thread = channelThread([ada, benno, cleo]);
  let question: KeptActivity;
  let scheduleId: string;

  const press = async (place: Place, person: Person, verb: string, id = scheduleId) =>
    suite.press(place, person, { verb, scheduleId: id }, question.id);
  const scheduleIdOf = (shown: KeptActivity): string => {
    const [id] = actionsOf(cardOf(latest(shown))).flatMap(({ data }) => {
      const carried = data as { readonly scheduleId?: string } | undefined;
      return carried?.scheduleId ?? [];
    });
    assert.ok(id !== undefined, 'a card with buttons of a schedule');
    return id;
  };
  /** Asks in the place and answers it. */
  const subscribed = async (place: Place): Promise<string> => {
    await suite.say(place, ada, 'schedule Q3 sales mondays 9:00');
    question = await suite.card(place, /will see the summary of what you may see/);
    scheduleId = scheduleIdOf(question);
    assert.match((await press(place, ada, 'acceptSubscription')).words, /Done/);
    await suite.card(place, /From now on I post this here/);
    return scheduleId;
  };
  /** What opens a dialog, too. */
  const pressedOn = (shown: KeptActivity) =>
    actionsOf(cardOf(latest(shown))).flatMap(({ type, title }) =>
      type === 'Action.Execute' || (type === 'Action.Submit' && title === 'About this') ? [title] : [],
    );
  const textIn = (place: Place): string =>
    JSON.stringify(
      suite
        .world()
        .channel.messages(place.id)
        .map(({ versions }) => versions),
    );

  before(async () => {
    await suite.signIn(ada);
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, view.url);
    await suite.card(chat, /average progress/, view);
    await suite.say(chat, ada, 'save as Q3 sales');
    await suite.card(chat, /Done\. Write/);
  });

  it('asks who will see it, and only its owner can answer', async () => {
    await suite.say(thread, ada, 'schedule Q3 sales mondays 9:00');
    question = await suite.card(thread, /will see the summary of what you may see/);
    scheduleId = scheduleIdOf(question);
    const others = sandboxPeople.length - 1;
    assert.match(wordsOf(cardOf(latest(question))), new RegExp(`${String(others)} other people will see`));
    assert.match(wordsOf(cardOf(latest(question))), /Every Monday at 9:00/);
    for (const verb of ['acceptSubscription', 'declineSubscription'])
      assert.match((await press(thread, benno, verb)).words, /Only the person who asked/);
    assert.match((await press(thread, ada, 'acceptSubscription', randomUUID())).words, /Only the person/);
    assert.match((await press(thread, benno, 'aboutSubscription')).words, /has ended, or was never set up/);
  });

  it('begins with their yes, and everybody there is told once', async () => {
    for (let time = 0; time < 2; time += 1)
      assert.match((await press(thread, ada, 'acceptSubscription')).words, /Done/);
    const told = await suite.card(thread, /From now on I post this here[^]*Ada Sandfield/);
    assert.deepEqual(pressedOn(told), ['About this', 'Ask for a pause']);
    const tellings = suite
      .world()
      .channel.messages(thread.id)
      .filter((one) => /From now on/.test(wordsOf(cardOf(latest(one)))));
    assert.equal(tellings.length, 1);
    assert.match((await press(thread, ada, 'declineSubscription')).words, /You have said yes already/);
    assert.match((await press(thread, benno, 'declineSubscription')).words, /Only the person who asked/);
  });

  it('posts the summary, and nothing that leads to the file or is its owner’s own', async () => {
    await suite.press(chat, ada, { verb: 'runScheduleNow', scheduleId });
    const posted = await suite.card(thread, /set up by Ada Sandfield[^]*(?:Export it for me|About this)/);
    assert.match(wordsOf(cardOf(latest(posted))), /average progress/);
    assert.deepEqual(pressedOn(posted), ['Export it for me', 'About this']);
    const all = textIn(thread);
    assert.doesNotMatch(all, /Q3 sales/, 'the name is its owner’s');
    assert.doesNotMatch(all, /"verb":"(?:download|save|show|allChanges)"|\/d\/[\w-]{20}/);
  });

  it('tells whoever presses how they stand to it', async () => {
    const { channel } = suite.world();
    const own = await press(thread, ada, 'aboutSubscription');
    assert.deepEqual(titlesOf(own.card), ['Pause it', 'End it']);
    const member = await press(thread, benno, 'aboutSubscription');
    assert.deepEqual(titlesOf(member.card), ['Ask for a pause', 'Export it for me']);
    assert.match((await press(thread, benno, 'endSubscription')).words, /Only whoever set it up/);
    channel.setMember(thread.id, cleo, 'owner');
    const teamOwner = await press(thread, cleo, 'aboutSubscription');
    assert.deepEqual(titlesOf(teamOwner.card), ['Ask for a pause', 'End it', 'Export it for me']);
    const elsewhere = channelThread([ada, benno]);
    for (const verb of ['aboutSubscription', 'askPause', 'endSubscription', 'exportSubscribed'])
      assert.match((await press(elsewhere, benno, verb)).words, /has ended, or was never set up/);
  });

  it('lists to whoever asks there what is posted, by whom and when', async () => {
    await suite.say(thread, benno, 'schedules');
    const list = await suite.card(thread, /1 summary posted here regularly/);
    assert.match(wordsOf(cardOf(latest(list))), /Every Monday at 9:00 \(Europe\/Berlin\)[^]*Ada Sandfield/);
    assert.deepEqual(pressedOn(list), ['About this']);
    const elsewhere = channelThread([ada, benno]);
    await suite.say(elsewhere, benno, 'schedules');
    await suite.text(
      elsewhere,
      /^That is between you and me. Write “schedules” to me in our personal chat.$/,
    );
  });

  it('brings a wish for a pause to its owner’s own chat', async () => {
    assert.match((await press(thread, benno, 'askPause')).words, /told its owner/);
    assert.match((await press(thread, benno, 'askPause')).words, /asked today already/);
    const asked = await suite.card(chat, /Benno Quarz asks for a pause[^]*Q3 sales/);
    const pressed = await suite.world().channel.clickExecute(chat, ada, asked.id, 'Pause it');
    assert.match(JSON.stringify(pressed.body), /Go on/);
    const told = await suite.card(thread, /A summary is paused[^]*until its owner goes on with it/);
    assert.deepEqual(pressedOn(told), ['About this']);
    assert.doesNotMatch(wordsOf(cardOf(latest(told))), /Write schedules/);
    assert.match((await press(thread, benno, 'askPause')).words, /paused at the moment/);
  });

  it('says what it is beside the card, which stays, and does there what is pressed', async () => {
    const { channel } = suite.world();
    const shown = await suite.card(thread, /A summary is paused/);
    const about = actionsOf(cardOf(latest(shown))).find(({ title }) => title === 'About this');
    const inDialog = async (name: 'task/fetch' | 'task/submit', data: unknown) => {
      const { body } = await channel.deliver(
        invokeActivity(channel.sender(thread, ada), name, { data, context: { theme: 'default' } }),
      );
      return (body as { task: { value: { card: { content: unknown } } } }).task.value.card.content;
    };
    const opened = await inDialog('task/fetch', about?.data);
    assert.deepEqual(
      actionsOf(opened).map(({ type, title }) => [type, title]),
      [
        ['Action.OpenUrl', undefined],
        ['Action.Submit', 'Go on'],
        ['Action.Submit', 'End it'],
      ],
    );
    const goOn = actionsOf(opened).find(({ title }) => title === 'Go on');
    assert.match(JSON.stringify(await inDialog('task/submit', goOn?.data)), /"title":"Pause it"/);
  });

  it('is ended by an owner of the team, and told where it was posted and to its owner', async () => {
    assert.match((await press(thread, cleo, 'endSubscription')).words, /I have ended it/);
    await suite.card(thread, /An owner of the team ended it/);
    await suite.card(chat, /An owner of the team ended it/);
    assert.match((await press(thread, ada, 'aboutSubscription')).words, /has ended/);
  });

  it('is set up and found again by the name that everybody there has, by whoever asks, as themselves', async () => {
    const [place, view] = [groupChat([ada, benno]), suite.view(readyAtOnce)];
    await suite.say(place, ada, `save as Harbour ${view.url}`);
    const asked = await suite.card(place, /Give this name to this chat/);
    await suite.world().channel.clickExecute(place, ada, asked.id, 'Yes, for everybody here');
    await suite.card(place, /calls this[^]*Harbour/);
    await suite.say(place, benno, 'schedule Habour tuesdays 9:00');
    const near = await suite.card(place, /Neither you nor anybody here[^]*Did you mean one of these/);
    const offered = shownBy(await suite.world().channel.clickExecute(place, benno, near.id, 'Harbour'));
    assert.match(offered.words, /[Ee]very Tuesday at 9:00[^]*Only Benno Quarz can answer/);
    await suite.say(place, benno, 'schedule harbour mondays 9:00');
    question = await suite.card(place, /[Ee]very Monday at 9:00[^]*Only Benno Quarz can answer/);
    scheduleId = scheduleIdOf(question);
    assert.match((await press(place, benno, 'acceptSubscription')).words, /Done/);
    await suite.card(place, /From now on I post this here/);
    await suite.say(place, benno, `schedule ${suite.view(readyAtOnce).url} fridays 9:00`);
    question = await suite.card(place, /[Ee]very Friday at 9:00[^]*Only Benno Quarz can answer/);
    assert.match((await press(place, benno, 'acceptSubscription', scheduleIdOf(question))).words, /Done/);
    await suite.say(place, ada, 'pause harbour');
    const found = await suite.card(place, /1 summary posted here regularly[^]*[Ee]very Monday at 9:00/);
    assert.deepEqual(pressedOn(found), ['About this']);
    await suite.say(place, ada, 'pause nothing of that name');
    await suite.card(place, /2 summaries posted here regularly/);
  });

  it('ends when its owner leaves, by either of their ids, and not in a group that they stay in', async () => {
    const { channel } = suite.world();
    const staying = groupChat([ada, benno]);
    const stays = await subscribed(staying);
    for (const named of [true, false]) {
      const place = groupChat([ada, benno]);
      await subscribed(place);
      assert.equal((await channel.leave(place, ada, named)).status, 200);
      await suite.card(place, /Its owner is not here any more/);
    }
    const about = await press(staying, benno, 'aboutSubscription', stays);
    assert.match(about.words, /Posted here regularly/);
  });

  it('ends when its owner’s data is deleted, and says so without naming them', async () => {
    const place = groupChat([ada, benno]);
    await subscribed(place);
    await suite.press(chat, ada, { verb: 'deleteMyData' });
    await suite.card(place, /is not posted here any more/);
    assert.doesNotMatch(textIn(place), /Q3 sales/);
  });
});
