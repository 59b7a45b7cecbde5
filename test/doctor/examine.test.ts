/** The doctor at the whole running app: a good configuration, and each fault with its own words and remedy. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { checkGraph } from '../../src/doctor/check-services.ts';
import { examine } from '../../src/doctor/examine.ts';
import { reportText } from '../../src/doctor/report.ts';
import { createChannelAuthority } from '../../src/sandbox/chat/channel-keys.ts';
import { entraError } from '../../src/sandbox/entra/entra-errors.ts';
import { createLoopbackServer } from '../../src/sandbox/loopback/loopback-server.ts';
import { sandboxTenantId } from '../../src/sandbox/chat/people.ts';
import { everySource } from '../../src/sources/sources.ts';
import { makeUntrustedCertificate } from '../adapters/graph/untrusted-certificate.ts';
import { useDoctor, wrongs } from '../support/app/doctor-suite.ts';
import { testPort } from '../support/servers/test-port.ts';

describe('doctor', () => {
  const { world, look, onlyWrong, told } = useDoctor();

  it('finds nothing wrong with a good configuration, and says what it could not see', async () => {
    const examination = await look();
    assert.deepEqual(
      examination.findings.map(({ state, subject }) => `${state} ${subject.replace(sandboxTenantId, 'T')}`),
      [
        'ok Configuration',
        'warning Contact',
        'unchecked PUBLIC_URL',
        'ok PUBLIC_URL',
        'ok Messaging endpoint',
        'unchecked Database',
        'unchecked Encryption keys',
        'unchecked Teams channel',
        'ok Clock',
        'ok Tenant T',
        'ok Bot registration',
        'ok SSO/Graph registration in tenant T',
        'ok Application ID URI',
        'ok Bot credential’s expiry',
        'ok SSO/Graph credential’s expiry',
        'ok Sign-in audience',
        'ok Exposed scope',
        'ok Pre-authorised clients',
        'ok Redirect URI',
        'ok Redirect URI',
        'ok Bot Connector keys',
        'ok Microsoft Graph',
        'unchecked Export service',
        'unchecked Export service',
        'ok Hosts',
        'ok Hosts',
        'unchecked App package',
      ],
    );
    assert.match(
      reportText(examination),
      /Nothing is wrong\. 1 thing should be looked at\. 7 things could not be checked/,
    );
  });

  it('keeps no token, and leaves everybody signed in or out as they were', async () => {
    const before = world().entra.calls.length;
    await look();
    const grants = world()
      .entra.calls.slice(before)
      .map(({ about }) => about['grant']);
    assert.deepEqual(new Set(grants.filter((grant) => grant !== undefined)), new Set(['client']));
  });

  it('gives the values that the portals must hold', async () => {
    const text = reportText(await look());
    const appId = world().variables['AAD_APP_CLIENT_ID'] ?? '';
    for (const value of [
      `${world().publicUrl}/api/messages`,
      `${world().publicUrl}/auth/callback`,
      `${world().publicUrl}/auth/consented`,
      `${world().variables['AAD_APP_ID_URI'] ?? ''}/access_as_user`,
      '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
      'Goals-Export.ReadWrite.All',
      'Tasks.Read',
      'User.ReadBasic.All',
      'requestedAccessTokenVersion',
      `${world().entra.url()}/${sandboxTenantId}/adminconsent?client_id=${appId}`,
    ])
      assert.ok(text.includes(value), value);
  });

  it('tells which permissions an administrator must allow, and which people may allow by themselves', async () => {
    const { values } = await look();
    const permissions = values.filter(({ field }) => /Delegated permissions/.test(field));
    assert.deepEqual(
      permissions.map((one) => [/by themselves|must allow/.exec(one.field)?.[0], one.values]),
      [
        ['by themselves', ['Tasks.Read', 'User.ReadBasic.All']],
        ['must allow', ['Goals-Export.ReadWrite.All', 'Goals-Export.Read.All']],
      ],
    );
  });

  it('gives the very link with which an administrator lets go on what waits', async () => {
    const { values } = await look();
    const link = values.find(({ field }) => /^Link for an administrator/.test(field))?.values[0] ?? '';
    const landed = await fetch(`${link}&answer=accept`);
    assert.match(await landed.text(), /<h1>The app is allowed<\/h1>/);
  });

  it('tells every mistake of the configuration at once', async () => {
    const { findings, values } = await examine({ PORT: 'x', BOT_PASSWORD: 'canary' });
    const says = findings.map((finding) => finding.says).join('\n');
    for (const name of [
      'PORT',
      'PUBLIC_URL',
      'BOT_ID',
      'ALLOWED_TENANTS',
      'ENCRYPTION_KEYS',
      'AAD_APP_ID_URI',
    ])
      assert.match(says, new RegExp(`^${name} `, 'm'));
    assert.deepEqual(values, []);
    assert.match(reportText({ findings, values }), /\d things are wrong\. 1 thing could not/);
  });

  it('knows a tenant that Entra ID does not know', async () => {
    const tenant = randomUUID();
    world().entra.script({ match: { pathIncludes: tenant }, respond: entraError('tenantUnknown') });
    const found = wrongs(await look({ ALLOWED_TENANTS: `${sandboxTenantId},${tenant}` }));
    const unknown = found.find(({ subject }) => subject === `Tenant ${tenant}`);
    assert.match(unknown?.says ?? '', /no such tenant \(ALLOWED_TENANTS\)/);
    assert.match(unknown?.todo ?? '', /entra\.microsoft\.com → Overview/);
  });

  it('knows an issuer of another cloud', async () => {
    const body = { issuer: 'https://login.example/t/v2.0', jwks_uri: 'https://login.example/keys' };
    world().entra.script({ match: { op: 'metadata' }, respond: { status: 200, body } });
    await onlyWrong({}, /^Tenant/, /issued by https:\/\/login\.example/, /ENTRA_BASE_URL/);
  });

  it('notices redirect URIs that are not registered', async () => {
    const port = String(await testPort());
    const found = wrongs(await look({ PUBLIC_URL: `http://127.0.0.1:${port}` }));
    assert.deepEqual(
      found.map(({ says }) => says),
      ['callback', 'consented'].map((end) => `http://127.0.0.1:${port}/auth/${end} is not registered.`),
    );
    assert.match(found[0]?.todo ?? '', /Authentication → Web: add this redirect URI/);
  });

  it('asks to look oneself where Entra ID shows a page of its own', async () => {
    world().entra.script({ match: { op: 'authorize' }, respond: { status: 200, body: '<p>One moment</p>' } });
    world().graph.script({ match: { op: 'application' }, respond: { status: 403, body: {} } });
    const found = await told(/Redirect URI/);
    assert.equal(found.state, 'unchecked');
    assert.match(found.todo ?? '', /must be there exactly/);
  });

  it('tells a bot that does not run from another one behind the address', async () => {
    const port = await testPort();
    const closed = (await look({ PUBLIC_URL: `http://127.0.0.1:${String(port)}` })).findings;
    assert.ok(closed.some(({ state, todo }) => state === 'unchecked' && /npm start/.test(todo ?? '')));
    const other = createLoopbackServer({ handle: () => ({ status: 200, body: '<h1>Welcome</h1>' }) });
    const { url } = await other.start();
    const found = wrongs(await look({ PUBLIC_URL: url })).filter(({ subject }) => subject === 'PUBLIC_URL');
    await other.stop();
    assert.match(found[0]?.says ?? '', /Something else than the bot answers at .*\/healthz \(status 200\)/);
  });

  it('notices a proxy that keeps messages from the bot', async () => {
    const proxy = createLoopbackServer({
      handle: ({ path }) => (path === '/healthz' ? { status: 200, body: 'alive\n' } : { status: 404 }),
    });
    const { url } = await proxy.start();
    const found = wrongs(await look({ PUBLIC_URL: url })).find(({ subject }) => /endpoint/.test(subject));
    await proxy.stop();
    assert.match(found?.says ?? '', /answers 404 instead of 401/);
  });

  it('notices a certificate that nobody vouches for', async () => {
    const server = createServer(makeUntrustedCertificate(), (_request, response) => response.end('alive'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const found = wrongs(await look({ PUBLIC_URL: `https://localhost:${String(port)}` }));
    server.close();
    assert.match(found.find(({ subject }) => subject === 'PUBLIC_URL')?.says ?? '', /does not trust/);
  });

  it('notices keys that may not speak for Teams, and another issuer', async () => {
    const stranger = await createChannelAuthority({ endorsements: ['webchat'] });
    await stranger.start();
    const BOT_CHANNEL_OPENID_URL = stranger.openIdUrl();
    await onlyWrong({ BOT_CHANNEL_OPENID_URL }, /Connector keys/, /may speak for Teams/, /OPENID_URL/);
    const BOT_CHANNEL_ISSUER = 'https://another.example';
    await onlyWrong({ BOT_CHANNEL_ISSUER }, /Connector keys/, /calls itself/, /BOT_CHANNEL_ISSUER/);
    await stranger.stop();
    await onlyWrong({ BOT_CHANNEL_OPENID_URL }, /Connector keys/, /does not answer/, /firewall/);
  });

  it('explains a Graph that has no such service, with the date of its retirement', async () => {
    world().graph.script({
      match: { pathIncludes: 'employeeExperience' },
      respond: { status: 404, body: {} },
    });
    await onlyWrong({}, /Graph/, /retired Viva Goals on 31 December 2025/, /GRAPH_BASE_URL/);
  });

  it('says when Graph is out of reach, and when it answers oddly', async () => {
    const GRAPH_BASE_URL = `http://127.0.0.1:${String(await testPort())}/beta`;
    await onlyWrong({ GRAPH_BASE_URL }, /Graph/, /does not answer/, /GRAPH_BASE_URL/);
    world().graph.script({ match: {}, respond: { status: 500, body: 'x' } });
    assert.equal((await told(/Graph$/)).state, 'unchecked');
  });

  it('says that a version in GRAPH_BASE_URL, as earlier releases had it, is not needed any more', async () => {
    const { findings } = await look({ GRAPH_BASE_URL: `${world().graph.url()}/beta` });
    assert.deepEqual(wrongs({ findings, values: [] }), []);
    assert.match(findings.find(({ subject }) => subject === 'GRAPH_BASE_URL')?.says ?? '', /taken off/);
  });

  it('asks Graph for each source, and says once what is so of all', async () => {
    const garden = { name: 'gardens', fileName: 'Garden', scopes: [], bareHosts: [], graphPath: '/gardens' };
    const links = { readLink: () => ({ kind: 'elsewhere' }) as const };
    const said = async (baseUrl: string) => {
      const graph = { baseUrl, downloadHosts: [], maxDownloadMegabytes: 1 };
      const found = await checkGraph({ graph }, [...everySource, { ...garden, ...links }]);
      return found.map(({ says }) => says.replace(baseUrl, 'Graph').slice(0, 36));
    };
    const asking = createLoopbackServer({ handle: () => ({ status: 401 }) });
    await asking.start();
    const baseUrl = asking.url();
    assert.deepEqual(await said(baseUrl), [
      'Graph answers, and asks for a person',
      'Whether a tenant still has the servi',
      'Microsoft retired Viva Goals on 31 D',
    ]);
    await asking.stop();
    assert.equal((await said(baseUrl)).length, 1);
  });
});
