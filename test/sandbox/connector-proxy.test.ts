// What stands between the bot and the chat client: hands everything on, both ways, unless a script gets in its way.
import assert from 'node:assert/strict';
import { teamOwner } from '../../src/sandbox/chat/people.ts';
import { withTeamOwner } from '../../src/sandbox/chat/team-owner.ts';
import type { ConnectorProxy } from '../../src/sandbox/connector-proxy.ts';
import { createConnectorProxy } from '../../src/sandbox/connector-proxy.ts';
import type { LoopbackServer } from '../../src/sandbox/loopback/loopback-server.ts';
import { createLoopbackServer } from '../../src/sandbox/loopback/loopback-server.ts';

describe('the connector proxy', () => {
  let chat: LoopbackServer;
  let proxy: ConnectorProxy;
  beforeEach(async () => {
    chat = createLoopbackServer({ handle: ({ body }) => ({ status: 201, body: { id: body.toString() } }) });
    proxy = createConnectorProxy();
    await Promise.all([chat.start(), proxy.start()]);
  });
  afterEach(() => Promise.all([chat.stop(), proxy.stop()]));

  const send = (serviceUrl: string) =>
    fetch(
      `${serviceUrl}v3/conversations/${encodeURIComponent('19:a b@thread;messageid=1')}/activities?x=1%202`,
      {
        method: 'POST',
        body: 'hello',
        headers: { authorization: 'Bearer sample', 'content-type': 'application/json' },
      },
    );

  it('hands on method, path, query, headers and body, and the answer', async () => {
    const answer = await send(proxy.serviceUrl(`${chat.url()}/_connector/`));
    assert.deepEqual([answer.status, await answer.json()], [201, { id: 'hello' }]);
    const [call] = chat.calls;
    assert.equal(call?.method, 'POST');
    assert.equal(call.path, '/_connector/v3/conversations/19:a b@thread;messageid=1/activities');
    assert.deepEqual(call.query, { x: '1 2' });
    assert.equal(call.headers.authorization, 'Bearer sample');
  });

  it('names the owner of the team where the bot asks who somebody is', async () => {
    const member = { id: 'user-1', aadObjectId: teamOwner.oid, userRole: 'user' };
    chat.script({ match: { method: 'GET' }, respond: { status: 200, body: member } });
    const owned = createConnectorProxy({ withOwner: withTeamOwner(teamOwner) });
    await owned.start();
    const asked = await fetch(`${owned.serviceUrl(chat.url())}v3/conversations/channel-okrs/members/user-1`);
    assert.deepEqual(await asked.json(), { ...member, userRole: 'owner' });
    await owned.stop();
  });

  it('has two names, both of which the bot may be allowed', async () => {
    const urls = [proxy.serviceUrl(chat.url()), proxy.serviceUrl(chat.url(), 'other')];
    assert.deepEqual(
      urls.map((url) => new URL(url).host),
      proxy.hosts(),
    );
    for (const url of urls) assert.equal((await send(url)).status, 201);
  });

  it('lets a script answer instead, and loses an answer when it shall', async () => {
    const url = proxy.serviceUrl(chat.url());
    proxy.script({ match: { method: 'POST' }, times: 1, trouble: { kind: 'reset' } });
    proxy.script({ match: { method: 'POST' }, times: 1, respond: { status: 403 } });
    assert.equal((await send(url)).status, 403);
    assert.equal(chat.calls.length, 0);
    await assert.rejects(send(url));
    assert.equal(chat.calls.length, 1, 'it arrived');
    assert.equal((await send(url)).status, 201);
  });
});
