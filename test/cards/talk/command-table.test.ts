import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { commandNames, commands } from '../../../src/cards/talk/command-table.ts';

interface Manifest {
  readonly bots: readonly {
    readonly commandLists: readonly {
      readonly scopes: readonly string[];
      readonly commands: readonly { readonly title: string; readonly description: string }[];
    }[];
  }[];
}

const root = new URL('../../../', import.meta.url);
const lines = (listed: readonly { title: string; description: string | undefined }[]): readonly string[] =>
  listed
    .flatMap(({ title, description }) => (description === undefined ? [] : [`${title}: ${description}`]))
    .sort();

describe('the table of commands', () => {
  for (const scope of ['personal', 'team', 'groupChat'])
    it(`says what the app's manifest lists: ${scope}`, async () => {
      const file = await readFile(new URL('appPackage/manifest.json', root), 'utf8');
      const { bots } = JSON.parse(file) as Manifest;
      const lists = bots.flatMap(({ commandLists }) => commandLists);
      const listed = lists.filter(({ scopes }) => scopes.includes(scope)).flatMap((list) => list.commands);
      const said = commandNames.map((name) => ({
        title: commands[name].words[0],
        description: commands[name].listed[scope === 'personal' ? 'personal' : 'shared'],
      }));
      assert.deepEqual(lines(listed), lines(said));
    });

  it('has the words that the README names', async () => {
    const readme = await readFile(new URL('README.md', root), 'utf8');
    const [named = ''] = /(?<=The words it knows: ).+/.exec(readme) ?? [];
    const words = [...named.matchAll(/`([^`]+)`/g)].map(([, word]) => word);
    assert.deepEqual(words.sort(), commandNames.map((name) => commands[name].words[0]).sort());
  });

  it('reads no word as two commands', () => {
    const words = commandNames.flatMap((name) => [...commands[name].words, ...(commands[name].meant ?? [])]);
    assert.equal(new Set(words).size, words.length);
  });
});
