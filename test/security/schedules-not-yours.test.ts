// Whoever has the id or the name of somebody else's schedule, from a copied button or in words, neither changes nor reads it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, useAppWorld } from '../support/app/app-suite.ts';
import { actionsOf, cardOf, latest, wordsOf } from '../support/teams/card-search.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import { groupChat, personalChat, type Place } from '../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);

const ownersVerbs = [
  'showSchedule',
  'runScheduleNow',
  'pauseSchedule',
  'resumeSchedule',
  'extendSchedule',
  'endSchedule',
  'pauseSubscription',
  'resumeSubscription',
] as const;

describe('schedules that are not yours', () => {
  const suite = useAppWorld();
  const [chat, group] = [personalChat(ada), groupChat([ada, benno])];
  const places: readonly Place[] = [personalChat(benno), group];
  let [alone, posted, exportId, nameId] = ['', '', '', ''];

  const carried = (shown: KeptActivity, key: string): string => {
    const [value] = actionsOf(cardOf(latest(shown))).flatMap(
      ({ data }) => (data as Readonly<Record<string, string>> | undefined)?.[key] ?? [],
    );
    return value ?? assert.fail(`no button carries ${key}`);
  };
  const told = async (scheduleId: string) =>
    (await suite.press(chat, ada, { verb: 'showSchedule', scheduleId })).words;
  /** As Benno, with the id taken out of what is said. */
  const answer = async (place: Place, data: Readonly<Record<string, string>>) => {
    const { card, words } = await suite.press(place, benno, data);
    return Object.values(data).reduce(
      (text, one) => text.replaceAll(one, 'ID'),
      JSON.stringify(card) + words,
    );
  };

  before(async () => {
    await suite.signIn(ada);
    await suite.signIn(benno);
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, view.url);
    exportId = exportIdOf(await suite.card(chat, /average progress/, view));
    await suite.say(chat, ada, 'save as Marigold');
    nameId = carried(await suite.card(chat, /Done\. Write/), 'nameId');
    await suite.say(chat, ada, 'schedule Marigold mondays 9:00');
    alone = carried(await suite.card(chat, /Scheduled/), 'scheduleId');
    await suite.say(group, ada, 'schedule Marigold tuesdays 9:00');
    posted = carried(await suite.card(group, /will see the summary/), 'scheduleId');
    await suite.press(group, ada, { verb: 'acceptSubscription', scheduleId: posted });
    await suite.card(group, /From now on I post this here/);
  });

  it('answer a copied button as one of no schedule, and stay as they are', async () => {
    const before = [await told(alone), await told(posted)];
    for (const place of places)
      for (const verb of ownersVerbs) {
        const notThere = await answer(place, { verb, scheduleId: randomUUID() });
        for (const scheduleId of [alone, posted])
          assert.equal(await answer(place, { verb, scheduleId }), notThere, `${verb} in ${place.kind}`);
      }
    assert.deepEqual([await told(alone), await told(posted)], before);
  });

  it('are not set up by somebody else’s name or export', async () => {
    const whole = { verb: 'scheduleIt', days: 'weekly:1', at: '09:00', condition: 'always', until: '' };
    for (const place of places)
      for (const [kind, id] of [
        ['name', nameId],
        ['export', exportId],
      ] as const) {
        const send = async (thing: string) => {
          const { words } = await suite.press(place, benno, { ...whole, thing, sent: true as never });
          return words.replaceAll(thing, 'ID');
        };
        assert.equal(await send(`${kind}:${id}`), await send(`${kind}:${randomUUID()}`), kind);
      }
    assert.match(
      (await suite.press(personalChat(benno), benno, { verb: 'schedules' })).words,
      /no schedules/,
    );
  });

  it('are not found by the name that their owner gave', async () => {
    const { channel } = suite.world();
    const before = [await told(alone), await told(posted)];
    const reply = async (place: Place, said: string) => {
      const already = channel.messages(place.id).length;
      await suite.say(place, benno, said);
      const sent = latest(await channel.until(() => channel.messages(place.id)[already]));
      return `${wordsOf(cardOf(sent))}${sent.text ?? ''}`;
    };
    for (const place of places)
      for (const word of ['pause', 'resume', 'run now', 'unschedule', 'schedule'])
        assert.equal(
          (await reply(place, `${word} Marigold`)).replaceAll('Marigold', 'NAME'),
          (await reply(place, `${word} Valerian`)).replaceAll('Valerian', 'NAME'),
          `${word} in ${place.kind}`,
        );
    assert.deepEqual([await told(alone), await told(posted)], before);
  });
});
