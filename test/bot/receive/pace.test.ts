// Whoever floods the bot is told so once and is then left out; nobody else is.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createPace } from '../../../src/bot/receive/pace.ts';
import type { PersonsTurn } from '../../../src/bot/receive/turn.ts';
import { executeIn, messageIn } from '../../support/bot/activities.ts';
import { useBotFloor } from '../../support/bot/bot-suite.ts';
import { wordsTo } from '../../support/bot/loopback-channel.ts';

const tooMuch = /more than I can follow/;

describe('bot/pace', () => {
  const { channel, floor, start } = useBotFloor();
  const place = () => ({
    serviceUrl: channel().serviceUrl,
    botId: floor().botId,
    tenantId: floor().tenantId,
    kind: 'personal' as const,
    conversationId: randomUUID(),
  });

  it('answers as many messages as may be sent, says once that there were more, and hears others', async () => {
    await start({ messageLimits: { perUser: 2, perTenant: 100_000 } });
    const there = place();
    const from = { id: '29:loud', name: 'Sample Person', aadObjectId: randomUUID() };
    for (let nth = 0; nth < 5; nth += 1) await floor().deliver(messageIn(there, 'thanks', { from }));
    const said = wordsTo(channel(), there.conversationId);
    assert.equal(said.length, 3, said.join('\n'));
    assert.equal(said.filter((words) => tooMuch.test(String(words))).length, 1);
    const pressed = await floor().deliver(executeIn(there, { verb: 'help' }, { from }));
    assert.match(pressed.text, tooMuch);
    const elsewhere = place();
    await floor().deliver(messageIn(elsewhere, 'thanks'));
    assert.equal(wordsTo(channel(), elsewhere.conversationId).length, 1);
    assert.doesNotMatch(String(wordsTo(channel(), elsewhere.conversationId)[0]), tooMuch);
  });

  const turnOf = (tenantId: string, userId: string = randomUUID()) =>
    ({ requester: { tenantId, userId } }) as PersonsTurn;

  it('hears a person again as time goes by, and tells them once a minute', () => {
    let at = 0;
    const pace = createPace({ now: () => new Date(at) }, { perUser: 60, perTenant: 100_000 });
    const turn = turnOf('t', 'u');
    for (let nth = 0; nth < 60; nth += 1) assert.equal(pace.limitReached(turn), undefined);
    assert.deepEqual(
      [pace.limitReached(turn), pace.mayTell(turn), pace.mayTell(turn)],
      ['perUser', true, false],
    );
    at += 1_000;
    assert.deepEqual([pace.limitReached(turn), pace.limitReached(turn)], [undefined, 'perUser']);
    at += 60_000;
    assert.ok(pace.mayTell(turn));
  });

  it('hears one tenant no more than its share, whoever speaks, tells few of them in a second, and hears others', () => {
    const pace = createPace({ now: () => new Date(0) }, { perUser: 60, perTenant: 200 });
    const turns = Array.from({ length: 20 }, () => turnOf('loud'));
    const reached = turns.map((turn) => pace.limitReached(turn));
    assert.deepEqual(
      [reached.slice(0, 10), reached.slice(10)],
      [Array(10).fill(undefined), Array(10).fill('perTenant')],
    );
    assert.equal(turns.filter((turn) => pace.mayTell(turn)).length, 5);
    assert.equal(pace.limitReached(turnOf('quiet')), undefined);
  });
});
