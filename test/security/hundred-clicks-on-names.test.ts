// Row 5, for what stands below a finished card: saving, naming, sharing, and all that is done again and again.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, runs, useAppWorld } from '../support/app/app-suite.ts';
import { actionsOf, cardOf, isConsentCard, latest, wordsOf } from '../support/teams/card-search.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import { groupChat, personalChat, type Place } from '../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const hundred = <T>(task: () => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: 100 }, task));

/** Whoever has waited for five seconds is told that it goes on. */
const eventually = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await pause(100);
};

describe('a hundred at once, below a card', () => {
  const suite = useAppWorld({ variables: { LIMIT_OPEN_PER_USER: '50', LIMIT_DAILY_PER_USER: '200' } });
  const chat = personalChat(ada);
  const group = groupChat([ada, benno]);
  let exportId = '';

  const pressed = (place: Place, data: Readonly<Record<string, string>>, replyToId?: string) =>
    hundred(() => suite.press(place, ada, data, replyToId));
  const answer = async (data: Readonly<Record<string, string>>): Promise<string> =>
    (await suite.press(chat, ada, data)).words;
  const saying = (place: Place, words: RegExp): readonly KeptActivity[] =>
    suite
      .world()
      .channel.messages(place.id)
      .filter((one) => words.test(`${wordsOf(cardOf(latest(one)))}${latest(one).summary ?? ''}`));
  const logged = (words: string): readonly string[] =>
    suite
      .world()
      .logged()
      .split('\n')
      .filter((line) => line.includes(words));
  const times = (text: string, what: string): number => text.split(what).length - 1;
  const carried = (shown: KeptActivity, key: string): string => {
    const [value] = actionsOf(cardOf(latest(shown))).flatMap(
      ({ data }) => (data as Readonly<Record<string, string>> | undefined)?.[key] ?? [],
    );
    return value ?? assert.fail(`no button carries ${key}`);
  };
  /** What was begun before has been said once this is answered: one conversation's messages leave in their order. */
  const settled = async (place: Place): Promise<void> => {
    const before = suite.world().channel.messages(place.id).length;
    await suite.say(place, ada, 'help');
    await suite.world().channel.until(() => saying(place, /Here is how it works/)[0], { timeoutMs: 60_000 });
    assert.ok(suite.world().channel.messages(place.id).length > before);
  };

  before(async () => {
    await suite.signIn(ada);
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, view.url);
    exportId = exportIdOf(await suite.card(chat, /average progress/, view));
  });

  it('Save to OneDrive: one question, and its answer saves one file', async () => {
    const { channel, files } = suite.world();
    await pressed(chat, { verb: 'saveOriginal', exportId });
    await settled(chat);
    const questions = channel.messages(chat.id).filter((one) => isConsentCard(latest(one)));
    assert.equal(questions.length, 1);
    const [question] = questions;
    assert.ok(question);
    const session = files.openSession({ name: 'OKRs.csv' });
    await hundred(() => channel.answerConsent(chat, ada, question, session));
    await channel.until(() => saying(chat, /Saved to your OneDrive/)[0]);
    assert.equal(files.uploaded().length, 1);
    assert.equal(saying(chat, /Saved to your OneDrive/).length, 1);
  });

  it('Name it: one name', async () => {
    await pressed(chat, {
      verb: 'nameIt',
      subject: { kind: 'export', id: exportId },
      name: 'Thistle',
    } as never);
    await eventually(() => logged('somebody gave a name').length === 100);
    assert.equal(times(await answer({ verb: 'views' }), 'Open Thistle'), 1);
  });

  it('Schedule it: one schedule; Run now: one run', async () => {
    // It does not end while the other 99 come.
    const endless = suite.view(runs);
    await suite.say(chat, ada, endless.url);
    const thing = `export:${exportIdOf(await suite.card(chat, /Running/, endless))}`;
    const form = { verb: 'scheduleIt', thing, days: 'weekly:1', at: '09:00', condition: 'always', until: '' };
    await pressed(chat, { ...form, sent: true as never });
    await eventually(() => logged('somebody set up a schedule').length === 100);
    const list = await suite.press(chat, ada, { verb: 'schedules' });
    assert.equal(times(list.words, 'Every Monday'), 1);
    const [scheduleId = ''] = actionsOf(list.card).flatMap(
      ({ data }) => (data as { readonly scheduleId?: string }).scheduleId ?? [],
    );
    await pressed(chat, { verb: 'runScheduleNow', scheduleId });
    await eventually(() => logged('"to":"runNow"').length === 100);
    const outcomes = logged('"to":"runNow"');
    assert.equal(outcomes.filter((line) => line.includes('"came":"changed"')).length, 1);
  });

  it('Share now: one summary, for everybody there', async () => {
    const shared = suite.view(readyAtOnce);
    await suite.say(group, ada, shared.url);
    const card = await suite.card(group, /✓ {2}Ready/, shared);
    const id = exportIdOf(card);
    const isRead = async () =>
      /average progress/.test((await suite.press(group, ada, { verb: 'view', exportId: id }, card.id)).words);
    await eventually(isRead);
    await pressed(group, { verb: 'shareNow', exportId: id }, card.id);
    await suite.card(group, /average progress[^]*Shared by/, shared);
    await settled(group);
    assert.equal(saying(group, /Shared by/).length, 1);
  });

  it('This name for everybody, and yes to a schedule that is posted: once each', async () => {
    const named = suite.view(readyAtOnce);
    await suite.say(group, ada, `save as Sorrel ${named.url}`);
    const asked = await suite.card(group, /Give this name to this chat/);
    await pressed(group, { verb: 'giveName', nameId: carried(asked, 'nameId') }, asked.id);
    await suite.card(group, /calls this[^]*Sorrel/);
    await suite.say(group, ada, 'views');
    assert.equal(
      times(wordsOf(cardOf(latest(await suite.card(group, /Names for everybody here/)))), 'Open Sorrel'),
      1,
    );
    await suite.say(group, ada, 'schedule Sorrel tuesdays 9:00');
    const question = await suite.card(group, /will see the summary/);
    await pressed(
      group,
      { verb: 'acceptSubscription', scheduleId: carried(question, 'scheduleId') },
      question.id,
    );
    await suite.card(group, /From now on I post this here/);
    await settled(group);
    assert.equal(saying(group, /From now on I post this here/).length, 1);
  });
});
