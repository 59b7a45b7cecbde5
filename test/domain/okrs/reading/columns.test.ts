import assert from 'node:assert/strict';
import { countKnownColumns, readColumns } from '../../../../src/domain/okrs/reading/columns.ts';

describe('the names of columns', () => {
  const blanks = [
    ' ',
    '\t',
    '\n',
    '\r',
    '\v',
    '\0',
    '\u00a0',
    '\u1680',
    '\u2003',
    '\u2028',
    '\u3000',
    '\ufeff',
  ];
  /** Between two words, and around them: one kind of blank alone shows what the others would hide. */
  const gaps = blanks.flatMap((blank) => [blank, blank.repeat(2), ` ${blank}`, `${blank} `]);
  const around = ['', ...gaps];

  for (const name of ['Title', 'Object Type', 'Last Check-in', 'Progress %'])
    it(`are known with whatever blanks, in whatever letters: ${name}`, () => {
      for (const gap of gaps)
        for (const edge of around) {
          const inner = name.replaceAll(' ', gap);
          for (const cell of [edge + inner, inner + edge, `${edge}${inner.toUpperCase()}${edge}`])
            assert.equal(countKnownColumns([cell]), 1, JSON.stringify(cell));
        }
    });

  it('are told in one line of those that are not known', () => {
    for (const word of ['x', 'Größe', 'Цель', '目標', 'Cost\u007f', '~!'])
      for (const gap of gaps)
        for (const edge of around) {
          const { others } = readColumns(['Title', `${edge}${word}${gap}${word}${edge}`]) ?? {};
          assert.deepEqual(others, [{ header: `${word} ${word}`, at: 1 }]);
        }
  });

  it('are no others that begin or end alike, nor texts', () => {
    const others = ['', ' ', 'Ids', 'the title', 'Titl\u00e9', 'ti tle', 'aligned', 'aligned towards (x)'];
    assert.equal(countKnownColumns([...others, `title${' '.repeat(100)}`]), 0);
    assert.equal(
      countKnownColumns(['Aligned To(weight, Id)', 'aligned  to (Id)', 'ALIGNED TO (', 'Title']),
      2,
    );
  });
});
