import assert from 'node:assert/strict';
import { inChunks, peek } from '../../src/blocks/byte-streams.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text);

/** Pieces of a stream, which may break after them; tells whether it was given up. */
function given(pieces: readonly string[], broken?: Error) {
  const state = { isClosed: false };
  async function* stream(): AsyncGenerator<Uint8Array, void> {
    try {
      for (const piece of pieces) yield await Promise.resolve(bytesOf(piece));
      if (broken !== undefined) throw broken;
    } finally {
      state.isClosed = true;
    }
  }
  return { stream: stream(), state };
}

async function textsOf(stream: AsyncIterable<Uint8Array>, texts: string[] = []): Promise<readonly string[]> {
  for await (const piece of stream) texts.push(Buffer.from(piece).toString());
  return texts;
}

describe('peek', () => {
  for (const { pieces, head, isWhole } of [
    { pieces: ['ab', 'cd', 'ef'], head: 'abc', isWhole: false },
    { pieces: ['abc', 'd'], head: 'abc', isWhole: false },
    { pieces: ['ab'], head: 'ab', isWhole: true },
    { pieces: [], head: '', isWhole: true },
  ])
    it(`sees "${head}" of ${JSON.stringify(pieces)} and loses nothing`, async () => {
      const peeked = await peek(given(pieces).stream, 3);
      assert.deepEqual([Buffer.from(peeked.head).toString(), peeked.isWhole], [head, isWhole]);
      assert.deepEqual(await textsOf(peeked.all), pieces);
    });

  for (const bytes of [1, 3])
    it(`leaves a failure to whoever reads on, having looked at ${String(bytes)} bytes`, async () => {
      const { stream, state } = given(['ab'], new Error('broken'));
      const { head, isWhole, all } = await peek(stream, bytes);
      assert.deepEqual([Buffer.from(head).toString(), isWhole], ['ab'.slice(0, bytes), false]);
      const texts: string[] = [];
      await assert.rejects(textsOf(all, texts), /broken/);
      assert.deepEqual([texts, state.isClosed], [['ab'], true]);
    });

  it('gives the source up with what it gives', async () => {
    const { stream, state } = given(['ab', 'cd']);
    const { all } = await peek(stream, 1);
    for await (const _piece of all) break;
    assert.equal(state.isClosed, true);
  });
});

describe('inChunks', () => {
  for (const { pieces, chunks } of [
    { pieces: ['a', 'bcd', 'efghi', ''], chunks: ['abc', 'def', 'ghi'] },
    { pieces: ['abcdefg'], chunks: ['abc', 'def', 'g'] },
    { pieces: [''], chunks: [] },
  ])
    it(`cuts ${JSON.stringify(pieces)} into ${JSON.stringify(chunks)}`, async () => {
      assert.deepEqual(await textsOf(inChunks(given(pieces).stream, 3)), chunks);
    });

  it('copies, for a source that uses its buffer again', async () => {
    const buffer = Buffer.from('ab');
    async function* reusing(): AsyncGenerator<Uint8Array, void> {
      yield await Promise.resolve(buffer);
      buffer.write('cd');
      yield buffer;
    }
    assert.deepEqual(await textsOf(inChunks(reusing(), 4)), ['abcd']);
  });
});
