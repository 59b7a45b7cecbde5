/** What a HYPERLINK formula shows, and what is none. */
import assert from 'node:assert/strict';
import { hyperlinkText } from '../../../../src/adapters/okr-files/table/text-table.ts';

describe('hyperlinkText', () => {
  const shown: readonly (readonly [cell: string, text: string | undefined])[] = [
    ['=HYPERLINK("https://goals.example/9","9000001")', '9000001'],
    ['=HYPERLINK("https://goals.example/9";"9000001")', '9000001'],
    ['=hyperlink( "https://goals.example/9" , 9000001 )', '9000001'],
    ["=HYPERLINK('https://goals.example/9','9000001')", '9000001'],
    ['=HYPERLINK(“https://goals.example/9”;“9000001”)', '9000001'],
    ['\'=HYPERLINK("https://goals.example/9","9000001")', '9000001'],
    ['=LIEN_HYPERTEXTE("https://goals.example/9";"9000001")', '9000001'],
    ['=HYPERLINK("https://goals.example/9","Say ""yes"" (twice)")', 'Say "yes" (twice)'],
    ['=HYPERLINK("https://goals.example/9")', 'https://goals.example/9'],
    ['=HYPERLINK("https://goals.example/9","")', ''],
    ['=HYPERLINK("https://goals.example/?x="&A1,"See the board")', undefined],
    ['=CONCAT("https://goals.example/9","9000001")', undefined],
    ['HYPERLINK("https://goals.example/9","9000001")', undefined],
    ['=HYPERLINK', undefined],
    ['= no formula', undefined],
    ['', undefined],
  ];
  for (const [cell, text] of shown) {
    it(`shows ${String(text)} for ${cell}`, () => assert.equal(hyperlinkText(cell), text));
  }

  it('is done with hostile cells of a megabyte', () => {
    hyperlinkText(`=HYPERLINK("${'""'.repeat(500_000)}`);
    hyperlinkText(`=HYPERLINK("${'a'.repeat(1_000_000)}`);
    hyperlinkText(`=HYPERLINK(${' '.repeat(1_000_000)}`);
    hyperlinkText(`=HYPERLINK("a"${' '.repeat(1_000_000)}x`);
    hyperlinkText(`'${'='.repeat(1_000_000)}`);
  });
});
