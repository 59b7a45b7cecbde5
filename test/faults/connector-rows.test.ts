// The rows C of the fault table: what the bot sends meets each one, and what its person sees.
import assert from 'node:assert/strict';
import type { Call } from '../../src/sandbox/loopback/script.ts';
import { messageActivity } from '../support/teams/teams-activities.ts';
import { saidBy, useFaultRows, type Scene } from '../support/app/fault-rows.ts';

const ready = /Your file is ready/;

describe('faults of Teams', () => {
  const { row } = useFaultRows({ otherServiceName: true });

  const sendsOf = ({ suite: { world }, view }: Scene, method: string): readonly Call[] =>
    world().channel.calls.filter((call) => {
      const body = call.body.toString('utf8');
      return call.method === method && body.includes(view.shortId) && body.includes('card.adaptive');
    });
  /** Until the bot has tried to update the card of the row. */
  const refused = (scene: Scene, tries = 1) =>
    scene.suite.world().channel.until(() => sendsOf(scene, 'PUT').length >= tries, {
      what: 'an update of the card',
    });

  const missesWhileBlocked = async (scene: Scene): Promise<void> => {
    await scene.paste();
    await refused(scene);
    // The file is fetched after the card would have said that it is ready.
    await scene.suite.read(scene.view);
    assert.equal(sendsOf(scene, 'PUT').length, 1, 'nothing more was sent');
    assert.ok(scene.cards().every((card) => !ready.test(saidBy(card))));
    await scene.suite.say(scene.chat, scene.person, 'hello');
    await scene.card(ready);
    assert.equal(scene.jobs().length, 1);
  };
  row(
    'C1 sends nothing where it is no member any more, and shows what was missed at the next contact',
    missesWhileBlocked,
  );
  row(
    'C2 sends nothing to somebody who has blocked it, and shows what was missed when they write',
    missesWhileBlocked,
  );

  row('C3 posts one fresh card when the one to update is gone', async (scene) => {
    await scene.paste();
    await scene.card(ready);
    assert.equal(sendsOf(scene, 'POST').length, 2);
    assert.equal(scene.cards().filter((card) => ready.test(saidBy(card))).length, 1);
  });

  row('C4 repeats an update whose precondition failed', async (scene) => {
    await scene.paste();
    await scene.card(ready);
    assert.equal(scene.cards().length, 1);
    assert.ok(sendsOf(scene, 'PUT').length >= 3);
  });

  row('C5 sends a short card when the whole one is too large', async (scene) => {
    await scene.paste();
    const card = await scene.card(/The person who asked can download the file/);
    assert.equal(scene.cards().length, 1);
    const own = await scene.press('view', card);
    assert.match(own.words, ready);
  });

  row('C6 waits when Teams is busy, and then shows the newest state', async (scene) => {
    await scene.paste();
    await scene.card(ready);
    assert.equal(scene.cards().length, 1);
    const [first, second] = sendsOf(scene, 'PUT');
    assert.ok(first && second && second.at - first.at >= 1000, 'as long as Teams asks');
  });

  row('C7 tells the operator when Teams does not know the bot, and loses nothing', async (scene) => {
    await scene.paste();
    await refused(scene);
    await scene.untilLogged('the connector does not know the bot: check BOT_ID');
    await scene.suite.read(scene.view);
    // The card catches up by itself after five minutes; its button is quicker.
    const [card] = scene.cards();
    assert.ok(card);
    assert.match((await scene.press('refresh', card)).words, ready);
  });

  row('C8 repeats an update whose outcome is unknown, and at worst doubles the first card', async (scene) => {
    await scene.paste();
    await scene.card(ready);
    assert.ok(scene.cards().length <= 2, 'at most one more first card');
    // Posted late, both say "ready" from the start, and nothing is left to update.
    assert.ok(
      scene.cards().filter(({ versions }) => versions.length > 1).length <= 1,
      'one is kept up to date',
    );
    assert.equal(scene.jobs().length, 1);
  });

  row('C9 answers at the newest address that Teams names', async (scene) => {
    await scene.paste();
    await scene.card(ready);
    const { channel } = scene.suite.world();
    const sender = channel.sender(scene.chat, scene.person);
    const serviceUrl = sender.serviceUrl.replace('127.0.0.1', 'localhost');
    const { host } = new URL(serviceUrl);
    const answered = channel.nextCall({
      method: 'POST',
      where: ({ headers, path }) => headers.host === host && path.includes(scene.chat.id),
    });
    const said = messageActivity({ ...sender, serviceUrl }, { text: 'hello' });
    assert.equal((await channel.deliver(said)).status, 200);
    await answered;
  });

  row('C10 answers a message once that Teams delivers twice', async (scene) => {
    await scene.signIn();
    const { channel } = scene.suite.world();
    const said = messageActivity(channel.sender(scene.chat, scene.person), { text: scene.view.url });
    const answers = await Promise.all([channel.deliver(said), channel.deliver(said)]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    await scene.card(ready);
    await channel.deliver(said);
    assert.deepEqual([scene.cards().length, scene.jobs().length], [1, 1]);
  });

  row('C11 answers a button in time while Graph is slow, and shows the rest when it comes', async (scene) => {
    await scene.paste();
    const card = await scene.card(/Got it|Starting…/);
    await scene.suite.world().graph.until(() => scene.asked('get') >= 1, { what: 'a slow look' });
    const { words } = await scene.press('refresh', card);
    assert.match(words, /In line at Microsoft/, 'what is known');
    assert.equal(scene.asked('get'), 1, 'one look, however often it is asked for');
    await scene.card(ready);
  });
});
