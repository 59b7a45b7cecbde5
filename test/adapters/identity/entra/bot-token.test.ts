/** The bot's own token: one request for many callers, by secret, certificate or identity, and plain words when it fails. */
import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { createBotToken, type BotTokenDeps } from '../../../../src/adapters/identity/entra/bot-token.ts';
import { createAskJson } from '../../../../src/blocks/http/ask-json.ts';
import { createEntraSimulator, type EntraSimulator } from '../../../../src/sandbox/entra/entra-simulator.ts';
import { entraOptions, ssoClientId } from '../../../support/servers/entra-client.ts';
import { sampleCertificate } from '../sample-certificate.ts';
import { sandboxTenantId } from '../identity-bench.ts';

describe('bot token', () => {
  const certificate = sampleCertificate();
  let entra: EntraSimulator;

  const botToken = (auth: BotTokenDeps['auth']): (() => Promise<string>) =>
    createBotToken({
      entraBaseUrl: entra.url(),
      tenantId: sandboxTenantId,
      appId: ssoClientId,
      auth,
      scope: 'https://api.botframework.com/.default',
      clock: { now: () => new Date() },
      askJson: createAskJson(),
    });
  const secret = { kind: 'secret', secret: 'a sandbox secret' } as const;
  const asked = (): number => entra.calls.filter(({ op }) => op === 'token').length;

  beforeEach(async () => {
    const clients = entraOptions.clients.map((client) => ({ ...client, certificate: certificate.pem }));
    entra = await createEntraSimulator({ ...entraOptions, clients });
    await entra.start();
  });
  afterEach(() => entra.stop());
  after(() => certificate.remove());

  it('asks once, for all who need it', async () => {
    const token = botToken(secret);
    const [first, ...others] = await Promise.all([token(), token(), token()]);
    assert.equal(decodeJwt(first).aud, 'https://api.botframework.com');
    assert.deepEqual(new Set([...others, await token()]), new Set([first]));
    assert.equal(asked(), 1);
  });

  it('asks again when its token ends within five minutes', async () => {
    entra.setAccessTokenSeconds(200);
    const token = botToken(secret);
    await token();
    entra.setAccessTokenSeconds(3_600);
    const second = await token();
    assert.equal(asked(), 2);
    assert.equal(await token(), second);
    assert.equal(asked(), 2);
  });

  it('proves itself with a certificate', async () => {
    const { certificateFile, keyFile } = certificate;
    const token = await botToken({ kind: 'certificate', certificateFile, keyFile })();
    assert.equal(decodeJwt(token)['appid'], ssoClientId);
  });

  it('is refused with somebody else’s certificate: what it signs is checked', async () => {
    const foreign = sampleCertificate();
    const { certificateFile, keyFile } = foreign;
    await assert.rejects(
      botToken({ kind: 'certificate', certificateFile, keyFile })(),
      /refuses the bot: check BOT_ID/,
    );
    foreign.remove();
  });

  it('names the files that it cannot read', () => {
    const auth = { kind: 'certificate', certificateFile: 'missing.pem', keyFile: 'missing.key' } as const;
    assert.throws(() => botToken(auth), /missing\.pem or its key missing\.key cannot be read/);
  });

  it('says whether it was refused or nobody answered, and tries again next time', async () => {
    await assert.rejects(botToken({ kind: 'secret', secret: 'wrong' })(), /refuses the bot: check BOT_ID/);
    const token = botToken(secret);
    entra.script({ match: { op: 'token' }, times: 1, respond: { status: 503, body: 'down' } });
    await assert.rejects(token(), /out of reach/);
    assert.equal(decodeJwt(await token())['appid'], ssoClientId);
  });
});
