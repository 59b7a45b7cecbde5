import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readNaming } from '../../../src/bot/receive/read-naming.ts';
import { en } from '../../../src/words/en/en.ts';
import type { Words } from '../../../src/words/words.ts';

describe('bot/read-naming', () => {
  const read: Readonly<Record<string, readonly [command: string, written: string] | undefined>> = {
    'save as Q3 sales': ['saveAs', 'Q3 sales'],
    'Save As: “Q3 sales”': ['saveAs', '“Q3 sales”'],
    'save it as Q3': ['saveAs', 'Q3'],
    'please save this as Q3': ['saveAs', 'Q3'],
    '“save as Q3 sales”': ['saveAs', 'Q3 sales'],
    '/save as Q3': ['saveAs', 'Q3'],
    'EXPORT Q3 SALES please': ['export', 'Q3 SALES'],
    'export "save as"': ['export', '"save as"'],
    'export export': ['export', 'export'],
    'export“Q3”': ['export', '“Q3”'],
    'forget the name Q3': ['forget', 'Q3'],
    'forget me not': ['forget', 'me not'],
    'forget İstanbul': ['forget', 'İstanbul'],
    export: undefined,
    'save as': undefined,
    'save as ': undefined,
    exports: undefined,
    'exporting things': undefined,
    'I would like to export Q3': undefined,
    'saves as Q3': undefined,
    '': undefined,
  };
  for (const [text, expected] of Object.entries(read))
    it(`reads ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, () => {
      const naming = readNaming(en, text);
      assert.deepEqual(naming && 'written' in naming ? [naming.command, naming.written] : naming, expected);
    });

  const renamings: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
    'rename Q3 to Q4': [['Q3', 'Q4']],
    'Rename "Q3" TO "Q4"': [['"Q3"', '"Q4"']],
    'rename İ İ to Q4': [['İ İ', 'Q4']],
    'rename A to B to C': [
      ['A to B', 'C'],
      ['A', 'B to C'],
    ],
    'rename Q3 -> Q4': [['Q3', 'Q4']],
    'rename Q3': [],
    'rename to Q4': [],
    'rename Q3 to': [],
  };
  for (const [text, ways] of Object.entries(renamings))
    it(`parts ${JSON.stringify(text)} in ${String(ways.length)} ways`, () => {
      const naming = readNaming(en, text);
      assert.ok(naming?.command === 'rename');
      assert.deepEqual(
        naming.ways.map(({ from, to }) => [from, to]),
        ways,
      );
    });

  const anyName = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map((name) => name.replace(/\s+/gu, ' ').trim())
    .filter((name) => /^[\p{L}\p{N}]/u.test(name) && !/(?:please|pls|[”"’'“‘»«›`])$/i.test(name));

  it('leaves a name of any letters as it was written', () => {
    const command = fc.constantFrom('save as', 'Save as', 'EXPORT', 'export', 'forget', 'Forget');
    fc.assert(
      fc.property(command, anyName, (said, name) => {
        const naming = readNaming(en, `${said} ${name}`);
        assert.ok(naming !== undefined && 'written' in naming);
        // “save as …”, “forget the name …”: the name may begin with words of the command.
        assert.ok(name.endsWith(naming.written), JSON.stringify([name, naming.written]));
        assert.ok(naming.written === name || /^the name /i.test(name));
      }),
      { numRuns: 1000 },
    );
  });

  it('finds both names of any letters among the ways', () => {
    fc.assert(
      fc.property(anyName, anyName, (from, to) => {
        const naming = readNaming(en, `rename ${from} to ${to}`);
        assert.ok(naming?.command === 'rename');
        assert.ok(naming.ways.some((way) => way.from === from && way.to === to));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads whatever people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        readNaming(en, text);
        readNaming(en, `rename ${text}`);
      }),
    );
  });

  it('is read in the language of whoever writes, and in English', () => {
    const { commands } = en;
    const other: Words = {
      ...en,
      commands: {
        ...commands,
        saveAs: { ...commands.saveAs, word: 'speichern als', opens: [] },
        rename: { ...commands.rename, word: 'umbenennen', between: ['in'] },
      },
    };
    assert.deepEqual(readNaming(other, 'Speichern als Q3'), { command: 'saveAs', written: 'Q3' });
    assert.deepEqual(readNaming(other, 'save as Q3'), { command: 'saveAs', written: 'Q3' });
    assert.deepEqual(readNaming(other, 'umbenennen Q3 in Q4'), {
      command: 'rename',
      ways: [{ from: 'Q3', to: 'Q4' }],
    });
    assert.equal(readNaming(en, 'speichern als Q3'), undefined);
  });
});
