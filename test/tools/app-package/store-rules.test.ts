// What Microsoft's Teams store asks of the manifest: docs/store.md names each rule.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { readNaming } from '../../../src/bot/receive/read-naming.ts';
import { readScheduling } from '../../../src/bot/receive/schedules/read-scheduling.ts';
import { en } from '../../../src/words/en/en.ts';
import { iconProblems } from '../../../src/tools/app-package/build-app-package.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const command = z.object({
  title: z.string(),
  description: z.string(),
  type: z.string().optional(),
  prompt: z.string().optional(),
});
const manifest = z
  .object({
    manifestVersion: z.string(),
    developer: z.record(z.string(), z.string()),
    name: z.object({ short: z.string(), full: z.string() }),
    description: z.object({
      short: z.string(),
      full: z.string(),
      features: z.array(z.object({ title: z.string(), description: z.string() })),
    }),
    $schema: z.string(),
    bots: z.array(
      z.object({
        scopes: z.array(z.string()),
        commandLists: z.array(z.object({ scopes: z.array(z.string()), commands: z.array(command) })),
      }),
    ),
    validDomains: z.array(z.string()),
  })
  .parse(JSON.parse(readFileSync(path.join(root, 'appPackage', 'manifest.json'), 'utf8')));

describe('the manifest, by the rules of the store', () => {
  const commands = manifest.bots.flatMap(({ commandLists }) => commandLists.flatMap((one) => one.commands));

  it('is of a released schema', () => {
    assert.equal(manifest.manifestVersion, '1.29');
    const schema = 'https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json';
    assert.equal(manifest.$schema, schema, 'no preview');
  });

  it('describes every command, and begins some for people to write on', () => {
    assert.ok(commands.length > 0 && commands.every(({ description }) => description.trim() !== ''));
    const begun = commands.filter(({ type }) => type === 'prompt');
    assert.ok(begun.length > 0);
    for (const { title, prompt = '' } of begun) {
      const read = readNaming(en, prompt) ?? readScheduling(en, prompt);
      assert.ok(read !== undefined && prompt.startsWith(`${title} `), `“${prompt}” is understood`);
    }
  });

  it('lists each command once in each place where the bot is, and none with a special character', () => {
    for (const { scopes, commandLists } of manifest.bots) {
      assert.deepEqual(commandLists.flatMap((one) => one.scopes).sort(), [...scopes].sort());
      for (const list of commandLists) {
        const titles = list.commands.map(({ title }) => title);
        assert.equal(new Set(titles).size, titles.length);
        assert.ok(titles.every((title) => /^[a-z][a-z ]*$/.test(title)));
      }
    }
  });

  it('names features, within their lengths', () => {
    const { features } = manifest.description;
    assert.ok(features.length > 0 && features.length <= 3);
    for (const { title, description } of features)
      assert.ok(title.length <= 45 && description.length <= 120, title);
  });

  it('trusts the bot’s own host alone', () => {
    assert.deepEqual(manifest.validDomains, ['${{BOT_DOMAIN}}']);
  });

  it('has no product of somebody else’s, no feature of Teams, in its names', () => {
    const names = [manifest.name.short, manifest.name.full]
      .join(' ')
      .replaceAll('${{APP_NAME}}', 'OKR Export');
    const taken =
      /\b(Teams|Microsoft|Planner|Viva|Excel|Word|PowerPoint|OneDrive|SharePoint|OneNote|Azure|Chat|Contacts|Calendar|Calls|Files|Activity|Apps|Help)\b/i;
    assert.doesNotMatch(names, taken);
  });

  it('describes itself shortly: one sentence, no “app”, at most 500 words, what must be set up, and limits', () => {
    const { short, full } = manifest.description;
    assert.doesNotMatch(short, /\bapp\b/i);
    assert.match(short, /^[^.]+\.$/);
    assert.ok(full.split(/\s+/).length <= 500);
    assert.match(full, /administrator[^]*only for organisations/);
    assert.match(full, /\$\{\{PUBLIC_URL\}\}\/support/, 'where help is');
    const [named = 'Microsoft Teams'] = /(?:\S+ )?\bTeams\b/.exec(`${short} ${full}`) ?? [];
    assert.equal(named, 'Microsoft Teams', 'its whole name at first');
    assert.doesNotMatch(short, /OKR Export|APP_NAME/);
    assert.doesNotMatch(full, /\b(MS|MSFT|Office 365|certified|powered by|best|guaranteed)\b/i);
  });

  it('leads to pages on the operator’s own host', () => {
    assert.equal(manifest.developer['privacyUrl'], '${{PUBLIC_URL}}/privacy');
    assert.equal(manifest.developer['termsOfUseUrl'], '${{PUBLIC_URL}}/terms');
  });

  it('has icons of 192 and of 32 pixels', () => {
    const bytes = (name: string) => readFileSync(path.join(root, 'appPackage', name));
    assert.deepEqual(iconProblems('color.png', bytes('color.png'), 192), []);
    assert.deepEqual(iconProblems('outline.png', bytes('outline.png'), 32), []);
  });
});
