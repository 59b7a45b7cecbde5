import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { buildAppPackage } from '../../../src/tools/app-package/build-app-package.ts';
import { localizeManifest } from '../../../src/tools/app-package/manifest-texts.ts';
import { en } from '../../../src/words/en/en.ts';
import type { Words } from '../../../src/words/words.ts';
import { lettersOutside } from '../../support/words/outside.ts';
import { pseudoLanguages } from '../../support/words/pseudo.ts';

const sourceDir = path.join(import.meta.dirname, '..', '..', '..', 'appPackage');
const template = readFileSync(path.join(sourceDir, 'manifest.json'), 'utf8');
const pseudo = pseudoLanguages.en;
/** Teams takes 80 and 120 characters, which the longer words of the pseudo-language pass. */
const fitting: Words = {
  ...pseudo,
  manifest: { ...pseudo.manifest, shortDescription: '⟦Öçr⟧', features: [{ title: '⟦Ä⟧', text: '⟦Ü⟧' }] },
};

describe('localizeManifest', () => {
  it('finds every text of the manifest as the words say it', () => {
    assert.deepEqual(localizeManifest(template, { en }), {
      manifest: JSON.parse(template) as unknown,
      languageFiles: {},
    });
  });

  it('says all that people read in another language, in a file that the manifest names', () => {
    const { manifest, languageFiles } = localizeManifest(template, { en, 'pt-br': pseudo });
    assert.deepEqual(manifest, {
      ...(JSON.parse(template) as object),
      localizationInfo: {
        defaultLanguageTag: 'en',
        additionalLanguages: [{ languageTag: 'pt-br', file: 'pt-br.json' }],
      },
    });
    const { $schema, ...texts } = languageFiles['pt-br.json'] as Record<string, string>;
    assert.match($schema ?? '', /v1\.\d+\/MicrosoftTeams\.Localization\.schema\.json$/);
    assert.deepEqual(
      Object.values(texts).flatMap((text) => lettersOutside(text, ['${{APP_NAME}}'])),
      [],
    );
    const read = /"(?:full|short|title|description|prompt)": "/g;
    assert.equal(Object.keys(texts).length, template.match(read)?.length);
    assert.equal(texts['bots[0].commandLists[0].commands[1].title'], pseudo.commands.list.word);
    const [personal, team] = [0, 1].map(
      (list) => texts[`bots[0].commandLists[${list}].commands[1].description`],
    );
    const { listed } = pseudo.commands.list;
    assert.deepEqual([personal, team], [listed.personal, listed.shared]);
  });
});

describe('the package in several languages', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'app-package-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  const build = (words: Words) => {
    const env = {
      TEAMS_APP_ID: '0a4f6f9c-7b1d-4e0e-8c55-2f8d1f0b6a11',
      APP_NAME: 'Sample "Export"',
      DEVELOPER_NAME: 'Sample Developers',
      PUBLIC_URL: 'https://sample.example.org',
      BOT_ID: '5c2b1f7e-3a64-4d18-9d0f-7b6e4c3a2d10',
      AAD_APP_CLIENT_ID: '9e8d7c6b-5a49-4837-a615-243342516070',
      AAD_APP_ID_URI: 'api://botid-5c2b1f7e-3a64-4d18-9d0f-7b6e4c3a2d10',
    };
    const outFile = path.join(dir, 'sample.zip');
    return buildAppPackage({ sourceDir, languages: { en, xx: words }, env, outFile });
  };

  it('has a valid file for each, with the name of the app', async () => {
    assert.deepEqual(await build(fitting), { kind: 'built' });
    const files = unzipSync(readFileSync(path.join(dir, 'sample.zip')));
    assert.deepEqual(Object.keys(files).sort(), ['color.png', 'manifest.json', 'outline.png', 'xx.json']);
    const texts = JSON.parse(Buffer.from(files['xx.json'] ?? []).toString()) as Record<string, string>;
    assert.equal(texts['name.short'], 'Sample "Export"');
    const said = pseudo.manifest.fullDescription('${{PUBLIC_URL}}/support');
    assert.equal(texts['description.full'], said.replace('${{PUBLIC_URL}}', 'https://sample.example.org'));
  });

  it('is not written with a text that is too long for Teams', async () => {
    const built = await build(pseudo);
    assert.ok(built.kind === 'problems');
    assert.match(built.problems.join('\n'), /^xx\.json: \/description\.short .*80 characters/);
  });
});
