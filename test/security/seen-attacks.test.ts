// Attacks that were seen to work on the SDK and on the HTTP framework as they come: each is done to those first, then to the bot.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import {
  AuthenticationConfiguration,
  ConnectorClient,
  ToBotFromBotOrEmulatorTokenValidationParameters,
} from 'botframework-connector';
import { createAskJson } from '../../src/blocks/http/ask-json.ts';
import { createAdmit } from '../../src/bot/receive/channel-authentication.ts';
import { createServiceUrlGate, type BotCredentials } from '../../src/bot/send/adapter.ts';
import { textActivity } from '../../src/bot/send/outbound-activities.ts';
import { startBotFloor, type BotFloor } from '../support/bot/bot-floor.ts';
import {
  answer,
  startLoopbackChannel,
  type LoopbackChannel,
  type Misbehaviour,
} from '../support/bot/loopback-channel.ts';
import { withoutConsole } from '../support/bot/sdk-admission.ts';
import { connectTo } from '../support/bot/teams-connection.ts';
import { tokenMatrix } from '../support/bot/token-matrix.ts';
import { someConversation } from '../support/samples/sample-exports.ts';
import { clockAt, collectingLog } from '../support/surroundings/quiet.ts';
import { rawRequest } from '../web/raw-request.ts';
import { startSite } from '../web/run-web-server.ts';

/** Signs whatever leaves with the bot's token, as the SDK's own credentials would. */
const sdkCredentials = (botId: string): BotCredentials => ({
  isValidAppId: (appId: string) => Promise.resolve(appId === botId),
  isAuthenticationDisabled: () => Promise.resolve(false),
  createCredentials: () => Promise.resolve(signing),
});
const signing: ConstructorParameters<typeof ConnectorClient>[0] = {
  signRequest: (request) => {
    request.headers.set('authorization', 'Bearer bot-token');
    return Promise.resolve(request);
  },
};

/** What the SDK's adapter writes into. */
function sdkResponse() {
  const written: { status?: number } = {};
  const response = {
    socket: null,
    status: (status: number) => void (written.status = status),
    header: () => undefined,
    send: () => undefined,
    end: () => undefined,
  };
  return { written, response };
}

/** The SDK as it comes, with the channel's key server in the place of Microsoft's. */
function sdkAsItComes(channel: LoopbackChannel, botId: string): CloudAdapter {
  return new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(
      {
        ToChannelFromBotLoginUrl: 'https://login.test/t',
        ToChannelFromBotOAuthScope: 's',
        ToBotFromChannelTokenIssuer: channel.issuer,
        OAuthUrl: 'https://token.test',
        ToBotFromChannelOpenIdMetadataUrl: channel.openIdUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: channel.openIdUrl,
        CallerId: '',
      },
      sdkCredentials(botId),
      new AuthenticationConfiguration(),
    ),
  );
}

const sayHello = async (context: TurnContext): Promise<void> => {
  await context.sendActivity('Hello');
};

describe('attacks that the SDK lets through', () => {
  let channel: LoopbackChannel;
  let attacker: LoopbackChannel;
  let floor: BotFloor;
  before(async () => {
    channel = await startLoopbackChannel();
    attacker = await startLoopbackChannel();
    floor = await startBotFloor(channel);
  });
  after(async () => {
    await floor.stop();
    await channel.stop();
    await attacker.stop();
  });
  const matrix = tokenMatrix(() => ({ channel, attacker, botId: floor.botId, tenantId: floor.tenantId }));

  /** An application's token of any tenant, made for the bot, and a place of the attacker's for the answer. */
  const emulatorKnock = async () => {
    const tid = randomUUID();
    const iss = `https://login.microsoftonline.com/${tid}/v2.0`;
    const header = await matrix.signed({ iss, tid, ver: '2.0', azp: floor.botId, serviceurl: undefined });
    return { header, activity: matrix.activity({ serviceUrl: attacker.serviceUrl }) };
  };

  it('a token of any tenant for the emulator brings the bot’s own token to the attacker: the SDK', async () => {
    const { header, activity } = await emulatorKnock();
    const parameters = ToBotFromBotOrEmulatorTokenValidationParameters;
    const closed = parameters.issuer;
    parameters.issuer = [];
    try {
      const { response, written } = sdkResponse();
      const request = { body: activity, headers: { authorization: header }, method: 'POST' };
      await withoutConsole(() => sdkAsItComes(channel, floor.botId).process(request, response, sayHello));
      assert.equal(written.status, 200);
    } finally {
      if (closed !== undefined) parameters.issuer = closed;
    }
    assert.deepEqual(
      attacker.sent.map(({ authorization }) => authorization),
      ['Bearer bot-token'],
    );
  });

  it('a token of any tenant for the emulator brings the attacker nothing: the bot', async () => {
    const before = attacker.sent.length;
    const { header, activity } = await emulatorKnock();
    const refused = await floor.post(activity, header);
    await floor.background.settled();
    assert.deepEqual([refused.status, refused.text], [401, '']);
    assert.equal(attacker.sent.length, before);
  });

  it('a token of any tenant for the emulator is refused by the bot’s own check wherever answers may go', async () => {
    const { header, activity } = await emulatorKnock();
    const admit = createAdmit({
      settings: { botId: floor.botId, channel },
      isAllowedServiceUrl: createServiceUrlGate([channel.host, attacker.host]),
      clock: { now: () => new Date() },
      askJson: createAskJson(),
    });
    assert.equal((await admit(header, activity)).kind, 'refused');
    const asTheChannel = await matrix.signed({
      azp: floor.botId,
      ver: '2.0',
      serviceurl: attacker.serviceUrl,
    });
    assert.equal((await admit(asTheChannel, activity)).kind, 'refused');
    const good = await matrix.signed({ serviceurl: attacker.serviceUrl });
    assert.equal((await admit(good, activity)).kind, 'admitted', 'what is refused above is the token');
  });

  for (const body of [{}, { type: 1 }]) {
    it(`${JSON.stringify(body)} makes the SDK’s adapter reject before it can answer`, async () => {
      const { response, written } = sdkResponse();
      const request = { body, headers: { authorization: await matrix.signed() }, method: 'POST' };
      await assert.rejects(() => sdkAsItComes(channel, floor.botId).process(request, response, sayHello));
      assert.equal(written.status, undefined);
    });

    it(`${JSON.stringify(body)} is answered by the bot with 400 and nothing else`, async () => {
      const refused = await floor.post(body, await matrix.signed());
      assert.deepEqual([refused.status, refused.text], [400, '']);
    });
  }

  const unwell =
    (status: number): Misbehaviour =>
    (response) =>
      answer(response, status, {}, { 'retry-after-ms': '1' });

  it('an unwell connector gets a message four times from the SDK’s client, whatever it is told', async () => {
    channel.misbehave(...Array.from({ length: 4 }, () => unwell(503)));
    const before = channel.sent.length;
    const told = { baseUri: channel.serviceUrl, noRetryPolicy: true, retryOptions: { maxRetries: 0 } };
    const client = new ConnectorClient(signing, told);
    await assert.rejects(client.conversations.sendToConversation('chat', { type: 'message', text: 'Hello' }));
    assert.equal(channel.sent.length - before, 4);
  });

  for (const status of [500, 502, 503, 504])
    it(`an unwell connector (${String(status)}) gets a message once from the bot`, async () => {
      channel.misbehave(unwell(status));
      const before = channel.sent.length;
      const { connector } = connectTo(channel, {
        botId: floor.botId,
        log: collectingLog(),
        clock: clockAt('2026-03-02T10:00:00Z'),
      });
      const conversation = someConversation({ serviceUrl: channel.serviceUrl });
      assert.notEqual((await connector.post(conversation, textActivity('Hello'))).kind, 'sent');
      assert.equal(channel.sent.length - before, 1);
    });
});

/** restify with its own readers of bodies, as its documentation has it; tells its port. */
const restifyAsItComes = `
  const { parentPort } = require('node:worker_threads');
  const restify = require('restify');
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', (request, response, next) => { response.send(200); next(); });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

const noGzip = [
  'POST /api/messages HTTP/1.1',
  'Host: x',
  'Connection: close',
  'Content-Type: application/json',
  'Content-Encoding: gzip',
  'Content-Length: 5',
  '',
  'hello',
].join('\r\n');

describe('an attack that the HTTP framework does not survive', () => {
  it('a body that only says to be gzip ends restify as it comes', async () => {
    const worker = new Worker(restifyAsItComes, { eval: true, stderr: true, execArgv: ['--no-warnings'] });
    const [port] = (await once(worker, 'message')) as [number];
    const died = once(worker, 'error') as Promise<[Error]>;
    await rawRequest(port, noGzip);
    const [error] = await died;
    assert.match(error.message, /incorrect header check/);
  });

  it('a body that only says to be gzip is refused by the bot, which goes on', async () => {
    const site = await startSite({});
    try {
      for (let nth = 0; nth < 10; nth += 1) assert.equal((await rawRequest(site.port, noGzip)).status, 415);
      assert.equal((await fetch(`${site.url}/healthz`)).status, 200);
    } finally {
      await site.server.stop(0);
    }
  });
});
