import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppManifestUtils, TeamsManifestConverter } from '@microsoft/app-manifest';
import { unzipSync } from 'fflate';

const root = path.join(import.meta.dirname, '..', '..');

const sample = {
  TEAMS_APP_ID: '0a4f6f9c-7b1d-4e0e-8c55-2f8d1f0b6a11',
  APP_NAME: 'Sample "Export"',
  DEVELOPER_NAME: 'Sample Developers',
  DEVELOPER_URL: 'https://support.example.org/help',
  PUBLIC_URL: 'https://sample.example.org:8443',
  BOT_ID: '5c2b1f7e-3a64-4d18-9d0f-7b6e4c3a2d10',
  AAD_APP_CLIENT_ID: '9e8d7c6b-5a49-4837-a615-243342516070',
  AAD_APP_ID_URI: 'api://botid-5c2b1f7e-3a64-4d18-9d0f-7b6e4c3a2d10',
};

interface Manifest {
  readonly version: string;
  readonly validDomains: readonly string[];
  readonly bots: readonly { readonly botId: string; readonly supportsFiles: boolean }[];
  readonly [key: string]: unknown;
}

describe('npm run package', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'app-package-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  const run = (args: readonly string[], env: Record<string, string>): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [path.join(root, 'src/tools/package.ts'), ...args], {
      env,
      encoding: 'utf8',
    });

  const unpack = (file: string): Record<string, Uint8Array> => unzipSync(readFileSync(file));

  const manifestIn = (files: Record<string, Uint8Array>): Manifest =>
    JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString()) as Manifest;

  it('writes a valid manifest and the icons at the root of a zip', async () => {
    const out = path.join(dir, 'deep', 'sample.zip');
    const { status, stderr } = run(['--env', 'dev', '--out', out], sample);
    assert.equal(status, 0, String(stderr));
    const files = unpack(out);
    assert.deepEqual(Object.keys(files).sort(), ['color.png', 'manifest.json', 'outline.png']);
    const color = readFileSync(path.join(root, 'appPackage', 'color.png'));
    assert.deepEqual(Buffer.from(files['color.png'] ?? []), color);
    const manifest = manifestIn(files);
    assert.doesNotMatch(JSON.stringify(manifest), /\$\{\{/);
    const teamsManifest = TeamsManifestConverter.jsonToManifest(JSON.stringify(manifest));
    assert.deepEqual(await AppManifestUtils.validateAgainstSchema(teamsManifest), []);
  });

  it('fills the manifest from the environment', () => {
    const out = path.join(dir, 'sample.zip');
    run(['--env', 'dev', '--out', out], sample);
    const manifest = manifestIn(unpack(out));
    assert.equal(manifest.id, sample.TEAMS_APP_ID);
    assert.deepEqual(manifest.validDomains, ['sample.example.org']);
    assert.equal(manifest.bots[0]?.botId, sample.BOT_ID);
    assert.equal(manifest.bots[0].supportsFiles, true);
    assert.deepEqual(manifest.webApplicationInfo, {
      id: sample.AAD_APP_CLIENT_ID,
      resource: sample.AAD_APP_ID_URI,
    });
    assert.deepEqual(manifest.developer, {
      name: sample.DEVELOPER_NAME,
      websiteUrl: sample.DEVELOPER_URL,
      privacyUrl: 'https://sample.example.org:8443/privacy',
      termsOfUseUrl: 'https://sample.example.org:8443/terms',
    });
    assert.equal((manifest.name as { short: string }).short, sample.APP_NAME);
  });

  it('works as it is, with made-up values, and gives the same bytes again', () => {
    const [one, two] = [path.join(dir, 'one.zip'), path.join(dir, 'two.zip')];
    assert.match(String(run(['--out', one], {}).stdout), /made-up ids/);
    const sample = /^const SAMPLE = '(\w+)';$/m.exec(
      readFileSync(path.join(root, 'src/tools/package.ts'), 'utf8'),
    )?.[1];
    // It is not of the bot that the doctor looks at.
    const doctor = readFileSync(path.join(root, 'src/tools/doctor.ts'), 'utf8');
    assert.ok(doctor.includes(`const sample = 'appPackage.${String(sample)}.zip';`));
    run(['--out', two], {});
    assert.deepEqual(readFileSync(one), readFileSync(two));
    const packageJson = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
    assert.equal(manifestIn(unpack(one)).version, packageJson.version);
  });

  it('writes nothing and names every variable when the values are missing', () => {
    const out = path.join(dir, 'none.zip');
    const { status, stderr } = run(['--env', 'dev', '--out', out], { BOT_ID: 'my-bot' });
    assert.equal(status, 1);
    for (const name of ['TEAMS_APP_ID', 'DEVELOPER_NAME', 'PUBLIC_URL', 'BOT_ID', 'AAD_APP_CLIENT_ID']) {
      assert.match(String(stderr), new RegExp(`- ${name} (is missing|must be)`));
    }
    assert.equal(existsSync(out), false);
  });

  it('says which env files there are', () => {
    const { status, stderr } = run(['--env', '../../etc'], {});
    assert.equal(status, 1);
    assert.match(String(stderr), /There is: dev, local, playground/);
  });
});
