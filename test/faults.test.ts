// Each of the 75 rows of the fault table has a test whose name starts with its id, and a link of the sandbox or a reason for none.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { faultView } from '../src/sandbox/faults/fault-link.ts';
import { faultLinks, notByLink } from '../src/sandbox/faults/fault-links.ts';
import { scenarios } from '../src/sandbox/graph/scenarios.ts';

const numbered = (letter: string, most: number): readonly string[] =>
  Array.from({ length: most }, (_, index) => `${letter}${String(index + 1)}`);

const rows: readonly string[] = [
  ...numbered('G', 24),
  ...numbered('T', 9),
  ...numbered('E', 9),
  ...numbered('C', 11),
  ...numbered('S', 5),
  ...numbered('P', 17),
];

/** The name of a test, or of a group of tests, as it is written in a source; a name put together at run time does not count. */
const titled = /\b(?:it|row|describe\w*)\(\s*(['"`])([GTECSP]\d{1,2}) /g;

const idsIn = (source: string): readonly string[] => [...source.matchAll(titled)].map(([, , id]) => id ?? '');

describe('the fault table', () => {
  it('has 75 rows', () => {
    assert.equal(rows.length, 75);
  });

  it('has a test for each row, and none for a row that is not there', () => {
    const folder = import.meta.dirname;
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      // The examples below are none.
      .filter((file) => file.endsWith('.test.ts') && file !== path.basename(import.meta.filename))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'));
    const tested = new Set(sources.flatMap(idsIn));
    assert.deepEqual(
      rows.filter((id) => !tested.has(id)),
      [],
      'rows without a test',
    );
    assert.deepEqual(
      [...tested].filter((id) => !rows.includes(id)),
      [],
      'tests of rows that are not there',
    );
  });

  it('sees names wherever they stand, and is not deceived', () => {
    assert.deepEqual(idsIn("it('G7 looks'); row(\n  'T5 fetches'); describeUseCase('S4 a process'"), [
      'G7',
      'T5',
      'S4',
    ]);
    assert.deepEqual(idsIn("it('looks, as G7 says'); const name = 'G7 a row'; // it(G7"), []);
  });

  it('has a link of the sandbox for each row, or says why there is none', () => {
    const told = [...faultLinks, ...notByLink].map(({ id }): string => id);
    assert.deepEqual(told.toSorted(), rows.toSorted(), 'each row once');
  });

  it('has links that are views of their own', () => {
    const views = faultLinks.map(({ id }) => faultView(id));
    const all = [...views, ...scenarios];
    assert.equal(new Set(all.map(({ explorerViewId }) => explorerViewId)).size, all.length);
    const short = views.map(({ shortId }) => shortId);
    assert.equal(new Set(short).size, short.length, 'cards tell them apart');
    assert.ok(views.every(({ explorerViewId, shortId }) => explorerViewId.startsWith(`${shortId}-`)));
  });
});
