// Two instances over one PostgreSQL share Teams' limits: together they send no more than one may.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { createSuite, isNotice, runs } from '../../support/app/app-suite.ts';
import { cardOf, latest } from '../../support/teams/card-search.ts';
import { describeWithPostgres } from '../../support/databases/postgres.ts';
import { assertWithinLimits } from '../../support/bot/send-times.ts';
import { personalChat } from '../../support/teams/teams-places.ts';
import { startTwoInstances } from '../../support/app/two-instances.ts';

const many = 20;
/** Milliseconds: a busy machine reads what has arrived a little later. */
const mostOnTheWay = 600;

describeWithPostgres('two instances and one chat', () => {
  it('C6 tell of all exports that end at once, and never too fast together', async () => {
    const [ada] = sandboxPeople;
    const chat = personalChat(ada);
    const two = await startTwoInstances({
      variables: { LIMIT_OPEN_PER_USER: '100', LIMIT_DAILY_PER_USER: '100' },
    });
    const { world } = two;
    const suite = createSuite(() => world);
    try {
      await suite.signIn(ada);
      const views = Array.from({ length: many }, () => suite.view(runs));
      for (const view of views) await suite.say(chat, ada, view.url);
      for (const view of views) await suite.card(chat, /Running/, view);
      // The first half minute of a conversation's limits shall not count what was sent before.
      await pause(31_000);
      const from = Date.now();
      for (const view of views) world.graph.completeJob((await suite.jobOf(view)).id);
      for (const view of views) {
        await suite.card(chat, /✓ {2}Ready/, view);
        await suite.notice(chat, view);
      }
      const sent = world.channel.calls
        .filter(
          ({ op, at, about }) => /^(post|put)$/.test(op) && at >= from && about['conversation'] === chat.id,
        )
        .map(({ at }) => ({ at, conversation: chat.id }));
      assert.ok(sent.length >= 2 * many, `${sent.length} messages and updates`);
      assertWithinLimits(sent, mostOnTheWay);
      const notices = world.channel.messages(chat.id).filter((one) => isNotice(cardOf(latest(one))));
      assert.equal(notices.length, many + 1, 'one for each, and that of the sign-in');
    } finally {
      await two.stop();
    }
  });
});
