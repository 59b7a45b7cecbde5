import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { variableNames } from '../src/config.ts';
import { planFaults } from '../src/sandbox/faults/plan-faults.ts';

const root = path.join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const pages = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => path.posix.join('docs', file));
const documents = ['README.md', '.github/CONTRIBUTING.md', '.github/SECURITY.md', ...pages];

const maxReadmeBytes = 10_500;
const maxTableLine = 140;

/** Relative targets of Markdown links and of pictures, without their fragments. */
const targetsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)]
    .map(([, link, picture]) => (link ?? picture ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));

/** Files by their whole path, such as `src/config.ts`, and folders, which may begin below `src/`. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:src|test|docs|\.ci|\.config|\.github)\/[\w./-]*|[\w.][\w./-]*\/)`/g)].map(
    ([, named]) => named ?? '',
  );

const foldersBelow = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(path.join(root, folder), path.join(entry.parentPath, entry.name)));

describe('the documents', () => {
  it('begin with a README that is read in one go', () => {
    assert.ok(Buffer.byteLength(textOf('README.md')) <= maxReadmeBytes);
  });

  it('tell every fault of Planner as the sandbox does', () => {
    const told = textOf('docs/planner-faults.md').replaceAll(/\s+/g, ' ');
    const untold = planFaults.filter(({ id, what, see }) => !told.includes(`**${id}**: ${what} ${see}`));
    assert.deepEqual(untold, []);
  });

  it('have tables that are readable raw', () => {
    const wide = documents.flatMap((file) =>
      textOf(file)
        .split('\n')
        .filter((line) => line.startsWith('|') && line.length > maxTableLine)
        .map((line) => `${file}: ${line.slice(0, 60)}`),
    );
    assert.deepEqual(wide, []);
  });

  it('lead to files that exist', () => {
    const dead = documents.flatMap((file) =>
      targetsIn(textOf(file))
        .filter((target) => !existsSync(path.join(root, path.dirname(file), target)))
        .map((target) => `${file} → ${target}`),
    );
    assert.deepEqual(dead, []);
  });

  it('name only files and folders that exist', () => {
    const missing = documents.flatMap((file) =>
      pathsIn(textOf(file))
        .filter((named) => ![root, path.join(root, 'src')].some((at) => existsSync(path.join(at, named))))
        .map((named) => `${file}: ${named}`),
    );
    assert.deepEqual(missing, []);
  });

  it('name every folder of src/', () => {
    const text = textOf('.github/CONTRIBUTING.md');
    const unnamed = foldersBelow('src').filter((folder) => !text.includes(`\`${folder}/\``));
    assert.deepEqual(unnamed, []);
  });

  it('describe every variable', () => {
    const text = textOf('docs/configuration.md');
    assert.deepEqual(
      variableNames.filter((name) => !text.includes(`\`${name}\``)),
      [],
    );
  });
});
