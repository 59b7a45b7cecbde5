// The page about the ASVS has every requirement once, with the level it has, and only tests that are there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** All of levels 1 and 2, and what of level 3 was chosen: a number and a level a line. */
const wanted = read('test/security/asvs-ids.txt').trim().split('\n');
const page = read('docs/security/asvs.md');

interface Entry {
  readonly named: string;
  readonly verdict: string;
  readonly file: string | undefined;
  readonly title: string;
}

const entries = page
  .split(/\n(?=- |## )|\n\n/)
  .filter((text) => text.startsWith('- '))
  .map((text): Entry => {
    const line = text.replaceAll(/\s+/g, ' ').trim();
    const [, id = '', level = '', verdict = ''] =
      /^- \*\*([\d.]+)\*\* (L\d) .+?\. (Met: |Met, by no automated test: |Not applicable: |Not met: )\S/.exec(
        line,
      ) ?? [];
    const [, file, title = ''] = /`(test\/[^`]+)`: (.+)$/.exec(line) ?? [];
    return { named: `${id} ${level}`, verdict: verdict.trim(), file, title };
  });
const applicable = entries.filter(({ verdict }) => verdict !== 'Not applicable:');

describe('the page about the ASVS', () => {
  it('has every requirement once, in order, with its level and a verdict', () => {
    assert.deepEqual(
      entries.map(({ named }) => named),
      wanted,
    );
    assert.equal(wanted.length, 70 + 183 + 6);
  });

  it('names tests that are there', () => {
    const missing = entries
      .filter(({ verdict }) => verdict === 'Met:')
      .filter(
        ({ file = '', title }) =>
          !existsSync(path.join(root, file)) || title === '' || !read(file).includes(title),
      );
    assert.deepEqual(missing, []);
  });

  it('shows nine tenths of what is applicable by a test', () => {
    assert.ok(applicable.length > 150);
    assert.ok(applicable.filter(({ verdict }) => verdict === 'Met:').length >= 0.9 * applicable.length);
  });

  it('counts itself rightly', () => {
    const of = (...verdicts: readonly string[]): string =>
      String(entries.filter(({ verdict }) => verdicts.includes(verdict)).length);
    const said = page.replaceAll(/\s+/g, ' ');
    for (const words of [
      `${of('Not applicable:')} are not applicable`,
      `${of('Met:', 'Met, by no automated test:')} are met`,
      `${of('Met:')} of them shown by a test`,
      `${of('Not met:')} are not met`,
    ])
      assert.ok(said.includes(words), words);
  });
});
