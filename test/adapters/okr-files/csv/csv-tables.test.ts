import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvTables } from '../../../../src/adapters/okr-files/csv/csv-tables.ts';
import { inPieces, recordsOf } from '../pieces.ts';

const read = async (csv: string | Uint8Array, sizes?: readonly number[]) =>
  (await recordsOf(csvTables(inPieces(Buffer.from(csv), sizes))))[0];

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the records of a CSV', () => {
  const odd: readonly (readonly [name: string, csv: string | Uint8Array, records: readonly (readonly string[])[]])[] = [
    ['ragged rows', 'Title,A\nx\ny,1,2,3\n', [['Title', 'A'], ['x'], ['y', '1', '2', '3']]],
    ['newlines and semicolons in a note', 'Title,Note\nx,"a;\nb\r\nc"\n', [['Title', 'Note'], ['x', 'a;\nb\r\nc']]],
    ['mixed line ends', 'Title\r\na\rb\nc', [['Title'], ['a'], ['b'], ['c']]],
    ['doubled and stray quotes', 'Title\n"say ""so"""\n5" pipe\nsay "so"\n', [['Title'], ['say "so"'], ['5" pipe'], ['say "so"']]],
    ['text behind a closing quote', 'Title,A\n"x" y,1\n', [['Title', 'A'], ['"x" y', '1']]],
    ['blank lines', '\n\nTitle\n\n\nx\n\n', [['Title'], ['x']]],
    ['no line end at the end', 'Title,A\nx,1', [['Title', 'A'], ['x', '1']]],
    ['the mark of UTF-8', '\uFEFF"Title",A\nx,1\n', [['Title', 'A'], ['x', '1']]],
    ['UTF-16 with its mark', Buffer.from('\uFEFFTitle\tA\nü\t🚀\n', 'utf16le'), [['Title', 'A'], ['ü', '🚀']]],
    ['big-endian UTF-16 with its mark', utf16be('\uFEFFTitle,A\nü,🚀\n'), [['Title', 'A'], ['ü', '🚀']]],
    ['UTF-16 without a mark', Buffer.from('Title,A\nü,1\n', 'utf16le'), [['Title', 'A'], ['ü', '1']]],
    ['big-endian UTF-16 without a mark', utf16be('Title,A\nü,1\n'), [['Title', 'A'], ['ü', '1']]],
    ['Windows-1252', Buffer.from('Title,\x80\nJ\xfcrgen Gr\xf6\xdfe \x96 caf\xe9', 'latin1'), [['Title', '€'], ['Jürgen Größe – café']]],
    ['Windows-1252 with line ends of a Mac', Buffer.from('Title\rJ\xfcrgen\rcaf\xe9\r', 'latin1'), [['Title'], ['Jürgen'], ['café']]],
    ['UTF-8 with a broken byte', Buffer.from('Title\nJ\xc3\xbcrgen Gr\xc3\xb6\xc3\x9fe \xe9 au lait\n', 'latin1'), [['Title'], ['Jürgen Größe \uFFFD au lait']]],
    ['marked UTF-8 with a broken byte', Buffer.from('\xef\xbb\xbfTitle\ncaf\xe9 au lait\n', 'latin1'), [['Title'], ['caf\uFFFD au lait']]],
    ['UTF-8 that was damaged before', Buffer.from('Title\ncaf\uFFFD au lait\n'), [['Title'], ['caf\uFFFD au lait']]],
    ['UTF-8 without a mark', Buffer.from('Title\nJürgen 🚀\n'), [['Title'], ['Jürgen 🚀']]],
    ['UTF-16 without a mark that begins in Greek', Buffer.from('Στόχοι\nTitle,A\nü,1\n', 'utf16le'), [['Στόχοι'], ['Title', 'A'], ['ü', '1']]],
    ['a NUL in a note', 'Title,Note\nx,some text with a \0 inside\n', [['Title', 'Note'], ['x', 'some text with a \0 inside']]],
    ['semicolons between cells', 'Id;Title;Progress %\n1;a, b;2,5\n', [['Id', 'Title', 'Progress %'], ['1', 'a, b', '2,5']]],
    ['a line that names the separator', 'sep=;\r\nId;"Title"\r\n1;a\r\n', [['sep=', ''], ['Id', 'Title'], ['1', 'a']]],
    ['blanks around the quotes of a header with semicolons', ' "Id" ; "Title" ;"A"" b"\n1;x, y;z\n', [[' "Id" ', ' "Title" ', 'A" b'], ['1', 'x, y', 'z']]],
    ['no title at all', 'Name,A;B\nx,1;2\n', [['Name', 'A;B'], ['x', '1;2']]],
    ['only a title', 'title\nx\n', [['title'], ['x']]],
    ['nothing', '', []],
    ['a mark and nothing else', '\uFEFF', []],
  ]; // prettier-ignore
  for (const [name, csv, records] of odd) {
    it(`reads ${name}, whole or byte by byte`, async () => {
      assert.deepEqual(await read(csv), records);
      assert.deepEqual(await read(csv, [1]), records);
    });
  }

  const refused: readonly (readonly [name: string, file: string | Uint8Array, why: string])[] = [
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'notATable'],
    ['an archive', Buffer.from('PK\x03\x04rest'), 'archive'],
    ['a packed file', Buffer.from('1f8b0800', 'hex'), 'archive'],
    ['an empty archive', Buffer.from('PK\x05\x06'), 'archive'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'notATable'],
    ['a page', '\uFEFF<!DOCTYPE html><title>Sign in</title>', 'notATable'],
    ['data of another kind', '{"value": []}', 'notATable'],
    ['zero bytes', new Uint8Array(1_000), 'notATable'],
    ['a quote that never ends', 'Title,A\nx,"and so\non', 'damaged'],
    ['a record that never ends', `Title\n"${'x\n'.repeat(2_200_000)}"`, 'damaged'],
  ];
  for (const [name, file, why] of refused) {
    it(`refuses ${name} as ${why}`, async () => {
      await assert.rejects(read(file), { name: 'Unreadable', why });
    });
  }

  it('makes no error of a ragged row', async () => {
    const original = Reflect.get(Error, 'captureStackTrace');
    const made: object[] = [];
    Error.captureStackTrace = (error, from) => {
      made.push(error);
      original(error, from);
    };
    try {
      assert.deepEqual(await read('Title,A\nx\ny,1,2\n'), [['Title', 'A'], ['x'], ['y', '1', '2']]);
    } finally {
      Error.captureStackTrace = original;
    }
    assert.deepEqual(
      made.filter((error) => 'code' in error && String(error.code).startsWith('CSV_')),
      [],
    );
  });

  const gapsOf = async (pieces: AsyncIterable<Uint8Array>) => {
    const seen: string[] = [];
    let letters = '';
    for await (const { records, gaps } of csvTables(pieces)) {
      for await (const record of records) letters += record.join('').replace(/[ -~]/g, '').slice(0, 10);
      seen.push(...(gaps?.() ?? []).map(({ kind }) => kind));
    }
    return { seen, letters: letters.slice(-10) };
  };
  const row = (text: string, encoding: BufferEncoding): Buffer =>
    Buffer.from(`${text.padEnd(150, ' x')},1\n`.repeat(1_000), encoding);
  const head = Buffer.from('Title,A\n');
  const late: readonly (readonly [name: string, file: Buffer, found: Awaited<ReturnType<typeof gapsOf>>])[] = [
    ['one letter of Windows-1252 behind 6 MB of ASCII', Buffer.concat([head, ...Array.from({ length: 40 }, () => row('plain text of ASCII', 'ascii')), Buffer.from('J\xfcrgen,1\n', 'latin1')]), { seen: ['windows1252'], letters: 'ü' }],
    ['ASCII behind one letter of Windows-1252', Buffer.concat([head, Buffer.from('J\xfcrgen,1\n', 'latin1'), ...Array.from({ length: 40 }, () => row('plain text of ASCII', 'ascii'))]), { seen: ['windows1252'], letters: 'ü' }],
    ['a broken byte behind much UTF-8', Buffer.concat([head, ...Array.from({ length: 20 }, () => row('größer als hier', 'utf8')), Buffer.from('J\xfcrgen,1\n', 'latin1')]), { seen: [], letters: 'ßößößößöß\uFFFD' }],
    ['a broken byte before much UTF-8', Buffer.concat([head, Buffer.from('J\xfcrgen,1\n', 'latin1'), row('größer als hier', 'utf8')]), { seen: [], letters: 'ößößößößöß' }],
    ['much Windows-1252', Buffer.concat([head, row('gr\xf6\xdfer als hier \x80', 'latin1')]), { seen: ['windows1252'], letters: '€öß€öß€öß€' }],
    ['a last letter that is cut', Buffer.concat([head, Buffer.from('J\xfcrgen,caf\xe9', 'latin1')]), { seen: ['windows1252'], letters: 'üé' }],
  ]; // prettier-ignore
  for (const [name, file, found] of late)
    it(`tells by all that it has seen: ${name}`, async () => {
      assert.deepEqual(await gapsOf(inPieces(file, [65_536, 1])), found);
    });

  it('passes on the error of a source that breaks', async () => {
    const broken = new Error('cut');
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('Title\nx\n'.repeat(20_000));
      await Promise.resolve();
      throw broken;
    }
    await assert.rejects(recordsOf(csvTables(breaking())), broken);
  });

  it('reads back any ragged table, in any pieces and encoding', async () => {
    const letters = fc.constantFrom(
      'a',
      'ü',
      '🚀',
      '"',
      ',',
      ';',
      '\n',
      '\r',
      ' ',
      '\t',
      '=',
      '\u00a0',
      '\0',
      'मि',
    );
    const cell = fc.oneof(fc.string({ unit: letters, maxLength: 12 }), fc.constantFrom('', 'plain'));
    const row = fc.record({
      cells: fc.array(cell, { minLength: 1, maxLength: 8 }),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      alwaysQuoted: fc.boolean(),
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
    const encoding = fc.constantFrom('utf8', 'utf8 with a mark', 'utf16le', 'utf16be');
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), sizes, encoding, async (rows, pieceSizes, how) => {
        const header = 'Title,A column of plain text so that the head is text\n';
        const csv = rows.map(({ cells, end, alwaysQuoted }) => {
          return cells.map((text) => written(text, alwaysQuoted || cells.length === 1)).join(',') + end;
        });
        const bytes = encoded(header + csv.join(''), how);
        const records = await read(bytes, pieceSizes);
        assert.deepEqual(records?.slice(1), rows.map(({ cells }) => cells));
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1_000) },
    ); // prettier-ignore
  });
});

const written = (text: string, quoted: boolean): string =>
  quoted || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

function encoded(text: string, how: 'utf8' | 'utf8 with a mark' | 'utf16le' | 'utf16be'): Buffer {
  switch (how) {
    case 'utf8':
      return Buffer.from(text);
    case 'utf8 with a mark':
      return Buffer.from(`\uFEFF${text}`);
    case 'utf16le':
      return Buffer.from(`\uFEFF${text}`, 'utf16le');
    case 'utf16be':
      return utf16be(`\uFEFF${text}`);
  }
}
