// What a turn that breaks leaves behind: words for whoever is waiting, and for Teams whether to deliver it again.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { activityIn, executeIn, messageIn, view } from '../support/bot/activities.ts';
import { useBotFloor } from '../support/bot/bot-suite.ts';
import { answer, wordsTo } from '../support/bot/loopback-channel.ts';

const link = view(randomUUID(), randomUUID());
const away = (): Promise<never> => Promise.reject(new Error('database is away'));

describe('a turn that breaks', () => {
  const suite = useBotFloor();
  const { at, asked, start } = suite;

  it('S1 says "try again" with a reference when something of ours breaks, and logs it once', async () => {
    await start({ startExport: away });
    const place = at();
    assert.equal((await suite.floor().deliver(messageIn(place, link))).status, 200);
    assert.match(String(wordsTo(suite.channel(), place.conversationId)), /Try again in a minute/);
    const errors = suite.floor().lines.filter(({ level }) => level === 'error');
    assert.equal(errors.length, 1);
    assert.ok(
      JSON.stringify(suite.channel().sent.at(-1)?.body).includes(String(errors[0]?.fields.reference)),
    );
    assert.ok(!JSON.stringify(suite.floor().lines).includes(link));
  });

  for (const [what, text] of [
    ['a command only when the answer', 'help'],
    ['a turn that failed only when "try again"', link],
  ] as const)
    it(`S4 answers ${what} is out, so that a process that dies before is asked again`, async () => {
      await start({ startExport: away, pause: () => new Promise(() => undefined) });
      const order: string[] = [];
      const taken = Promise.withResolvers<undefined>();
      suite.channel().misbehave((response) => {
        order.push('the answer is on its way');
        void taken.promise.then(() => answer(response, 201, { id: 'activity' }));
      });
      const answered = suite
        .floor()
        .deliver(messageIn(at(), text))
        .then(() => order.push('answered'));
      while (order.length === 0) await new Promise((resolve) => setImmediate(resolve));
      for (let nth = 0; nth < 20; nth += 1) await new Promise((resolve) => setImmediate(resolve));
      order.push('taken');
      taken.resolve(undefined);
      await answered;
      assert.deepEqual(order, ['the answer is on its way', 'taken', 'answered']);
    });

  it('S1 does not take for done what could not be kept', async () => {
    const { stores } = suite.floor();
    await start({
      stores: { ...stores, conversations: { ...stores.conversations, remember: away } },
      pause: () => pause(1),
    });
    const place = at();
    const installed = activityIn(place, { type: 'installationUpdate', action: 'add' });
    assert.equal((await suite.floor().deliver(installed)).status, 503);
    // "Try again" may not come any more: Teams shall deliver the message again.
    suite.channel().misbehave((response) => void setTimeout(() => answer(response, 201, { id: 'late' }), 50));
    assert.equal((await suite.floor().deliver(messageIn(place, link))).status, 503);
  });

  it('S1 hears again what failed after it was claimed, when nobody could be told', async () => {
    let isAway = true;
    await start({
      signOut: () =>
        isAway
          ? Promise.reject(new Error('database is away'))
          : Promise.resolve({ waiting: 0, hadTokens: true }),
      pause: () => pause(1),
    });
    const message = messageIn(at(), 'sign out');
    suite.channel().misbehave((response) => void setTimeout(() => answer(response, 201, { id: 'late' }), 50));
    assert.equal((await suite.floor().deliver(message)).status, 503);
    isAway = false;
    assert.equal((await suite.floor().deliver(message)).status, 200);
    assert.match(String(wordsTo(suite.channel(), message.conversation.id).at(-1)), /signed out/);
  });

  it('S1 answers what was claimed by a write whose answer was lost, once', async () => {
    const { inbound, conversations } = suite.floor().stores;
    let isLost = true;
    const claim: typeof inbound.claim = async (...given) => {
      const outcome = await inbound.claim(...given);
      if (!isLost) return outcome;
      isLost = false;
      throw new Error('terminating connection');
    };
    await start({ stores: { conversations, inbound: { ...inbound, claim } } });
    const message = messageIn(at(), 'sign out');
    assert.equal((await suite.floor().deliver(message)).status, 200);
    assert.equal((await suite.floor().deliver(message)).status, 200);
    assert.equal(asked('signOut').length, 1);
    assert.equal(wordsTo(suite.channel(), message.conversation.id).length, 1);
  });

  for (const [text, living, isAnswered] of [
    ['help', 1, true],
    ['what?', 1, true],
    ['help', 2, false],
    ['views', 1, true],
    ['sign out', 1, false],
    ['save as Q3 sales', 1, false],
    ['forget Q3 sales', 1, false],
  ] as const)
    it(`C10 ${isAnswered ? 'answers' : 'does not answer'} “${text}” before anything of it is written, with ${living} living`, async () => {
      const { inbound, conversations } = suite.floor().stores;
      const claimed = Promise.withResolvers<undefined>();
      const claim: typeof inbound.claim = async (...given) => {
        await claimed.promise;
        return inbound.claim(...given);
      };
      const answered: typeof inbound.answered = async (...given) => {
        await claimed.promise;
        return inbound.answered(...given);
      };
      const stores = { conversations, inbound: { ...inbound, claim, answered } };
      await start({ stores, living: () => living });
      const message = messageIn(at(), text);
      const words = () => wordsTo(suite.channel(), message.conversation.id).length;
      const delivered = suite.floor().deliver(message);
      for (let nth = 0; nth < 200 && words() === 0; nth += 1) await pause(1);
      assert.equal(words(), isAnswered ? 1 : 0);
      claimed.resolve(undefined);
      await delivered;
      assert.equal(words(), 1);
    });

  it('C10 answers “help” once when it comes again while it is answered, and when it comes later', async () => {
    const message = messageIn(at(), 'help');
    await Promise.all([suite.floor().deliver(message), suite.floor().deliver(message)]);
    await suite.floor().deliver(message);
    assert.equal(wordsTo(suite.channel(), message.conversation.id).length, 1);
    const { tenantId, id } = message.conversation;
    assert.ok(await suite.floor().stores.inbound.isKnown(tenantId, id, message.id));
  });

  it('C10 answers “help” when it comes again after its first answer has failed', async () => {
    let isBroken = true;
    const { inbound, conversations } = suite.floor().stores;
    const claimed: string[] = [];
    const claim: typeof inbound.claim = (...given) => {
      claimed.push(given[1]);
      return inbound.claim(...given);
    };
    await start({
      stores: { conversations, inbound: { ...inbound, claim } },
      listExports: () =>
        isBroken ? away() : Promise.resolve({ own: [], page: 0, older: 0, graphOnly: [], graph: 'asked' }),
    });
    const message = messageIn(at(), 'list');
    const said = () => wordsTo(suite.channel(), message.conversation.id);
    await suite.floor().deliver(message);
    assert.match(String(said()), /Try again in a minute/);
    assert.deepEqual(claimed, [], 'nothing was claimed for it');
    isBroken = false;
    await suite.floor().deliver(message);
    assert.equal(said().length, 2);
  });

  it('S1 answers “help” without the database', async () => {
    const { inbound, conversations } = suite.floor().stores;
    await start({ stores: { conversations, inbound: { ...inbound, claim: away, answered: away } } });
    const message = messageIn(at(), 'help');
    assert.equal((await suite.floor().post(...(await suite.floor().signed(message)))).status, 200);
    assert.equal(wordsTo(suite.channel(), message.conversation.id).length, 1);
  });

  it('C10 leaves what somebody else is at, or has answered, when a second delivery breaks', async () => {
    let isAway = false;
    const isKnownTenant = () => (isAway ? away() : Promise.resolve(true));
    await start({ isKnownTenant, pause: () => pause(1) });
    const message = messageIn(at(), 'sign out');
    await suite.floor().deliver(message);
    isAway = true;
    suite.channel().misbehave((response) => void setTimeout(() => answer(response, 201, { id: 'late' }), 50));
    assert.equal((await suite.floor().deliver(message)).status, 503);
    isAway = false;
    await suite.floor().deliver(message);
    assert.equal(asked('signOut').length, 1);
  });

  for (const trigger of ['manual', 'automatic'])
    it(`C11 tells whoever pressed, when nothing comes of it after all (${trigger})`, async () => {
      const hung = Promise.withResolvers<never>();
      await start({ ownExport: { show: () => hung.promise }, timeoutMilliseconds: 20 });
      const place = at();
      const data = { verb: 'view', exportId: randomUUID() };
      const value = { action: { type: 'Action.Execute', verb: 'view', data }, trigger };
      const pressed = suite.floor().post(...(await suite.floor().signed(executeIn(place, data, { value }))));
      assert.match((await pressed).text, /Working on it/);
      hung.reject(new Error('database is away'));
      await suite.floor().background.settled();
      const said = trigger === 'manual' ? ['Try again in a minute'] : [];
      const words = wordsTo(suite.channel(), place.conversationId).map(String);
      assert.deepEqual(
        words.map((one) => /Try again in a minute/.exec(one)?.[0]),
        said,
      );
    });

  it('C11 tells who was told "working on it" when nothing comes of it', async () => {
    const hung = Promise.withResolvers<'open'>();
    const { stores } = suite.floor();
    const conversations = { ...stores.conversations, remember: () => hung.promise };
    await start({ stores: { ...stores, conversations }, timeoutMilliseconds: 20 });
    const place = at();
    const pressed = suite.floor().post(...(await suite.floor().signed(executeIn(place, { verb: 'list' }))));
    assert.match((await pressed).text, /Working on it/);
    hung.reject(new Error('database is away'));
    await suite.floor().background.settled();
    assert.match(String(wordsTo(suite.channel(), place.conversationId)), /Try again in a minute/);
  });

  it('C11 answers an invoke in time although the database neither answers nor refuses', async () => {
    const hung = Promise.withResolvers<'open'>();
    const { stores } = suite.floor();
    const conversations = { ...stores.conversations, remember: () => hung.promise };
    await start({ stores: { ...stores, conversations }, timeoutMilliseconds: 20 });
    const pressed = suite.floor().post(...(await suite.floor().signed(executeIn(at(), { verb: 'list' }))));
    assert.match((await pressed).text, /Working on it/);
    assert.deepEqual(asked('listExports'), []);
    hung.resolve('open');
    await suite.floor().background.settled();
    assert.equal(asked('listExports').length, 1);
  });
});
