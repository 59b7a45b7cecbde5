/** Which row stands under which: by Id, by title, under the first of several parents; circles and orphans. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { orderAsTree, type TreeEntry } from '../../../../src/domain/okrs/summary/okr-tree.ts';

const entry = (
  title: string,
  { id, to = [], level = 'objective' }: Partial<TreeEntry> & { to?: TreeEntry['alignedTo'] } = {},
): TreeEntry => ({ title, level, alignedTo: to, ...(id === undefined ? {} : { id }) });

const drawn = (entries: readonly TreeEntry[]): readonly string[] =>
  orderAsTree(entries).map(({ index, depth }) => '·'.repeat(depth) + (entries[index]?.title ?? '?'));

describe('the tree of OKRs', () => {
  it('puts children under their parent by Id, in the order of the file', () => {
    const entries = [
      entry('Child B', { id: '3', to: [{ id: '1', title: 'Another spelling' }] }),
      entry('Root', { id: '1' }),
      entry('Grandchild', { id: '4', to: [{ id: '3', title: 'Child B' }] }),
      entry('Child A', { id: '2', to: [{ id: '1', title: 'Root' }] }),
    ];
    assert.deepEqual(drawn(entries), ['Root', '·Child B', '··Grandchild', '·Child A']);
  });

  it('goes by title when the alignment has no Id, and prefers an objective of that title', () => {
    const entries = [
      entry('Grow', { level: 'keyResult' }),
      entry('Grow'),
      entry('Sell more', { to: [{ title: 'Grow' }] }),
    ];
    assert.deepEqual(orderAsTree(entries), [
      { index: 0, depth: 0 },
      { index: 1, depth: 0 },
      { index: 2, depth: 1 },
    ]);
  });

  it('goes by title when the rows have no Ids though the alignments do', () => {
    const entries = [
      entry('Grow'),
      entry('Sell more', { to: [{ id: '1', title: 'Grow' }] }),
      entry('Call them', { to: [{ id: '2', title: 'Sell more' }] }),
    ];
    assert.deepEqual(drawn(entries), ['Grow', '·Sell more', '··Call them']);
  });

  it('finds a parent that is named by its Id alone', () => {
    const entries = [
      entry('Grow', { id: '1' }),
      entry('With an ending', { id: '2', to: [{ id: '1', title: '' }] }),
      entry('Bare', { id: '3', to: [{ title: '2' }] }),
      entry('Of a parent elsewhere', { id: '4', to: [{ id: '9', title: '' }] }),
    ];
    assert.deepEqual(drawn(entries), ['Grow', '·With an ending', '··Bare', 'Of a parent elsewhere']);
  });

  it('puts a row of several parents under the first that is in the file', () => {
    const to = [
      { id: '9', title: 'Elsewhere' },
      { id: '2', title: 'Two' },
      { id: '1', title: 'One' },
    ];
    const entries = [entry('One', { id: '1' }), entry('Two', { id: '2' }), entry('Shared', { to })];
    assert.deepEqual(drawn(entries), ['One', 'Two', '·Shared']);
  });

  it('makes a root of a row whose parent is elsewhere, whatever its title, and of one aligned to itself', () => {
    const entries = [
      entry('Two', { id: '2' }),
      entry('Orphan', { id: '7', to: [{ id: '99', title: 'Two' }] }),
      entry('Own parent', { id: '8', to: [{ id: '8', title: 'Own parent' }] }),
    ];
    assert.deepEqual(drawn(entries), ['Two', 'Orphan', 'Own parent']);
  });

  it('opens a circle at the row that comes first', () => {
    const entries = [
      entry('Hangs on it', { to: [{ title: 'C' }] }),
      entry('A', { to: [{ title: 'B' }] }),
      entry('B', { to: [{ title: 'C' }] }),
      entry('C', { to: [{ title: 'A' }] }),
    ];
    assert.deepEqual(drawn(entries), ['A', '·C', '··Hangs on it', '··B']);
  });

  it('holds every row once, under a parent that came before, whatever is aligned to what', () => {
    const alignments = fc.array(fc.nat(30), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(alignments, { maxLength: 30 }), (file) => {
        const entries = file.map((to, nth) =>
          entry(String(nth), { id: String(nth), to: to.map((id) => ({ id: String(id), title: '' })) }),
        );
        const places = orderAsTree(entries);
        assert.deepEqual(
          places.map(({ index }) => index).sort((a, b) => a - b),
          [...entries.keys()],
        );
        places.forEach(({ index, depth }, nth) => {
          const above = places.slice(0, nth).findLast((place) => place.depth < depth);
          assert.equal(above?.depth ?? -1, depth - 1);
          if (above !== undefined) assert.ok(file[index]?.includes(above.index));
        });
      }),
    );
  });

  it('takes a chain and a family as long as the file', () => {
    const chain = Array.from({ length: 50_000 }, (_, nth) =>
      entry(String(nth), { to: [{ title: String(nth + 1) }] }),
    );
    assert.equal(orderAsTree(chain).at(-1)?.depth, 49_999);
    const family = chain.map(({ title }) => entry(title, title === '0' ? {} : { to: [{ title: '0' }] }));
    assert.equal(orderAsTree(family).filter(({ depth }) => depth === 1).length, 49_999);
  });
});
