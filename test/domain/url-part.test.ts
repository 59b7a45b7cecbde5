/** Whatever somebody else calls a thing, its name becomes one part of an address. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { urlPart } from '../../src/domain/url-part.ts';

describe('a part of an address', () => {
  it('is what it was, in percent signs', () => {
    assert.equal(urlPart('a/b?c#d é'), 'a%2Fb%3Fc%23d%20%C3%A9');
  });

  it('is one, too, where the text is half a pair of UTF-16', () => {
    assert.equal(urlPart('\ud83d'), '%EF%BF%BD');
  });

  it('does not lead up the path', () => {
    for (const dots of ['.', '..'])
      assert.equal(
        new URL(`https://graph.microsoft.com/v1.0/x/${urlPart(dots)}/y`).pathname,
        '/v1.0/x/%EF%BF%BD/y',
      );
  });

  it('stays one part, whatever the text is', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.stringMatching(/^[.%2eE\/\\?#]{1,4}$/),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const url = new URL(`https://graph.microsoft.com/v1.0/x/${urlPart(text)}/y`);
        assert.deepEqual([url.pathname.split('/').length, url.search, url.hash], [5, '', '']);
      }),
    );
  });
});
