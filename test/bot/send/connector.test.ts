import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cardActivity, textActivity } from '../../../src/bot/send/outbound-activities.ts';
import { helpCard } from '../../../src/cards/talk/help-cards.ts';
import type { Conversation } from '../../../src/ports/conversation.ts';
import { en } from '../../../src/words/en/en.ts';
import {
  answer,
  startLoopbackChannel,
  type LoopbackChannel,
  type Misbehaviour,
} from '../../support/bot/loopback-channel.ts';
import { clockAt, collectingLog } from '../../support/surroundings/quiet.ts';
import { connectTo } from '../../support/bot/teams-connection.ts';
import { someConversation } from '../../support/samples/sample-exports.ts';

describe('bot/connector', () => {
  let channel: LoopbackChannel;
  let elsewhere: LoopbackChannel;
  before(async () => {
    channel = await startLoopbackChannel();
    elsewhere = await startLoopbackChannel();
  });
  after(async () => {
    await channel.stop();
    await elsewhere.stop();
  });

  const build = (
    options: { botToken?: () => Promise<string>; hosts?: readonly string[]; warmMilliseconds?: number } = {},
  ) => {
    const log = collectingLog();
    const clock = clockAt('2026-03-02T10:00:00Z');
    return { ...connectTo(channel, { botId: randomUUID(), log, clock, ...options }), log };
  };
  const there = (given: Partial<Conversation> = {}): Conversation =>
    someConversation({
      serviceUrl: channel.serviceUrl,
      conversationId: `19:${randomUUID()}@thread.tacv2;messageid=1772445600000`,
      ...given,
    });
  const sentTo = ({ conversationId }: Conversation) =>
    channel.sent.filter(({ path }) => decodeURIComponent(path).includes(conversationId));
  const status =
    (code: number, headers: Record<string, string> = {}): Misbehaviour =>
    (response) =>
      answer(response, code, { error: { code: 'Sample' } }, headers);
  const cut: Misbehaviour = (response) => response.destroy();

  it('posts a card with its summary into the thread, as the bot, and tells the id', async () => {
    const conversation = there();
    const outcome = await build().connector.post(conversation, cardActivity(helpCard(en)));
    const [sent] = sentTo(conversation);
    assert.ok(sent);
    assert.equal(sent.method, 'POST');
    assert.equal(
      decodeURIComponent(sent.path),
      `/teams/v3/conversations/${conversation.conversationId}/activities`,
    );
    assert.equal(sent.authorization, 'Bearer bot-token');
    assert.equal(sent.body.type, 'message');
    assert.equal(sent.body.summary, 'How to export a Planner plan or a Viva Goals view');
    assert.equal(sent.body.text, undefined);
    const [attachment] = sent.body.attachments as { contentType: string; content: unknown }[];
    assert.equal(attachment?.contentType, 'application/vnd.microsoft.card.adaptive');
    assert.deepEqual(attachment.content, JSON.parse(JSON.stringify(helpCard(en))));
    assert.equal(outcome.kind, 'sent');
    assert.match(outcome.activityId ?? '', /^activity-\d+$/);
  });

  it('updates by PUT on the activity', async () => {
    const conversation = there();
    const outcome = await build().connector.update(conversation, '1772445600111', textActivity('Hello'));
    const [sent] = sentTo(conversation);
    assert.equal(sent?.method, 'PUT');
    assert.match(sent.path, /\/activities\/1772445600111$/);
    assert.equal(sent.body.text, 'Hello');
    assert.equal(outcome.kind, 'sent');
  });

  const busy = (retryAfter?: number) => ({ kind: 'busy', ...(retryAfter !== undefined && { retryAfter }) });
  const forGood = (kind: string) => ({ post: { kind }, posts: 1, put: { kind }, puts: 1 });
  const later = (outcome: object, tries: number) => ({
    post: outcome,
    posts: tries,
    put: outcome,
    puts: tries,
  });
  const doubtful = { post: { kind: 'unknown' }, posts: 1, put: { kind: 'sent' }, puts: 2 };
  const wait = (seconds: string) => status(429, { 'Retry-After': seconds });
  const rows = [
    { fault: 'C4 412 twice', answers: [status(412), status(412)], ...later({ kind: 'sent' }, 3) },
    { fault: 'C5 413', answers: [status(413)], ...forGood('tooLarge') },
    { fault: 'C6 429 with a short Retry-After', answers: [wait('2')], ...later({ kind: 'sent' }, 2) },
    { fault: 'C6 429 with a long Retry-After', answers: [wait('40')], ...later(busy(40), 1) },
    {
      fault: 'C6 429 without end',
      answers: Array.from({ length: 4 }, () => status(429)),
      ...later(busy(), 4),
    },
    { fault: 'C8 503', answers: [status(503)], ...doubtful, post: busy() },
    { fault: 'C7 401', answers: [status(401)], ...later(busy(300), 1) },
    { fault: 'C8 502', answers: [status(502)], ...doubtful },
    { fault: 'C8 504', answers: [status(504)], ...doubtful },
    { fault: 'C8 500', answers: [status(500)], ...forGood('unknown') },
    { fault: 'C8 a cut connection', answers: [cut], ...doubtful },
  ];
  for (const { fault, answers, post, posts, put, puts } of rows) {
    it(`${fault}: ${posts} POST, ${puts} PUT`, async () => {
      const [first, second] = [there(), there()];
      channel.misbehave(...answers);
      const posted = await build().connector.post(first, textActivity('Hello'));
      assert.deepEqual({ ...posted, activityId: undefined }, { ...post, activityId: undefined });
      assert.equal(sentTo(first).length, posts);
      channel.misbehave(...answers);
      const updated = await build().connector.update(second, '1', textActivity('Hello'));
      assert.deepEqual({ ...updated, activityId: undefined }, { ...put, activityId: undefined });
      assert.equal(sentTo(second).length, puts);
    });
  }

  it('waits as long as the connector asks', async () => {
    const { connector, pauses } = build();
    channel.misbehave(status(429, { 'Retry-After': '2' }), status(412));
    await connector.post(there(), textActivity('Hello'));
    assert.deepEqual(pauses, [2000, 500]);
  });

  it('C8 repeats before a connection exists, and says that nothing was sent', async () => {
    const gone = await startLoopbackChannel();
    await gone.stop();
    const { connector, pauses } = build({ hosts: [gone.host] });
    const outcome = await connector.post(there({ serviceUrl: gone.serviceUrl }), textActivity('Hello'));
    assert.deepEqual(outcome, { kind: 'busy' });
    assert.equal(pauses.length, 3);
  });

  it('C8 posts over no connection that has lain idle, because the connector may be closing it', async () => {
    const served = new WeakSet<object>();
    const closesAfterOne: Misbehaviour = (response) => {
      const { socket } = response;
      if (socket === null || served.has(socket)) return void socket?.destroy();
      served.add(socket);
      answer(response, 201, { id: 'activity' });
    };
    channel.misbehave(...Array.from({ length: 3 }, () => closesAfterOne));
    const { connector } = build({ warmMilliseconds: 20 });
    for (let nth = 0; nth < 3; nth += 1) {
      assert.equal((await connector.post(there(), textActivity('Hello'))).kind, 'sent');
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  });

  it('posts over the connection that has just answered: opening one costs more than all the rest', async () => {
    const served = new Set<object | null>();
    const remember: Misbehaviour = (response) => {
      served.add(response.socket);
      answer(response, 201, { id: 'activity' });
    };
    channel.misbehave(...Array.from({ length: 4 }, () => remember));
    const { connector } = build();
    for (let nth = 0; nth < 4; nth += 1) await connector.post(there(), textActivity('Hello'));
    assert.equal(served.size, 1);
  });

  it('uses a connection no more that the connector wants closed', async () => {
    const served = new Set<object | null>();
    const close: Misbehaviour = (response) => {
      served.add(response.socket);
      answer(response, 201, { id: 'activity' }, { Connection: 'close' });
    };
    channel.misbehave(close, close);
    const { connector } = build();
    for (let nth = 0; nth < 2; nth += 1)
      assert.equal((await connector.post(there(), textActivity('Hello'))).kind, 'sent');
    assert.equal(served.size, 2);
  });

  it('C9 sends nothing to a host that is not on the allow-list', async () => {
    const { connector, log } = build();
    const outcome = await connector.post(there({ serviceUrl: elsewhere.serviceUrl }), textActivity('Hello'));
    assert.deepEqual(outcome, { kind: 'blocked' });
    assert.deepEqual(elsewhere.sent, []);
    assert.equal(log.lines.at(-1)?.level, 'error');
  });

  it('follows no redirect', async () => {
    for (const target of [channel, elsewhere]) {
      const conversation = there();
      const before = channel.sent.length;
      channel.misbehave((response) => {
        response.writeHead(307, { Location: `${target.serviceUrl}v3/steal` });
        response.end();
      });
      const outcome = await build().connector.post(conversation, textActivity('Hello'));
      assert.equal(outcome.kind, 'unknown');
      assert.equal(channel.sent.length, before + 1);
    }
    assert.deepEqual(elsewhere.sent, []);
  });

  it('sends nothing without a token, and tells the operator', async () => {
    const conversation = there();
    const { connector, log } = build({ botToken: () => Promise.reject(new Error('secret expired')) });
    assert.deepEqual(await connector.post(conversation, textActivity('Hello')), { kind: 'busy' });
    assert.deepEqual(sentTo(conversation), []);
    assert.match(log.lines.at(-1)?.message ?? '', /check the bot registration/);
  });

  it('sends updates of one activity one after the other, of another at the same time', async () => {
    const conversation = there();
    const { connector } = build();
    let release: (() => void) | undefined;
    channel.misbehave((response) => {
      release = () => answer(response, 200, { id: '1' });
    });
    const first = connector.update(conversation, '1', textActivity('first'));
    await channel.waitFor(({ body }) => body.text === 'first' && body.id === '1');
    const second = connector.update(conversation, '1', textActivity('second'));
    await connector.update(conversation, '2', textActivity('other'));
    assert.deepEqual(
      sentTo(conversation).map(({ body }) => body.text),
      ['first', 'other'],
    );
    release?.();
    await Promise.all([first, second]);
    assert.deepEqual(
      sentTo(conversation).map(({ body }) => body.text),
      ['first', 'other', 'second'],
    );
  });
});
