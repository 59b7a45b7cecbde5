import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { AuthenticationError, ToBotFromBotOrEmulatorTokenValidationParameters } from 'botframework-connector';
import { createBotCredentials } from '../../../src/bot/send/adapter.ts';
import { createSdkAuthentication, withoutConsole } from '../../../src/bot/receive/channel-authentication.ts';
import { goodToken, startBotFloor, type BotFloor } from '../../support/bot/bot-floor.ts';
import { startLoopbackChannel, type LoopbackChannel } from '../../support/bot/loopback-channel.ts';
import { part, tokenMatrix } from '../../support/bot/token-matrix.ts';

describe('bot/channel-authentication', () => {
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
  const { admitted, refused, activity } = matrix;
  const knocks = [
    ...Object.entries(admitted).map(([what, knock]) => ({ what, knock, status: 200 })),
    ...Object.entries(refused).map(([what, knock]) => ({ what, knock, status: 401 })),
  ];

  const build = (botId: string) => {
    const { issuer, openIdUrl } = channel;
    const settings = { botId, loginUrl: 'https://login.test/t', channel: { issuer, openIdUrl, scope: 's' } };
    const credentials = createBotCredentials(botId, () => Promise.resolve(''));
    return createSdkAuthentication(settings, credentials);
  };

  for (const { what, knock, status } of knocks) {
    it(`${status === 200 ? 'admits' : 'refuses'} ${what}`, async () => {
      const { header, activity: given } = knock();
      const answer = await floor.post(activity(given), await header);
      await floor.background.settled();
      assert.deepEqual([answer.status, answer.text], [status, '']);
      assert.deepEqual(attacker.sent, []);
    });
  }

  it('has let nobody in but the good ones', () => {
    const turns = floor.asked.filter(({ useCase }) => useCase === 'remember');
    assert.equal(turns.length, Object.keys(admitted).length);
    assert.ok(knocks.length >= 33);
  });

  it('remembers no tenant of a junk token for ever', async () => {
    const remembered = () => JSON.stringify(ToBotFromBotOrEmulatorTokenValidationParameters.issuer);
    const before = remembered();
    for (let count = 0; count < 20; count += 1) {
      const payload = part(matrix.claims({ tid: randomUUID() }));
      await floor.post(activity(), `Bearer ${part({ alg: 'RS256' })}.${payload}.c2ln`);
    }
    assert.equal(remembered(), before);
  });

  it('keeps tokens of other issuers from the SDK', () => {
    const whys = floor.lines.map(({ fields }) => fields.why);
    assert.ok(whys.filter((why) => why === 'the token is not of the channel').length >= 10);
  });

  it('refuses what the emulator path of the SDK would take, were it open', async () => {
    const issuer = 'https://sts.windows.net/sample/';
    const authentication = build(floor.botId);
    const parameters = ToBotFromBotOrEmulatorTokenValidationParameters;
    const closed = parameters.issuer;
    parameters.issuer = [issuer, channel.issuer];
    const knock = async (claims: object) => {
      const header = await matrix.signed({ ver: '2.0', azp: floor.botId, ...claims });
      const activity = { channelId: 'msteams', serviceUrl: channel.serviceUrl } as Activity;
      return authentication.authenticateRequest(activity, header);
    };
    try {
      assert.ok(await knock({ iss: channel.issuer }), 'the path is open');
      await assert.rejects(knock({ iss: issuer }), AuthenticationError);
      await assert.rejects(knock({ iss: channel.issuer, serviceurl: undefined }), AuthenticationError);
    } finally {
      if (closed !== undefined) parameters.issuer = closed;
    }
  });

  it('admits nobody while the keys cannot be had', async () => {
    const dead = await startLoopbackChannel();
    const other = await startBotFloor(dead);
    await dead.stop();
    const token = await goodToken(dead, other.botId, dead.serviceUrl);
    const answer = await other.post(activity({ serviceUrl: dead.serviceUrl }), `Bearer ${token}`);
    await other.stop();
    assert.deepEqual([answer.status, answer.text], [401, '']);
  });

  it('answers 400 without a word for what is no activity', async () => {
    const header = await matrix.signed();
    for (const body of [{}, { type: 1 }, { type: '' }, [], 'text', 7, null]) {
      const answer = await floor.post(body, header);
      assert.deepEqual([answer.status, answer.text], [400, '']);
    }
  });

  it('logs no token and nothing of what a refused caller wrote', () => {
    const log = JSON.stringify(floor.lines);
    assert.match(log, /the token was not accepted \(JsonWebTokenError\)/);
    assert.ok(!log.includes('eyJ'));
    assert.ok(!log.includes(attacker.host));
  });

  for (const botId of ['', ' ']) {
    it(`refuses to start with the app id ${JSON.stringify(botId)}`, () => {
      assert.throws(() => build(botId), /BOT_ID/);
    });
  }
});

describe('bot/channel-authentication, the console', () => {
  it('drops what is written inside, also after a wait, and nothing else', async () => {
    const { console } = globalThis;
    const heard: unknown[] = [];
    // Below the change, so that what gets through is collected.
    const write = process.stderr.write.bind(process.stderr);
    await withoutConsole(() => Promise.resolve());
    process.stderr.write = (text: string | Uint8Array) => heard.push(String(text)) > 0;
    try {
      const inside = withoutConsole(async () => {
        console.error('at once');
        await new Promise(setImmediate);
        console.error('after a wait');
      });
      console.error('outside');
      await inside;
    } finally {
      process.stderr.write = write;
    }
    assert.deepEqual(heard, ['outside\n']);
  });
});
