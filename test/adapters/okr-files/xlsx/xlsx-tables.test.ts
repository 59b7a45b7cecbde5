import assert from 'node:assert/strict';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { createKeptTexts } from '../../../../src/adapters/okr-files/xlsx/shared-texts.ts';
import { xlsxTables } from '../../../../src/adapters/okr-files/xlsx/xlsx-tables.ts';
import { inPieces, recordsOf } from '../pieces.ts';
import { claiming, inlineRow, markedEncrypted, workbookOf, type WorkbookOptions } from '../workbooks.ts';

const mb = 1024 * 1024;
const readFile = (file: Buffer, maxUnpackedBytes = 10 * mb) =>
  recordsOf(xlsxTables(inPieces(file), { maxUnpackedBytes }));
const read = (options: WorkbookOptions) => readFile(workbookOf(options));

describe('the sheets of a workbook', () => {
  it('read shared, rich, inline and formula texts', async () => {
    const [records] = await read({
      sharedStrings:
        '<si><t>Title</t></si><si><r><t xml:space="preserve">Grow </t></r><r><t>&lt;trials&gt;</t></r><rPh><t>hint</t></rPh></si>' +
        '<si><t>two_x000D_\nlines _x005F_x0041_</t></si>',
      sheets: [
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>In</t></is></c></row>' +
          '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c><c r="C2" t="s"><v/></c></row>' +
          '<row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" t="e"><v>#N/A</v></c><c r="C4" t="str"><f>A1&amp;"x"</f><v>Titlex</v></c></row>',
      ],
    });
    assert.deepEqual(records, [
      ['Title', '', 'In'],
      ['Grow <trials>', 'two\r\nlines _x0041_'],
      ['TRUE', '#N/A', 'Titlex'],
    ]);
  });

  it('read what a link shows, whether or not a spreadsheet has saved it', async () => {
    const [records] = await read({
      sheets: [
        '<row><c><f>HYPERLINK("https://goals.microsoft.com/x","4101")</f><v>4101</v></c>' +
          '<c t="str"><f>HYPERLINK("https://goals.microsoft.com/x","a ""b""")</f></c>' +
          '<c><f>HYPERLINK("https://goals.microsoft.com/x", 4102)</f></c><c><f>SUM(A1:A2)</f></c></row>',
      ],
    });
    assert.deepEqual(records, [['4101', 'a "b"', '4102', '=SUM(A1:A2)']]);
  });

  it('keep a formula that nobody has worked out apart from an empty cell', async () => {
    const [records] = await read({
      sheets: [
        '<row><c><f>T2*1</f><v/></c><c t="str"><f>IF(A1,"","")</f><v></v></c><c><f t="shared" si="0"/></c>' +
          '<c t="str"><f>A1</f></c><c><v/></c><c><f>A1</f><v>3</v></c></row>',
      ],
    });
    assert.deepEqual(records, [['=T2*1', '', '=', '=A1', '', '3']]);
  });

  it('read days, times and percentages by their format', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="0.0&quot;d&quot;%"/>' +
      '<numFmt numFmtId="166" formatCode="[Red]#,##0.00_);&quot;years&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>';
    const row = (value: string): string =>
      `<row>${[0, 1, 2, 3, 4, 5].map((style) => `<c s="${style}"><v>${value}</v></c>`).join('')}</row>`;
    const sheets = [row('45747') + row('45747.608564814815') + row('0.1428571') + row('1.5E3')];
    assert.deepEqual((await read({ styles, sheets }))[0], [
      ['45747', '2025-03-31', '2025-03-31', '4574700%', '4574700%', '45747'],
      ['45747.608564814815', '2025-03-31 14:36:20 UTC', '2025-03-31 14:36:20 UTC', '4574760.85648148%', '4574760.85648148%', '45747.608564814815'],
      ['0.1428571', '0.1428571', '0.1428571', '14.28571%', '14.28571%', '0.1428571'],
      ['1500', '1904-02-08', '1904-02-08', '150000%', '150000%', '1500'],
    ]); // prettier-ignore
    const [in1904] = await read({ styles, sheets: [row('44285')], is1904: true });
    assert.equal(in1904?.[0]?.[1], '2025-03-31');
  });

  it('come in the order of the tabs, prefixed or not', async () => {
    const sheets = [inlineRow('one'), '<x:row xmlns:x="y"><x:c t="inlineStr"><x:is><x:t>two</x:t></x:is></x:c></x:row>'];
    assert.deepEqual(await read({ sheets }), [[['one']], [['two']]]);
  }); // prettier-ignore

  it('keep cells far to the right out, and take any number of rows', async () => {
    const far = '<row><c r="XFD1"><v>1</v></c><c r="B1"><v>2</v></c></row>';
    assert.deepEqual(await read({ sheets: [far + inlineRow('x').repeat(3_000)] }), [
      [['', '2'], ...Array.from({ length: 3_000 }, () => ['x'])],
    ]);
  });

  it('give back any text', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ü', '🚀', '<', '&', '"', '\n', '\r', ' ', '_x0041_', ']]>', '=') });
    const rows = fc.array(fc.array(text.filter((one) => one !== ''), { minLength: 1, maxLength: 5 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        assert.deepEqual(await read({ sheets: [table.map((row) => inlineRow(...row)).join('')] }), [table]);
      }),
      { numRuns: 300 },
    );
  }); // prettier-ignore
});

describe('the parts of a workbook', () => {
  const usual = {
    sheets: ['<row><c t="s"><v>0</v></c><c s="1"><v>0.27</v></c></row>'],
    sharedStrings: '<si><t>Title</t></si>',
    styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>',
  };
  /** The same workbook with other names for its parts, or other words inside. */
  const changed = (change: (name: string, text: string) => readonly [string, string] | undefined): Buffer => {
    const parts = Object.entries(unzipSync(workbookOf(usual)))
      .map(([name, bytes]) => change(name, strFromU8(bytes)))
      .filter((part) => part !== undefined)
      .map(([name, text]) => [name, strToU8(text)] as const);
    return Buffer.from(zipSync(Object.fromEntries(parts)));
  };
  const within = (part: string, was: string, is: string): Buffer =>
    changed((name, text) => [name, name === part ? text.replace(was, is) : text]);
  const without = (part: string): Buffer =>
    changed((name, text) => (name === part ? undefined : [name, text]));
  const workbookRelations = 'xl/_rels/workbook.xml.rels';

  const found: readonly (readonly [name: string, file: Buffer])[] = [
    ['in other case', changed((name, text) => [name.toUpperCase(), text])],
    ['behind relations in other case', within(workbookRelations, 'sharedStrings.xml', 'SHAREDSTRINGS.XML')],
    ['behind relations to the root', within(workbookRelations, 'styles.xml', '/XL/styles.xml')],
    ['behind relations with backslashes', within(workbookRelations, 'worksheets/sheet1', '\\xl\\worksheets\\sheet1')],
    ['in folders written with backslashes', changed((name, text) => [name.replaceAll('/', '\\'), text])],
    ['behind percent-encoded relations', within(workbookRelations, 'sharedStrings.xml', 'shared%53trings.xml')],
    ['under a percent-encoded name', changed((name, text) => [name.replace('sheet1', 'sheet%31'), text])],
    ['behind relations with steps up', within(workbookRelations, 'styles.xml', '../xl/./styles.xml')],
    ['without a relation to the workbook', without('_rels/.rels')],
  ]; // prettier-ignore
  for (const [name, file] of found)
    it(`are found ${name}`, async () => {
      assert.deepEqual(await readFile(file), [[['Title', '27%']]]);
    });

  const missing: readonly (readonly [name: string, file: Buffer])[] = [
    ['the styles', without('xl/styles.xml')],
    ['the relation to the styles', within(workbookRelations, '/styles"', '/theme"')],
    ['a style', within('xl/worksheets/sheet1.xml', 's="1"', 's="2"')],
    ['the shared texts', without('xl/sharedStrings.xml')],
    ['the relation to the shared texts', within(workbookRelations, '/sharedStrings"', '/theme"')],
    ['a shared text', within('xl/worksheets/sheet1.xml', '<v>0</v>', '<v>1</v>')],
    ['the sheet', without('xl/worksheets/sheet1.xml')],
    ['the relation to the sheet', within(workbookRelations, 'Id="s0"', 'Id="s9"')],
    ['the workbook', without('xl/workbook.xml')],
  ];
  for (const [name, file] of missing)
    it(`are damaged without ${name} that they name: nothing is guessed`, async () => {
      await assert.rejects(readFile(file), { name: 'Unreadable', why: 'damaged' });
    });
});

describe('a hostile workbook', () => {
  const zeros = (size: number) => Buffer.alloc(size, ' ');
  const bomb = (size: number) => workbookOf({ sheets: [inlineRow('Title') + zeros(size).toString()] });
  const good = workbookOf({ sheets: [inlineRow('Title')] });
  const zipOf = (...names: readonly string[]): Buffer =>
    Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')]))));
  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);

  const refused: readonly (readonly [name: string, file: () => Buffer, why: string])[] = [
    ['that unpacks too large', () => bomb(11 * mb), 'unpacksTooLarge'],
    ['that unpacks too large in its shared strings', () => workbookOf({ sheets: [''], sharedStrings: `<si><t>${'x'.repeat(11 * mb)}</t></si>` }), 'unpacksTooLarge'],
    ['whose parts unpack too large together', () => workbookOf({ sheets: Array.from({ length: 11 }, () => inlineRow('x'.repeat(mb))) }), 'unpacksTooLarge'],
    ['that lies about its size', () => claiming(bomb(mb), 100), 'damaged'],
    ['with a password on its parts', () => markedEncrypted(good), 'encrypted'],
    ['with a password', () => Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le'), compound]), 'encrypted'],
    ['of before 2007', () => Buffer.concat([compound, Buffer.from('Workbook', 'utf16le'), compound]), 'otherSpreadsheet'],
    ['that is a letter of before 2007', () => compound, 'notATable'],
    ['that is no workbook but an archive', () => zipOf('OKRs.csv'), 'archive'],
    ['of Numbers', () => zipOf('Index/Document.iwa', 'Index/CalculationEngine.iwa', 'preview.jpg'), 'numbers'],
    ['of OpenDocument', () => zipOf('mimetype', 'content.xml', 'META-INF/manifest.xml'), 'otherSpreadsheet'],
    ['that is binary', () => workbookOf({ sheets: [''], main: 'xl/workbook.bin' }), 'otherSpreadsheet'],
    ['that is a CSV', () => Buffer.from('Title\nx\n'), 'notATable'],
    ['that is another archive', () => workbookOf({ sheets: [] }), 'notATable'],
    ['that was cut', () => good.subarray(0, good.length - 40), 'damaged'],
    ['with broken XML', () => workbookOf({ sheets: ['<row><c></row>'] }), 'damaged'],
    ['with an entity of its own', () => workbookOf({ sheets: [''], sharedStrings: '<si><t>&lol;</t></si>' }), 'damaged'],
    ['with an endless row', () => workbookOf({ sheets: [inlineRow('x'.repeat(5 * mb))] }), 'damaged'],
    ['with an endless attribute', () => workbookOf({ sheets: [`<row r="${'1'.repeat(mb)}"/>`] }), 'damaged'],
    ['with elements nested too deep', () => workbookOf({ sheets: ['<a>'.repeat(200) + '</a>'.repeat(200)] }), 'damaged'],
    ['with too many attributes', () => workbookOf({ sheets: [`<a ${Array.from({ length: 1_001 }, (_, nth) => `a${nth}="1"`).join(' ')}/>`] }), 'damaged'],
    ['with too many parts', () => workbookOf({ sheets: [''], extra: Object.fromEntries(Array.from({ length: 2_001 }, (_, nth) => [`n${nth}`, new Uint8Array()])) }), 'unpacksTooLarge'],
  ]; // prettier-ignore
  for (const [name, file, why] of refused) {
    it(`${name} is refused as ${why}`, async () => {
      await assert.rejects(readFile(file()), { name: 'Unreadable', why });
    });
  }

  it('is refused, not thrown about, whichever byte is broken', async () => {
    const file = workbookOf({
      sheets: [inlineRow('Title')],
      sharedStrings: '<si><t>x</t></si>',
      styles: '<cellXfs/>',
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(255), async (at, byte) => {
        const broken = Buffer.from(file);
        broken[at] = byte;
        await readFile(broken).catch((error: unknown) => assert.equal((error as Error).name, 'Unreadable'));
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 400) },
    );
  });
});

describe('kept texts', () => {
  it('come back as they were, over any number of pages', () => {
    const kept = createKeptTexts();
    const texts = ['', 'ü', 'x'.repeat(700_000), 'y'.repeat(700_000), 'z'.repeat(2_000_000), '🚀'];
    for (const text of texts) kept.add(text);
    assert.deepEqual(texts.map((_, nth) => kept.at(nth)), texts);
    assert.equal(kept.at(99), undefined);
    assert.equal(kept.at(Number.NaN), undefined);
    assert.equal(kept.at(-1), undefined);
  }); // prettier-ignore
});
