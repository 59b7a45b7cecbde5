// Who and how much: a tenant that is not served gets one short answer, and limits are said before anything starts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, runs, useAppWorld } from '../../support/app/app-suite.ts';
import { cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import { assertPublicOnly } from '../../support/app/public-eye.ts';
import { channelThread, personalChat } from '../../support/teams/teams-places.ts';
import { inDatabase, passTime } from '../../support/app/time-travel.ts';

const [ada, benno, cleo] = sandboxPeople;
assert.ok(benno && cleo);

describe('a tenant that is not allowed', () => {
  const suite = useAppWorld();
  const stranger: Person = { ...ada, oid: randomUUID(), tid: randomUUID(), name: 'Gwen Elsewhere' };
  const place = personalChat(stranger);

  it('gets one short answer to a link, no sign-in, and nothing is stored', async () => {
    const { channel, graph } = suite.world();
    await suite.say(place, stranger, suite.view(readyAtOnce).url);
    const answer = await suite.text(place, /not set up for your organisation/);
    assert.equal(channel.messages(place.id).length, 1);
    assert.equal(latest(answer).attachments, undefined);
    assert.equal(graph.calls.length, 0);
  });

  it('gets no answer to installing, and refusals to invokes', async () => {
    const { channel } = suite.world();
    for (const tell of [channel.install, channel.botAdded])
      assert.equal((await tell(place, stranger)).status, 200);
    const list = await suite.press(place, stranger, { verb: 'list' });
    assert.match(list.words, /not set up/);
    const exchange = await channel.invoke(place, stranger, 'signin/tokenExchange', {
      id: 'x',
      connectionName: 'goals-graph',
      token: 'x.y.z',
    });
    assert.equal(exchange.status, 412);
    assert.equal((await channel.verifyState(place, stranger, 'x')).status, 404);
    assert.equal(channel.messages(place.id).length, 1);
  });

  it('is not served under a claim to be somebody of an allowed one', async () => {
    const { channel } = suite.world();
    const disguised = { ...place, tenantId: ada.tid };
    const { activity } = await channel.say(place, stranger, 'help');
    const before = channel.messages(place.id).length;
    const mixed = {
      ...activity,
      id: 'f:mixed',
      conversation: { id: disguised.id, conversationType: 'personal', tenantId: ada.tid },
    };
    assert.equal((await channel.deliver(mixed)).status, 200);
    await channel.until(() => channel.messages(place.id).length > before);
    assert.ok(channel.messages(place.id).every((one) => /not set up/.test(latest(one).text ?? '')));
  });

  it('leaves no row behind', async () => {
    const rows = await inDatabase(suite.world(), async (db) => [
      ...(await db.acrossTenants('a test').selectFrom('conversations').select('tenant_id').execute()),
      ...(await db.acrossTenants('a test').selectFrom('exports').select('tenant_id').execute()),
      ...(await db.acrossTenants('a test').selectFrom('inbound_activities').select('tenant_id').execute()),
      ...(await db.acrossTenants('a test').selectFrom('sign_in_requests').select('tenant_id').execute()),
      ...(await db.acrossTenants('a test').selectFrom('sso_exchanges').select('tenant_id').execute()),
    ]);
    assert.deepEqual(rows, []);
  });
});

describe('limits', () => {
  const variables = { LIMIT_OPEN_PER_USER: '2', LIMIT_DAILY_PER_USER: '4', LIMIT_OPEN_PER_TENANT: '3' };
  const suite = useAppWorld({ variables });
  const [adas, bennos, cleos] = [personalChat(ada), personalChat(benno), personalChat(cleo)];
  before(async () => {
    for (const person of [ada, benno, cleo]) await suite.signIn(person);
  });

  it('on what one person has open: said once for a message, and nothing more is asked of Graph', async () => {
    const { channel, graph } = suite.world();
    const views = Array.from({ length: 4 }, () => suite.view(runs));
    await suite.say(adas, ada, views.map(({ url }) => url).join(' and '));
    const [first, second, third] = views;
    assert.ok(first && second && third);
    const card = await suite.card(adas, /◕ {2}Running/, first);
    await suite.card(adas, /◕ {2}Running/, second);
    await suite.card(adas, /You already have 2 exports open/);
    assert.equal(
      channel.messages(adas.id).filter((one) => /too many open/.test(wordsOf(cardOf(latest(one))))).length,
      1,
    );
    assert.equal(
      graph.calls.filter(({ op, about }) => op === 'create' && about['view'] === third.explorerViewId).length,
      0,
    );
    await suite.press(adas, ada, { verb: 'stop', exportId: exportIdOf(card) }, card.id);
    await suite.say(adas, ada, third.url);
    const later = await suite.card(adas, /◕ {2}Running/, third);
    const resumed = await suite.press(adas, ada, { verb: 'resume', exportId: exportIdOf(card) }, card.id);
    assert.match(resumed.words, /too many open/, 'a stopped one counts again when it is resumed');
    await suite.finish(adas, ada, later, await suite.jobOf(third));
    await suite.card(adas, /✓ {2}Ready/, third);
  });

  it('on what one person asks for in a day: said, and over a day later', async () => {
    const next = suite.view(readyAtOnce);
    await suite.say(adas, ada, next.url);
    await suite.card(adas, /You have started 4 exports within a day/);
    await passTime(suite.world(), 24 * 3600 + 60);
    await suite.say(adas, ada, `once more, please: ${next.url}`);
    await suite.card(adas, /✓ {2}Ready/, next);
  });

  it('on what one organisation has open: told in a channel to whoever pressed, and to nobody else', async () => {
    const thread = channelThread([benno, cleo]);
    const [first, second, mine] = [suite.view(runs), suite.view(runs), suite.view(runs)];
    await suite.say(thread, benno, first.url);
    await suite.card(thread, /◕ {2}Running/, first);
    await suite.say(bennos, benno, second.url);
    await suite.card(bennos, /◕ {2}Running/, second);
    await suite.say(cleos, cleo, mine.url);
    await suite.card(cleos, /your organisation is busy/);
    const card = await suite.card(thread, /◕ {2}Running/, first);
    const refused = await suite.press(
      thread,
      cleo,
      { verb: 'exportForMe', exportId: exportIdOf(card) },
      card.id,
    );
    assert.match(refused.words, /your organisation is busy/);
    assertPublicOnly(suite.world().channel.messages(thread.id), [(await suite.jobOf(first)).id]);
  });
});
