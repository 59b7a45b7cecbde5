import assert from 'node:assert/strict';
import { en } from '../../src/words/en/en.ts';
import { lettersOutside, sentencesOutside } from '../support/words/outside.ts';
import { pseudoLanguages } from '../support/words/pseudo.ts';
import { createWordsFor, keptForWords, wordsOfSource } from '../../src/words/words.ts';

describe('wordsFor', () => {
  const [de, brazilian] = ['de', 'pt-BR'].map((tag) => ({ ...en, tag }));
  assert.ok(de && brazilian);
  const wordsFor = createWordsFor({ en, de, 'pt-br': brazilian });
  const finds: readonly (readonly [locales: readonly (string | undefined)[], tag: string])[] = [
    [['de'], 'de'],
    [['de-AT'], 'de'],
    [['DE-at'], 'de'],
    [['pt-BR'], 'pt-BR'],
    [['pt-PT'], 'en'],
    [['pt'], 'en'],
    [['xx', undefined, 'de'], 'de'],
    [['en-US', 'de'], 'en'],
    [[], 'en'],
    [[undefined, '', '*', 'constructor', '__proto__'], 'en'],
  ];
  for (const [locales, tag] of finds) {
    it(`speaks ${tag} for ${locales.join(', ') || 'nobody'}`, () => {
      assert.equal(wordsFor(...locales).tag, tag);
    });
  }
});

describe('what is kept for words', () => {
  it('is made once for each language', () => {
    const made: string[] = [];
    const lengthOf = keptForWords(({ tag }) => made.push(tag));
    const de = { ...en, tag: 'de' };
    assert.deepEqual([en, de, en, de].map(lengthOf), [1, 2, 1, 2]);
    assert.deepEqual(made, ['en', 'de']);
  });
});

describe('the words of a source', () => {
  it('are its own, and neutral ones where it has none', () => {
    assert.equal(wordsOfSource(en, { source: 'goals' }).target.open('4444'), 'Open view 4444');
    for (const source of ['gardens', 'constructor', '__proto__'])
      assert.equal(wordsOfSource(en, { source }).target.exportOf('plot 12'), 'Export of plot 12');
  });

  it('name nothing of one source where they are neutral', () => {
    assert.doesNotMatch(JSON.stringify(en.sources.other), /view|explorer|viva|goals/i);
  });
});

describe('the pseudo-language', () => {
  const words = createWordsFor(pseudoLanguages)('en-GB');
  const size = words.amounts.fileSize(1_500_000);

  it('answers whoever asks for English', () => {
    assert.equal(words.tag, 'en-x-pseudo');
    assert.match(size, /^⟦\u200F1\.5 MB~+⟧$/);
  });

  it('finds what is said in no language', () => {
    assert.deepEqual(lettersOutside(`${size} of ⟦a ⟦b⟧ c⟧ 12 % Robin’s file`, ['file']), ['of', 'Robin’s']);
    const card = {
      type: 'AdaptiveCard',
      body: [
        { type: 'TextBlock', text: `${size}, {{TIME(2026-01-02T03:04:05Z)}}`, color: 'Good' },
        { type: 'FactSet', facts: [{ title: 'Size', value: size }] },
      ],
      actions: [{ type: 'Action.Execute', title: 'Stop', data: { text: 'kept' } }],
    };
    assert.deepEqual(sentencesOutside(card), ['Size', 'Stop']);
  });
});
