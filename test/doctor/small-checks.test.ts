/** What the doctor finds out without a running bot: clocks, certificates, hosts, and the app package that was uploaded. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { readConfig, type Config } from '../../src/config.ts';
import { checkClock } from '../../src/doctor/check-clock.ts';
import { checkExpiry } from '../../src/doctor/check-expiry.ts';
import { checkHosts } from '../../src/doctor/check-hosts.ts';
import { checkPackages } from '../../src/doctor/check-package.ts';
import { createLoopbackServer } from '../../src/sandbox/loopback/loopback-server.ts';
import { makeUntrustedCertificate } from '../adapters/graph/untrusted-certificate.ts';
import { testPort } from '../support/servers/test-port.ts';

const botId = '3f0c8a52-91d7-4e6b-8a3c-6e2b7d90f415';
const appId = 'b2e94d07-5a1f-4c38-9d60-18f7a3c5e26b';

function configWith(changes: Readonly<Record<string, string>> = {}): Config {
  const reading = readConfig({
    PUBLIC_URL: 'https://bot.example.com',
    BOT_ID: botId,
    BOT_TENANT_ID: appId,
    BOT_PASSWORD: 'made up',
    AAD_APP_CLIENT_ID: appId,
    AAD_APP_CLIENT_SECRET: 'made up',
    AAD_APP_ID_URI: `api://botid-${botId}`,
    ALLOWED_TENANTS: appId,
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    ...changes,
  });
  return reading.kind === 'config' ? reading.config : assert.fail(JSON.stringify(reading.mistakes));
}

describe("doctor's look at the clock", () => {
  const told = async (ahead: number | undefined) => {
    const date = ahead === undefined ? 'soon' : new Date(Date.now() - ahead * 1000).toUTCString();
    const server = createLoopbackServer({ handle: () => ({ status: 200, headers: { date }, body: {} }) });
    const { url } = await server.start();
    const [found] = await checkClock(configWith({ ENTRA_BASE_URL: url }));
    await server.stop();
    return found ?? assert.fail('nothing is said');
  };

  it('tells how far it is off, and from when on tokens are refused', async () => {
    assert.equal((await told(0)).state, 'ok');
    const fast = await told(120);
    assert.equal(fast.state, 'warning');
    assert.match(fast.says, /It is 1[12]\d s ahead of Entra ID’s\. From 300 s on/);
    const slow = await told(-4000);
    assert.equal(slow.state, 'wrong');
    assert.match(slow.says, /40\d\d s|3999 s/);
    assert.match(slow.says, /behind Entra ID’s: tokens are refused/);
  });

  it('does not know where no time is told', async () => {
    assert.equal((await told(undefined)).state, 'unchecked');
    const ENTRA_BASE_URL = `http://127.0.0.1:${String(await testPort())}`;
    assert.equal((await checkClock(configWith({ ENTRA_BASE_URL })))[0]?.state, 'unchecked');
  });
});

describe("doctor's look at files and hosts", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'doctor-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('tells until when a certificate is good, before and after', async () => {
    const file = path.join(folder, 'bot.pem');
    await writeFile(file, makeUntrustedCertificate().cert);
    const config = configWith({
      BOT_PASSWORD: '',
      BOT_CERTIFICATE_FILE: file,
      BOT_CERTIFICATE_KEY_FILE: file,
    });
    const unread = { kind: 'unread', why: 'nobody asked' } as const;
    const at = (day: string) => checkExpiry(config, { bot: unread, app: unread }, Date.parse(day))[0];
    assert.match(at('2026-01-01')?.says ?? '', /BOT_CERTIFICATE_FILE is good until 2049-12-31/);
    assert.match(at('2049-12-30')?.says ?? '', /expires on 2049-12-31, in 1 day\./);
    assert.equal(at('2049-12-30')?.state, 'warning');
    assert.equal(at('2050-01-01')?.state, 'wrong');
  });

  it('tries the hosts that are named, and says of patterns that they cannot be tried', async () => {
    const server = createLoopbackServer({ handle: () => ({ status: 404 }) });
    const here = new URL((await server.start()).url).host;
    const nobody = `127.0.0.1:${String(await testPort())}`;
    const found = await checkHosts(
      configWith({
        BOT_SERVICE_URL_HOSTS: here,
        FILE_HOSTS: '*.sharepoint.com,*.svc.ms',
        GRAPH_DOWNLOAD_HOSTS: `${here},${nobody}`,
      }),
    );
    await server.stop();
    assert.deepEqual(
      found.map(({ state, says }) => [state, says]),
      [
        ['ok', `BOT_SERVICE_URL_HOSTS: ${here} answers.`],
        [
          'unchecked',
          'FILE_HOSTS: which hosts of *.sharepoint.com, *.svc.ms are used shows only when they are.',
        ],
        ['wrong', `GRAPH_DOWNLOAD_HOSTS: ${nobody} does not answer.`],
      ],
    );
  });

  const manifest = {
    id: botId,
    developer: {
      privacyUrl: 'https://bot.example.com/privacy',
      termsOfUseUrl: 'https://bot.example.com/terms',
    },
    bots: [{ botId }],
    webApplicationInfo: { id: appId, resource: `api://botid-${botId}` },
    validDomains: ['bot.example.com'],
  };
  const packed = async (content: object): Promise<string> => {
    const file = path.join(folder, 'app.zip');
    await writeFile(file, zipSync({ 'manifest.json': Buffer.from(JSON.stringify(content)) }));
    return file;
  };
  const says = async (content: object): Promise<readonly string[]> =>
    (await checkPackages(configWith(), [await packed(content)])).map((one) => `${one.state} ${one.says}`);

  it('finds a package good that carries the ids and the domain', async () => {
    const good = ['ok app.zip carries the ids, addresses and domain of this configuration.'];
    assert.deepEqual(await says(manifest), good);
    assert.deepEqual(await says({ ...manifest, validDomains: ['*.example.com'] }), good);
  });

  it('names each field that another configuration filled', async () => {
    const other = '11111111-2222-3333-4444-555555555555';
    assert.deepEqual(
      await says({
        ...manifest,
        bots: [{ botId: other }],
        webApplicationInfo: { id: other, resource: `api://botid-${other}` },
        developer: { ...manifest.developer, privacyUrl: 'https://old.example.com/privacy' },
        validDomains: ['*.old.example.com', 'old.example.com'],
      }),
      [
        `wrong app.zip: bots[0].botId is ${other}, and BOT_ID ${botId}.`,
        `wrong app.zip: webApplicationInfo.id is ${other}, and AAD_APP_CLIENT_ID ${appId}.`,
        `wrong app.zip: webApplicationInfo.resource is api://botid-${other}, and AAD_APP_ID_URI api://botid-${botId}.`,
        'wrong app.zip: developer.privacyUrl is https://old.example.com/privacy, and PUBLIC_URL makes it https://bot.example.com/privacy.',
        'wrong app.zip: validDomains lacks bot.example.com, the host of PUBLIC_URL.',
      ],
    );
  });

  it('tells what is no package, and what a manifest lacks', async () => {
    const file = path.join(folder, 'bot.pem');
    assert.match(
      (await checkPackages(configWith(), [file]))[0]?.says ?? '',
      /is no zip with a manifest\.json/,
    );
    assert.deepEqual(await says({ ...manifest, validDomains: undefined }), [
      'wrong The manifest in app.zip lacks validDomains.',
    ]);
    assert.equal((await checkPackages(configWith(), []))[0]?.state, 'unchecked');
  });
});
