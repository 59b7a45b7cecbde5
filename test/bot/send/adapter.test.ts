import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSdkAuthentication } from '../../../src/bot/receive/channel-authentication.ts';
import {
  createBotCredentials,
  createServiceUrlGate,
  createTeamsAdapter,
  withConnector,
} from '../../../src/bot/send/adapter.ts';
import { createConnectorClients } from '../../../src/bot/send/connector-client.ts';
import { someConversation } from '../../support/samples/sample-exports.ts';

const isAllowed = createServiceUrlGate([
  'smba.trafficmanager.net',
  '*.botframework.com',
  ' *.Teams.Microsoft.com ',
  'connector.example.com:8443',
  'localhost:56150',
  '127.0.0.1:4000',
]);

describe('bot/adapter, the service URLs', () => {
  const allowed = [
    'https://smba.trafficmanager.net/amer/',
    'https://SMBA.trafficmanager.net/emea/11111111-1111-4111-8111-111111111111/',
    'https://api.botframework.com/',
    'https://a.b.teams.microsoft.com',
    'https://connector.example.com:8443/x',
    'http://localhost:56150',
    'http://127.0.0.1:4000/',
    'https://localhost:56150/',
  ];
  for (const url of allowed) it(`allows ${url}`, () => assert.equal(isAllowed(url), true));

  const refused = [
    '',
    'smba.trafficmanager.net',
    'http://smba.trafficmanager.net/amer/',
    'https://smba.trafficmanager.net:8443/',
    'https://smba.trafficmanager.net./amer/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil.example/smba.trafficmanager.net',
    'https://evil.example?smba.trafficmanager.net',
    'https://evilbotframework.com/',
    'https://botframework.com/',
    'https://.botframework.com/',
    'https://connector.example.com/',
    'http://localhost/',
    'http://localhost:56151/',
    'http://localhost.evil.example:56150/',
    'http://127.0.0.2:4000/',
    'ftp://smba.trafficmanager.net/',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ];
  for (const url of refused) it(`refuses ${JSON.stringify(url)}`, () => assert.equal(isAllowed(url), false));

  it('never allows a host that no entry names', () => {
    const named = /(^|\.)(botframework\.com|teams\.microsoft\.com)$/;
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https', 'http'], withQueryParameters: true }), (url) => {
        fc.pre(!named.test(new URL(url).hostname));
        assert.equal(isAllowed(url), false);
      }),
    );
  });

  it('allows nothing when the list is empty', () => {
    assert.equal(createServiceUrlGate(['', ' '])('https://smba.trafficmanager.net/'), false);
  });
});

describe('bot/adapter, the clients', () => {
  it('are made once for each service URL, and none for tokens of people, because making two for each turn cost more than all that a turn does', async () => {
    const made: string[] = [];
    const channel = { issuer: 'https://channel.test', openIdUrl: 'https://channel.test/openid', scope: 's' };
    const authentication = createSdkAuthentication(
      { botId: 'bot', loginUrl: 'https://login.test/t', channel },
      createBotCredentials('bot'),
    );
    const makeUserTokens = authentication.createUserTokenClient.bind(authentication);
    authentication.createUserTokenClient = (identity) => {
      made.push('user tokens');
      return makeUserTokens(identity);
    };
    const clientFor = createConnectorClients(() => Promise.resolve('bot-token'));
    const adapter = createTeamsAdapter(authentication, (serviceUrl) => {
      made.push(serviceUrl);
      return clientFor(serviceUrl);
    });
    const clients = new Set<unknown>();
    for (const serviceUrl of ['https://one.test/', 'https://two.test/', 'https://one.test/'])
      await withConnector({ adapter, botId: 'bot' }, someConversation({ serviceUrl }), (client) => {
        clients.add(client);
        return Promise.resolve();
      });
    assert.deepEqual(made.sort(), ['https://one.test/', 'https://two.test/']);
    assert.equal(clients.size, 2);
  });
});
