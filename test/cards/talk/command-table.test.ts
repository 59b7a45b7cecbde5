import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import {
  commandNames,
  listedCommands,
  listedForAll,
  type CommandName,
} from '../../../src/cards/talk/command-table.ts';
import { present } from '../../../src/domain/present.ts';
import { en } from '../../../src/words/en/en.ts';
import { version } from '../../../src/app/version.ts';
import { languages } from '../../../src/words/words.ts';

interface Listed {
  readonly title: string;
  readonly description: string | undefined;
  readonly prompt?: string;
  readonly type?: string;
}

interface Manifest {
  readonly bots: readonly {
    readonly commandLists: readonly {
      readonly scopes: readonly string[];
      readonly commands: readonly Listed[];
    }[];
  }[];
}

const root = new URL('../../../', import.meta.url);
const lines = (listed: readonly Listed[]): readonly string[] =>
  listed
    .map(({ title, description, prompt, type }) => [title, description, prompt ?? '', type ?? ''].join(': '))
    .sort();
/** As many as Teams takes in one list. */
const maxListed = 12;

describe('the table of commands', () => {
  for (const scope of ['personal', 'team', 'groupChat'])
    it(`says what the app's manifest lists: ${scope}`, async () => {
      const file = await readFile(new URL('appPackage/manifest.json', root), 'utf8');
      const { bots } = JSON.parse(file) as Manifest;
      const lists = bots.flatMap(({ commandLists }) => commandLists);
      const listed = lists.filter(({ scopes }) => scopes.includes(scope)).flatMap((list) => list.commands);
      const promptOf = (name: CommandName): Pick<Listed, 'prompt'> => {
        const { prompt }: { readonly word: string; readonly prompt?: string } = en.commands[name];
        return present({ prompt });
      };
      const said = (scope === 'personal' ? listedCommands : listedForAll).map((name) => ({
        ...promptOf(name),
        ...(promptOf(name).prompt !== undefined && { type: 'prompt' }),
        title: en.commands[name].word,
        description: en.commands[name].listed[scope === 'personal' ? 'personal' : 'shared'],
      }));
      assert.deepEqual(lines(listed), lines(said));
      assert.ok(listed.length <= maxListed);
    });

  it('is of the version that the manifest and the package are', async () => {
    const versionIn = async (file: string): Promise<unknown> =>
      (JSON.parse(await readFile(new URL(file, root), 'utf8')) as { readonly version: unknown }).version;
    assert.deepEqual(
      [await versionIn('package.json'), await versionIn('appPackage/manifest.json')],
      [version, version],
    );
  });

  it('has the words that the README names', async () => {
    const readme = await readFile(new URL('README.md', root), 'utf8');
    const [named = ''] = /(?<=The words it knows: )[^.]+/.exec(readme) ?? [];
    const words = [...named.matchAll(/`([^`]+)`/g)].map(([, word]) => word);
    assert.deepEqual(words.sort(), commandNames.map((name) => en.commands[name].word).sort());
  });

  for (const [tag, { commands }] of Object.entries(languages))
    it(`reads no word as two commands: ${tag}`, () => {
      const words = commandNames.flatMap((name) => {
        const { word, synonyms, meant } = commands[name];
        return [word, ...synonyms, ...meant];
      });
      assert.equal(new Set(words).size, words.length);
    });
});
