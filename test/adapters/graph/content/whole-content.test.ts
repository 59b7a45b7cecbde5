/** What is released of a file, and when its end counts as known. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Framing } from '../../../../src/adapters/graph/content/whole-content.ts';
import { framingOf, heldBack, wholeContent } from '../../../../src/adapters/graph/content/whole-content.ts';

async function* piecesOf(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array, void> {
  await Promise.resolve();
  for (let from = 0, n = 0; from < bytes.length; n += 1) {
    const to = from + (sizes[n % sizes.length] ?? bytes.length);
    yield bytes.subarray(from, to);
    from = to;
  }
}

async function released(
  bytes: Uint8Array,
  framing: Framing,
  sizes: readonly number[],
): Promise<{ readonly bytes: Buffer; readonly broken: boolean }> {
  const got: Uint8Array[] = [];
  try {
    for await (const piece of wholeContent(piecesOf(bytes, sizes), framing)) got.push(piece);
  } catch {
    return { bytes: Buffer.concat(got), broken: true };
  }
  return { bytes: Buffer.concat(got), broken: false };
}

const file = Buffer.from('Title,"a ""b"""\n'.repeat(20_000));

describe('wholeContent', () => {
  it('T5 holds the end back until the declared length is reached, however the pieces fall', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 5 });
    const lengths = fc.integer({ min: 0, max: file.length });
    await fc.assert(
      fc.asyncProperty(lengths, sizes, fc.integer({ min: -1, max: 1 }), async (length, cutAt, wrong) => {
        const bytes = file.subarray(0, length);
        const usual = cutAt.map((size) => Math.max(size, 500));
        const got = await released(bytes, { kind: 'counted', bytes: length + wrong }, usual);
        // A declared length that is too short is taken at its word by fetch, but not by the CSV.
        const isInQuotes = bytes.toString().split('"').length % 2 === 0;
        const isWhole = wrong === 0 && !isInQuotes;
        assert.equal(got.broken, !isWhole);
        const most = isWhole ? length : Math.max(0, length - heldBack);
        assert.ok(got.bytes.equals(bytes.subarray(0, got.bytes.length)));
        assert.ok(got.bytes.length <= most);
        // Pieces are released whole: no more stays than would be too few without the first of them.
        assert.ok(isWhole ? got.bytes.length === most : got.bytes.length > most - Math.max(...usual));
      }),
      { numRuns: 60 },
    );
  });

  const endings: readonly (readonly [end: string, whole: boolean])[] = [
    ['Title\n', true],
    ['Title\r\n', true],
    ['Title\r', true],
    ['a,"b\nc"\n', true],
    ['a,5" wide\n', true],
    ['a\nb,c,d\n', true],
    ['Title', false],
    ['a,"b\n', false],
    ['a,"b""\n', false],
    ['a,"b"', false],
  ];
  for (const [end, whole] of endings)
    it(`T6 takes ${JSON.stringify(end)} for ${whole ? 'whole' : 'cut'} when only the CSV can tell`, async () => {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        const bytes = Buffer.from(`\ufeffHead\n${end}`, encoding);
        const got = await released(bytes, { kind: 'open' }, [3]);
        assert.deepEqual(got, whole ? { bytes, broken: false } : { bytes: Buffer.alloc(0), broken: true });
      }
    });

  it('knows from the headers how the end is recognised', () => {
    const kindOf = (headers: Record<string, string>, length?: number): string =>
      framingOf(new Headers(headers), length).kind;
    assert.equal(kindOf({}, 5), 'counted');
    assert.equal(kindOf({ 'transfer-encoding': 'chunked' }), 'chunked');
    assert.equal(kindOf({}), 'open');
    assert.equal(kindOf({ 'transfer-encoding': 'chunked', 'content-encoding': 'gzip' }), 'open');
  });
});
