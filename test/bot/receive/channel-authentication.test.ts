import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Activity } from 'botbuilder';
import { AuthenticationError, ToBotFromBotOrEmulatorTokenValidationParameters } from 'botframework-connector';
import { createAskJson } from '../../../src/blocks/http/ask-json.ts';
import { createAdmit, createSdkAuthentication } from '../../../src/bot/receive/channel-authentication.ts';
import { createBotCredentials, createServiceUrlGate } from '../../../src/bot/send/adapter.ts';
import { goodToken, startBotFloor, type BotFloor } from '../../support/bot/bot-floor.ts';
import {
  signToken,
  startLoopbackChannel,
  type LoopbackChannel,
  type SigningKey,
} from '../../support/bot/loopback-channel.ts';
import { createSdkAdmit, withoutConsole } from '../../support/bot/sdk-admission.ts';
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

  const settingsFor = (botId: string) => {
    const { issuer, openIdUrl } = channel;
    return { botId, loginUrl: 'https://login.test/t', channel: { issuer, openIdUrl, scope: 's' } };
  };
  const gate = () => createServiceUrlGate([channel.host]);
  const own = (botId = floor.botId) =>
    createAdmit({
      settings: settingsFor(botId),
      isAllowedServiceUrl: gate(),
      clock: { now: () => new Date() },
      askJson: createAskJson(),
    });
  const sdk = (botId: string) => createSdkAuthentication(settingsFor(botId), createBotCredentials(botId));
  /** Microsoft's SDK, mended. */
  const reference = () => createSdkAdmit(settingsFor(floor.botId), gate());

  for (const { what, knock, status } of knocks) {
    it(`${status === 200 ? 'admits' : 'refuses'} ${what}`, async () => {
      const { header, activity: given } = knock();
      const answer = await floor.post(activity(given), await header);
      await floor.background.settled();
      assert.deepEqual([answer.status, answer.text], [status, '']);
      assert.deepEqual(attacker.sent, []);
    });

    it(`${status === 200 ? 'admits' : 'refuses'} ${what}, and so does the SDK`, async () => {
      const { header, activity: given } = knock();
      const { kind } = await reference()(await header, activity(given));
      assert.equal(kind, status === 200 ? 'admitted' : 'refused');
    });
  }

  it('admits nothing that the SDK would refuse', async () => {
    const [ours, theirs] = [own(), reference()];
    const { key, webchatKey, strangersKey, issuer, serviceUrl } = channel;
    const { botId } = floor;
    const now = Math.floor(Date.now() / 1000);
    const maybe = (usual: unknown, ...others: readonly unknown[]) =>
      fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
    const claims = fc.record({
      iss: maybe(issuer, `${issuer}/`, undefined, [issuer], 'https://sts.windows.net/sample/'),
      aud: maybe(botId, [botId], botId.toUpperCase(), undefined, '', 7),
      serviceurl: maybe(serviceUrl, serviceUrl.slice(0, -1), attacker.serviceUrl, undefined, '', [
        serviceUrl,
      ]),
      exp: maybe(now + 600, now - 200, now - 400, undefined, String(now + 600), 0, -1, 1e20),
      nbf: maybe(now - 60, now + 200, now + 400, undefined, String(now), null),
      iat: maybe(undefined, now + 9000, 'text'),
      ver: maybe(undefined, '1.0', '2.0', ''),
      azp: maybe(undefined, botId, 'other', ''),
      appid: maybe(undefined, botId, 'AnonymousSkill'),
    });
    const header = fc.record({
      alg: maybe('RS256', 'RS384'),
      typ: maybe('JWT', 'at+jwt', undefined),
      kid: maybe('teams', 'webchat', 'Teams', undefined),
    });
    const given = fc.record({
      channelId: maybe('msteams', 'MSTEAMS', 'webchat', 'emulator', 'AseChannel', '', undefined),
      serviceUrl: maybe(serviceUrl, `${serviceUrl}x`, attacker.serviceUrl, '', undefined),
    });
    const signer = maybe(key, webchatKey, strangersKey) as fc.Arbitrary<SigningKey>;
    let admissions = 0;
    await fc.assert(
      fc.asyncProperty(claims, header, given, signer, async (payload, protectedHeader, addressed, by) => {
        fc.pre(protectedHeader.alg === 'RS256');
        const authorization = `Bearer ${await signToken(by, payload, protectedHeader)}`;
        const asked = addressed as { channelId?: string; serviceUrl?: string };
        if ((await ours(authorization, asked)).kind === 'refused') return;
        admissions += 1;
        assert.equal((await theirs(authorization, asked)).kind, 'admitted');
      }),
      { numRuns: 500 },
    );
    assert.ok(admissions > 10, `${String(admissions)} were admitted`);
  });

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
    const authentication = sdk(floor.botId);
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
    assert.match(log, /the token was not accepted \(JWSSignatureVerificationFailed\)/);
    assert.ok(!log.includes('eyJ'));
    assert.ok(!log.includes(attacker.host));
  });

  for (const botId of ['', ' ']) {
    it(`refuses to start with the app id ${JSON.stringify(botId)}`, () => {
      assert.throws(() => own(botId), /BOT_ID/);
      assert.throws(() => sdk(botId), /BOT_ID/);
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
