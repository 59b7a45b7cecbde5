// Names that people give: any Unicode, one line, told apart by everything but case.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  maxNameLength,
  nameOf,
  namesNear,
  readName,
  sameName,
  type TargetName,
} from '../../../src/domain/exports/target-name.ts';
import { someTarget } from '../../support/samples/sample-exports.ts';

const nameIn = (written: string): string | undefined => {
  const reading = readName(written);
  return reading.kind === 'name' ? reading.name : undefined;
};
const givenName = (name: string, target = someTarget(), givenAt = new Date(0)): TargetName => ({
  id: name,
  name,
  target,
  givenAt,
});
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom('“', '”', '"', "'", ' ', 'a', 'İ', 'ß', 'ς', '\u200D', '🚀', '\n'),
    maxLength: 12,
  }),
);

describe('domain/target-name', () => {
  const read: Readonly<Record<string, string | undefined>> = {
    'Q3 sales': 'Q3 sales',
    '  Q3 \n sales\t': 'Q3 sales',
    '“Q3 sales”': 'Q3 sales',
    '"Q3 sales"': 'Q3 sales',
    '«Q3»': 'Q3',
    '„Q3“': 'Q3',
    "'Q3": "'Q3",
    '“A” and “B”': 'A” and “B',
    'Q3\u200B sales': 'Q3 sales',
    'Cafe\u0301': 'Café',
    '売上 第3四半期': '売上 第3四半期',
    'مبيعات الربع الثالث': 'مبيعات الربع الثالث',
    '🚀': '🚀',
    'R&D <b>': 'R&D <b>',
    '': undefined,
    '""': undefined,
    '…!': undefined,
    '\u200B': undefined,
  };
  for (const [written, name] of Object.entries(read))
    it(`reads ${JSON.stringify(written)} as ${JSON.stringify(name)}`, () => {
      assert.equal(nameIn(written), name);
    });

  it('takes so many characters, however many bytes they have, and no more', () => {
    for (const letter of ['a', 'é', '売', '🚀']) {
      assert.equal(nameIn(letter.repeat(maxNameLength)), letter.repeat(maxNameLength));
      assert.deepEqual(readName(letter.repeat(maxNameLength + 1)), { kind: 'noName', why: 'tooLong' });
    }
  });

  it('reads what it has read as the same', () => {
    fc.assert(
      fc.property(anyText, (written) => {
        const name = nameIn(written);
        fc.pre(name !== undefined);
        assert.ok(
          name.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]|^\s|\s$| {2}/u.test(name),
          JSON.stringify(name),
        );
        const again = nameIn(name);
        // Quotes within quotes are a name’s own, once those around it are gone.
        assert.ok(again === name || name.includes(again ?? '?'), JSON.stringify([name, again]));
      }),
      { numRuns: 2000 },
    );
  });

  it('knows a name in any case', () => {
    fc.assert(
      fc.property(anyText, (written) => {
        const name = nameIn(written);
        fc.pre(name !== undefined);
        for (const other of [name, name.toUpperCase(), name.toLowerCase(), name.normalize('NFD')])
          assert.ok(sameName(name, other), JSON.stringify([name, other]));
      }),
      { numRuns: 2000 },
    );
  });

  it('tells apart what differs in more than case', () => {
    const different: readonly (readonly [string, string])[] = [
      ['Q3 sales', 'Q3sales'],
      ['Q3', 'Q4'],
      ['🚀', '🎉'],
      ['resume', 'résumé'],
      ['R&D', 'RD'],
      ['a-b', 'a b'],
    ];
    for (const [a, b] of different) assert.ok(!sameName(a, b), `${a} and ${b}`);
  });

  it('calls a target by its newest name', () => {
    const [target, other] = [someTarget(), someTarget()];
    const names = [givenName('elsewhere', other), givenName('newer', target), givenName('older', target)];
    assert.equal(nameOf(names, target), 'newer');
    assert.equal(nameOf(names, someTarget()), undefined);
  });

  it('does not take a short name for what is inside of other words', () => {
    assert.deepEqual(namesNear([givenName('a'), givenName('Q3')], 'a plan of marketing, please'), []);
    assert.deepEqual(namesNear([givenName('Marketing')], 'a'), []);
  });

  describe('near', () => {
    const names = ['Q3 sales', 'Q4 sales', 'Marketing', 'Übersicht', '売上'].map((name) => givenName(name));
    const near: Readonly<Record<string, readonly string[]>> = {
      'q3 slaes': ['Q3 sales'],
      'Q3 sale': ['Q3 sales', 'Q4 sales'],
      marketng: ['Marketing'],
      sales: ['Q3 sales', 'Q4 sales'],
      'Q3 sales of the north': ['Q3 sales'],
      ubersicht: ['Übersicht'],
      banana: [],
    };
    for (const [written, expected] of Object.entries(near))
      it(`${JSON.stringify(written)} is ${expected.join(', ') || 'nothing'}`, () => {
        assert.deepEqual(
          namesNear(names, written).map(({ name }) => name),
          expected,
        );
      });

    it('a letter is one letter, also one that is several in capitals, or a pair of UTF-16', () => {
      for (const name of ['abﬃc', 'abǰc', 'abßc', 'abİc', 'abΐc'])
        assert.deepEqual(
          namesNear([givenName(name)], 'abc').map((one) => one.name),
          [name],
        );
      assert.equal(namesNear([givenName('🚀')], '').length, 1);
    });

    it('any name is one letter away from it, whatever the letter', () => {
      fc.assert(
        fc.property(
          fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }),
          fc.nat(),
          (written, where) => {
            const name = nameIn(written);
            fc.pre(name !== undefined);
            const letters = Array.from(name);
            const mistyped = letters.toSpliced(where % letters.length, 1).join('');
            assert.deepEqual(
              namesNear([givenName(name)], mistyped).map((one) => one.name),
              [name],
            );
          },
        ),
      );
    });
  });
});
