import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxDataLength, plainText } from '../../../src/cards/blocks/untrusted-text.ts';

describe('plainText', () => {
  const shown: readonly (readonly [data: string, text: string])[] = [
    ['Robin Sample', 'Robin Sample'],
    ['Zoë Ünlü 山田 مثال', 'Zoë Ünlü 山田 مثال'],
    ['two\r\nlines\tand\u2028more', 'two lines and more'],
    ['  padded  ', 'padded'],
    ['gpj.\u202Eexe', 'gpj.exe'],
    ['\u2066isolated\u2069', 'isolated'],
    ['zero\u200Bwidth\uFEFF', 'zerowidth'],
    ['nul\u0000', 'nul'],
    ['blank\u2800\u3164', 'blank'],
    ['half\uD800', 'half'],
    ['a\u0301\u0301\u0301\u0301\u0301\u0301', 'a\u0301\u0301\u0301'],
    ['{{DATE(9999-99-99T00:00:00Z)}}', '{ {DATE(9999-99-99T00:00:00Z)} }'],
    ['', '–'],
    ['\u200B\u200B', '–'],
  ];
  for (const [data, text] of shown) {
    it(`shows ${JSON.stringify(data)} as ${JSON.stringify(text)}`, () => {
      assert.equal(plainText(data), text);
    });
  }

  it('says what it is told when nothing is left', () => {
    assert.equal(plainText(' \u200B ', 'somebody'), 'somebody');
  });

  it('cuts with an ellipsis, never through a character', () => {
    assert.equal(plainText('x'.repeat(200)), `${'x'.repeat(maxDataLength - 1)}…`);
    assert.equal(plainText('😀'.repeat(100)), `${'😀'.repeat(63)}…`);
    assert.equal(plainText('x'.repeat(maxDataLength)), 'x'.repeat(maxDataLength));
  });

  it('holds for any text: one short well-formed line without invisible or steering characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (data) => {
        const text = plainText(data);
        assert.ok(text.length > 0 && text.length <= maxDataLength && text.isWellFormed());
        assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\{\{|\}\}/u);
      }),
      { numRuns: 10_000 },
    );
  });
});
