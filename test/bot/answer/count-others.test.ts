import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { createCountOthers } from '../../../src/bot/answer/count-others.ts';
import { createBotCredentials, createTeamsAdapter } from '../../../src/bot/send/adapter.ts';
import { createConnectorClients } from '../../../src/bot/send/connector-client.ts';
import { createSdkAuthentication } from '../../../src/bot/receive/channel-authentication.ts';
import { collectingLog } from '../../support/surroundings/quiet.ts';
import { someConversation, somebody } from '../../support/samples/sample-exports.ts';

describe('bot/count-others', () => {
  const asked: string[] = [];
  let answers: readonly (readonly [status: number, body: object])[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const [status, body] = answers[Math.min(asked.length, answers.length) - 1] ?? [404, {}];
    // Not chained: restify changes writeHead for the whole process.
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  let serviceUrl = '';
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    serviceUrl = `http://127.0.0.1:${address.port}/`;
  });
  beforeEach(() => {
    asked.length = 0;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const people = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `29:${index}` }));
  const asker = somebody({ userId: 'F0E1D2C3-0000-4000-8000-000000000001', channelUserId: '29:asker' });
  const count = (conversationId: string, isAllowed = true) => {
    const channel = {
      issuer: 'https://channel.test',
      openIdUrl: `${serviceUrl}openid`,
      scope: 'https://x/.default',
    };
    const authentication = createSdkAuthentication(
      { botId: 'bot', loginUrl: 'https://login.test/tenant', channel },
      createBotCredentials('bot'),
    );
    const adapter = createTeamsAdapter(
      authentication,
      createConnectorClients(() => Promise.resolve('bot-token')),
    );
    return createCountOthers({
      adapter,
      botId: 'bot',
      isAllowedServiceUrl: () => isAllowed,
      log: collectingLog(),
    })(someConversation({ conversationId, serviceUrl, kind: 'channel', botChannelId: '28:bot' }), asker);
  };

  it('adds up the pages of the channel’s roster, not the thread’s', async () => {
    answers = [
      [200, { members: people(500), continuationToken: 'next' }],
      [200, { members: people(37) }],
    ];
    assert.equal(await count('19:sample@thread.tacv2;messageid=1772445600000'), 537);
    assert.deepEqual(
      asked.map((url) => decodeURIComponent(url)),
      [
        '/v3/conversations/19:sample@thread.tacv2/pagedmembers?pageSize=500',
        '/v3/conversations/19:sample@thread.tacv2/pagedmembers?pageSize=500&continuationToken=next',
      ],
    );
  });

  it('leaves out whoever asks, and every bot', async () => {
    answers = [
      [
        200,
        {
          members: [
            ...people(2),
            // Teams names the same person by either id.
            { id: '29:asker', aadObjectId: null },
            { id: '29:in-a-channel', aadObjectId: asker.userId.toLowerCase() },
            { id: '28:bot' },
            { id: '28:another', aadObjectId: 'x' },
          ],
        },
      ],
    ];
    assert.equal(await count('19:sample@thread.v2'), 2);
    answers = [[200, { members: [{ id: '29:asker' }, { id: '28:bot' }] }]];
    asked.length = 0;
    assert.equal(await count('19:sample@thread.v2'), 0, 'nobody else, and that is known');
  });

  for (const [what, given] of [
    ['refuses', [[403, { error: { code: 'BotNotInConversationRoster' } }]]],
    [
      'breaks off',
      [
        [200, { members: people(500), continuationToken: 'next' }],
        [404, {}],
      ],
    ],
    ['says nothing sensible', [[200, { people: 7 }]]],
    ['names nobody', [[200, { members: [] }]]],
  ] as const)
    it(`does not know when Teams ${what}`, async () => {
      answers = given;
      assert.equal(await count('19:sample@thread.v2'), undefined);
    });

  it('asks no host that is not allowed', async () => {
    assert.equal(await count('19:sample@thread.v2', false), undefined);
    assert.deepEqual(asked, []);
  });
});
