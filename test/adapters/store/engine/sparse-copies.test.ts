// A copy that leaves out what is empty is put back as a whole copy is.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { copySparsely } from '../../../../src/adapters/store/engine/sparse-copies.ts';

const size = 200_000;
/** What is written where. */
const writes = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(255)), { maxLength: 5 });

describe('a sparse copy', () => {
  let copyWhole: () => void;
  beforeEach(() => {
    copyWhole = copySparsely(size);
  });
  afterEach(() => {
    copyWhole();
  });

  it('gives back what was there, whatever was written before and after it', () => {
    fc.assert(
      fc.property(writes, writes, (before, after) => {
        const memory = new Uint8Array(size);
        for (const [at, value] of before) memory[at] = value;
        const was = Buffer.from(memory);
        const copy = memory.slice();
        for (const [at, value] of after) memory[at] = value;
        memory.set(copy);
        assert.ok(was.equals(memory));
      }),
      { numRuns: 30 },
    );
  });

  it('takes nothing for what is empty', () => {
    assert.equal(new Uint8Array(size).slice().length, 0);
  });

  it('leaves other copies alone', () => {
    const small = Uint8Array.of(1, 2, 3);
    assert.deepEqual(small.slice(), small);
    assert.equal(new Uint8Array(size).slice(1, 3).length, 2);
    const target = new Uint8Array(4);
    target.set(small.slice(1), 2);
    assert.deepEqual([...target], [0, 0, 2, 3]);
  });
});
