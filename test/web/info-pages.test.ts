import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { assetOf, type AssetName } from '../../src/web/asset-files.ts';
import { rawRequest } from './raw-request.ts';
import { useSite } from './run-web-server.ts';

const names: readonly AssetName[] = [
  'page.css',
  'copy-link.js',
  'sign-in-end.js',
  'export-card.js',
  'teams.js',
  'adaptivecards.js',
];

describe('info pages', () => {
  const site = useSite({
    about: {
      appName: 'Sample <Exports>',
      operatorName: 'Operator & Sons',
      operatorUrl: 'https://operator.example/?a=b&c="d"',
      retentionDays: 30,
      auditRetentionDays: 400,
    },
  });
  const read = async (path: string): Promise<string> => await (await fetch(site().url + path)).text();

  it('says what this is', async () => {
    assert.match(await read('/'), /<h1>Sample &lt;Exports&gt;<\/h1>[\s\S]*paste the link/);
  });

  it('says what is kept, for how long, and who to ask', async () => {
    const text = await read('/privacy');
    assert.match(text, /30\s+days/);
    assert.match(text, /400\s+days/);
    assert.ok(
      text.includes('<a href="https://operator.example/?a=b&amp;c=&quot;d&quot;">Operator &amp; Sons</a>'),
    );
    assert.match(text, /sign out/);
  });

  it('says how it is protected, and how everything is deleted', async () => {
    const text = await read('/privacy');
    assert.match(text, /delete my data/);
    assert.match(text, /How it is protected[^]*https[^]*AES-256/);
  });

  it('has a page for whoever needs help, which names whom to ask', async () => {
    const text = await read('/support');
    assert.match(text, /<b>help<\/b>|<strong>help<\/strong>/);
    assert.match(text, /href="https:\/\/operator\.example\/[^"]*">Operator &amp; Sons<\/a>/);
    assert.match(await read('/'), /href="\/support"/);
  });

  it('has terms', async () => {
    assert.match(await read('/terms'), /Terms of use[\s\S]*Operator &amp; Sons/);
  });

  for (const name of names) {
    it(`serves ${name}, for good, zipped to whoever can read that`, async () => {
      const { path, type, bytes } = assetOf(name);
      const response = await fetch(site().url + path);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), type);
      assert.equal(response.headers.get('content-encoding'), 'gzip');
      assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
      assert.ok(Buffer.from(await response.bytes()).equals(bytes));
      const plain = await rawRequest(
        site().port,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      assert.ok(Buffer.from(plain.body, 'latin1').equals(bytes));
      assert.ok(gunzipSync(assetOf(name).gzipped).equals(bytes));
    });
  }

  it("serves Microsoft's files as they are in their packages", () => {
    const teams = import.meta.resolve('@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js');
    assert.ok(assetOf('teams.js').bytes.equals(readFileSync(fileURLToPath(teams))));
  });

  it('serves no other file, and no other version', async () => {
    const { path } = assetOf('page.css');
    const others = [
      path.replace(/[0-9a-f]{16}/, '0123456789abcdef'),
      '/assets/',
      '/assets/page.css',
      '/assets/x/toString',
      '/assets/x/__proto__',
      `${path}/x`,
      '/assets/x/..%2f..%2fserver.ts',
      '/assets/x/server.ts',
      '/assets/../server.ts',
    ];
    for (const other of others) assert.equal((await fetch(site().url + other)).status, 404, other);
  });
});
