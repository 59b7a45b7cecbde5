/** The workbook of an export, sheet by sheet, read back from its XML. */
import assert from 'node:assert/strict';
import { rowWith } from '../../../domain/okrs/sample-rows.ts';
import { columnNamed, excelDay, sampleOrigin, sheetsOf, valuesOf } from './made-workbook.ts';

const rows = [
  rowWith({
    id: '1',
    title: 'Grow',
    status: 'On Track',
    progress: 40,
    owner: 'Ada Sample',
    startsOn: '2025-04-01',
  }),
  rowWith({
    id: '2',
    title: 'Sell more',
    level: 'keyResult',
    objectType: 'Key result',
    status: 'At Risk',
    progress: 14.29,
    alignedTo: [{ title: 'Grow', id: '1' }],
    target: 1_200,
    start: -3.5,
    unit: '#',
    checkIns: [
      { on: '2025-06-01', user: 'Ada Sample', note: 'one\ntwo', status: 'At Risk', currentValue: '25%' },
    ],
  }),
  rowWith({ id: '3', title: 'Alone', status: 'Thriving', endsOn: '2025-05-31', progress: 10 }),
];

describe('the workbook of an export', () => {
  it('has its five sheets, in order, and no formula at all', async () => {
    const sheets = await sheetsOf(rows);
    assert.deepEqual([...sheets.keys()], ['Summary', 'OKR tree', 'Check-ins', 'Changes', 'Info']);
    for (const sheet of sheets.values()) assert.equal(sheet.hasFormulas, false);
  });

  it('keeps the parts of every sheet in the order that Excel asks for', async () => {
    const order = [
      'sheetPr',
      'sheetViews',
      'sheetFormatPr',
      'cols',
      'sheetData',
      'autoFilter',
      'mergeCells',
      'conditionalFormatting',
      'hyperlinks',
      'pageMargins',
      'pageSetup',
      'extLst',
    ];
    const origin = { ...sampleOrigin, link: 'https://goals.microsoft.com/x' };
    for (const { parts } of (await sheetsOf(rows, { origin })).values()) {
      assert.deepEqual(
        parts,
        order.filter((part) => parts.includes(part)),
      );
    }
  });

  it('sums up: figures, statuses by level, what needs attention', async () => {
    const values = valuesOf((await sheetsOf(rows)).get('Summary'));
    const figures = new Map(values.map(([label, value]) => [label, value]));
    assert.equal(figures.get('Rows'), 3);
    assert.equal(figures.get('Objectives'), 2);
    assert.equal(figures.get('Key results'), 1);
    assert.equal(figures.get('Overdue'), 1);
    assert.equal(figures.get('Data as of'), Date.parse('2025-06-30T08:12:00Z') / 86_400_000 + 25_569);
    const statuses = values.findIndex(([first]) => first === 'Status');
    assert.deepEqual(values.slice(statuses, statuses + 4), [
      ['Status', 'Objectives', 'Key results'],
      ['On Track', 1, 0],
      ['At Risk', 0, 1],
      ['Thriving', 1, 0],
    ]);
    const attention = values.findIndex(([first]) => first === 'OKR');
    assert.deepEqual(values[attention + 1], [
      'Sell more',
      'Key result',
      '',
      0.1429,
      'At risk · No check-in since 2025-06-01',
    ]);
  });

  it('says what is unknown, and why, where the file has no such column', async () => {
    const gaps = [
      { kind: 'noColumn', column: 'End Date' },
      { kind: 'rowsWithoutTitle', rows: 2 },
    ] as const;
    const sheets = await sheetsOf([rowWith({})], { gaps });
    const summary = new Map(valuesOf(sheets.get('Summary')).map(([label, value]) => [label, value]));
    assert.equal(summary.get('Overdue'), '–');
    assert.equal(summary.get('Average progress'), '–');
    for (const sheet of ['Summary', 'Info']) {
      const said = valuesOf(sheets.get(sheet)).map(([first]) => first);
      assert.ok(
        said.includes('There is no column “End Date” in the file, so I can’t say what depends on it.'),
      );
      assert.ok(said.includes('2 rows without a title were left out.'));
    }
  });

  it('lists the OKRs as a tree, typed, with the columns that hold anything', async () => {
    const tree = (await sheetsOf(rows)).get('OKR tree');
    assert.deepEqual(valuesOf(tree), [
      [
        'Title',
        'Type',
        'Status',
        'Progress',
        'Owner',
        'Start date',
        'End date',
        'Unit',
        'Start value',
        'Target',
        'Aligned to',
        'Id',
      ],
      ['Grow', 'Objective', 'On Track', 0.4, 'Ada Sample', excelDay('2025-04-01'), '', '', '', '', '', '1'],
      ['Sell more', 'Key result', 'At Risk', 0.1429, '', '', '', '#', -3.5, 1_200, 'Grow', '2'],
      ['Alone', 'Objective', 'Thriving', 0.1, '', '', excelDay('2025-05-31'), '', '', '', '', '3'],
    ]);
    assert.equal(tree?.filter, 'A1:L4');
    assert.equal(tree.parts[0], 'sheetPr', 'parents stand above what is folded under them');
    assert.deepEqual(tree.folds, [0, 0, 1, 0]);
    assert.deepEqual(
      [tree.frozen?.['state'], tree.frozen?.['ySplit'], tree.frozen?.['xSplit']],
      ['frozen', '1', '1'],
    );
    assert.deepEqual(
      tree.rows.map(([title]) => title?.indent),
      [0, 0, 1, 0],
    );
    assert.equal(columnNamed(tree, 'Progress')[1]?.format, '0%');
    assert.equal(columnNamed(tree, 'Start date')[0]?.format, 'yyyy-mm-dd');
  });

  it('indents and folds as deep as Excel can, and keeps columns of the file that it does not know', async () => {
    const chain = Array.from({ length: 20 }, (_, nth) =>
      rowWith({ title: String(nth), alignedTo: nth === 0 ? [] : [{ title: String(nth - 1) }] }),
    );
    const tree = (await sheetsOf([...chain, rowWith({ others: { Tag: 'red', __proto__x: '=1' } })])).get(
      'OKR tree',
    );
    assert.deepEqual(
      tree?.rows.slice(1, 21).map(([title]) => title?.indent),
      [...Array(15).keys(), 15, 15, 15, 15, 15],
    );
    assert.deepEqual(tree.folds.slice(1, 21), [0, 1, 2, 3, 4, 5, 6, ...Array<number>(13).fill(7)]);
    assert.equal(columnNamed(tree, 'Tag').at(-1)?.value, 'red');
  });

  it('lists check-ins, a row each, and says so when there are none', async () => {
    assert.deepEqual(valuesOf((await sheetsOf(rows)).get('Check-ins')), [
      ['OKR', 'Date', 'User', 'Note', 'Status', 'Value', 'Metric', 'Activity date', 'OKR Id'],
      ['Sell more', excelDay('2025-06-01'), 'Ada Sample', 'one\ntwo', 'At Risk', 0.25, '', '', '2'],
    ]);
    const none = (await sheetsOf([rowWith({})])).get('Check-ins');
    assert.equal(valuesOf(none)[1]?.[0], 'No row of the file has a check-in.');
  });

  it('writes hostile cells as text, and links to the product only', async () => {
    const url = 'https://goals.microsoft.com/home/?a=1&b="2"';
    const others = {
      A: '=HYPERLINK("https://example.invalid")',
      B: '_x003D_1+1',
      C: '<b>&amp;\0\u001b</b>',
      D: 'https://goals.microsoft.com.example.invalid/',
      E: url,
      F: 'javascript:alert(1)//goals.microsoft.com',
      G: 'https://user@goals.microsoft.com/',
      H: 'x'.repeat(40_000),
      I: 'a\r\nb\u2028c\uD800',
    };
    const tree = (await sheetsOf([rowWith({ title: '+1', others })])).get('OKR tree');
    const [, cells = []] = valuesOf(tree);
    assert.equal(cells[0], '+1');
    assert.deepEqual(cells.slice(5, 12), [
      others.A,
      others.B,
      '<b>&amp;</b>',
      others.D,
      url,
      others.F,
      others.G,
    ]);
    const long = String(cells[12]);
    assert.ok(/^x+… \(cut: too long for a cell\)$/.test(long));
    assert.equal(long.length, 32_767);
    assert.equal(cells[13], 'a\nb\nc');
    const links = tree?.rows[1]?.map((cell) => cell?.link).filter((link) => link !== undefined);
    assert.deepEqual(links, ['https://goals.microsoft.com/home/?a=1&b=%222%22']);
  });

  it('tells where it comes from', async () => {
    const link = 'https://goals.microsoft.com/org_uuid/x/objective-explorer?viewId=y';
    const info = (await sheetsOf(rows, { origin: { ...sampleOrigin, link, requestId: 'r-1' } })).get('Info');
    const facts = new Map(valuesOf(info).map(([label, value]) => [label, value]));
    assert.equal(facts.get('Requested by'), 'Robin Example');
    assert.equal(facts.get('Source'), 'e5e7a3c1');
    assert.equal(facts.get('Request id'), 'r-1');
    assert.equal(facts.get('Link'), link);
    assert.match(String(facts.get('Made by')), /may see in Viva Goals$/);
    assert.ok(valuesOf(info).some(([first]) => first === 'Nothing.'));
  });

  it('lists the rows as they come when they are too many for a tree, and says so', async () => {
    const many = ['Last', 'First'].map((title) => rowWith({ title, alignedTo: [{ title: 'First' }] }));
    const sheets = await sheetsOf([...many, rowWith({})], { maxInTree: 2 });
    const tree = sheets.get('OKR tree');
    assert.match(String(tree?.rows[0]?.[0]?.value), /^More than 2 rows: .*not as a tree/);
    assert.deepEqual(
      tree?.rows.slice(1, 4).map(([title]) => title?.value),
      ['Title', 'Last', 'First'],
    );
    assert.deepEqual(tree.folds, [0, 0, 0, 0, 0]);
    assert.equal(tree.filter, 'A2:F5');
    assert.equal(tree.frozen?.['ySplit'], '2');
    assert.ok(
      valuesOf(sheets.get('Info')).some(([first]) =>
        String(first).startsWith('The file has more than 2 rows'),
      ),
    );
    const enough = (await sheetsOf(many, { maxInTree: 2 })).get('OKR tree');
    assert.deepEqual(
      enough?.rows.map(([title]) => title?.value),
      ['Title', 'First', 'Last'],
    );
  });
});
