/** How numbers, dates and levels of a file are written, decided by all of its cells. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NumberSource } from '../../../../src/domain/okrs/reading/number-evidence.ts';
import type { OkrRow } from '../../../../src/domain/okrs/reading/okr-row.ts';
import type { ReadingGap } from '../../../../src/domain/okrs/reading/okr-summary.ts';
import { readColumns, usualHeaders, type OkrField } from '../../../../src/domain/okrs/reading/columns.ts';
import { createRowReader } from '../../../../src/domain/okrs/reading/read-row.ts';
import { createReadingEvidence } from '../../../../src/domain/okrs/reading/reading-rules.ts';

type CellsOfRow = Readonly<Partial<Record<OkrField, string>>>;

/** Each row has a title of its own. */
function readFile(file: readonly CellsOfRow[], source: NumberSource = ',') {
  const fields = [...new Set<OkrField>(['title', ...file.flatMap((row) => Object.keys(row) as OkrField[])])];
  const columns = readColumns(fields.map((field) => usualHeaders[field]));
  assert.ok(columns);
  const records = file.map((row, nth) =>
    fields.map((field) => row[field] ?? (field === 'title' ? `T${nth}` : '')),
  );
  const evidence = createReadingEvidence(columns, source);
  for (const record of records) evidence.see(record);
  const reader = createRowReader(columns, evidence.rules());
  const rows: readonly OkrRow[] = records.map(reader.read).filter((row) => row !== undefined);
  const causes = reader
    .gaps()
    .filter((gap): gap is Extract<ReadingGap, { kind: 'unreadableCells' }> => gap.kind === 'unreadableCells')
    .map(({ column, rows: count, why }) => [column, count, why]);
  return { rows, causes };
}

const column = (field: OkrField, cells: readonly string[]): CellsOfRow[] =>
  cells.map((cell) => ({ [field]: cell }));
const progressOf = (cells: readonly string[], source?: NumberSource) =>
  readFile(column('progress', cells), source).rows.map(({ progress }) => progress);

describe('the numbers of a file', () => {
  it('are read by the other cells of their column', () => {
    assert.deepEqual(progressOf(['33,333', '12,5']), [33.333, 12.5]);
    assert.deepEqual(progressOf(['1,250', '12.5']), [1250, 12.5]);
    assert.deepEqual(progressOf(['33.333', '12,5'], ';'), [33333, 12.5]);
  });

  it('are read by what is plausible for progress, and by the delimiter elsewhere', () => {
    assert.deepEqual(progressOf(['33,333', '64']), [33.333, 64]);
    assert.deepEqual(progressOf(['33.333', '64'], ';'), [33.333, 64]);
    const targetOf = (text: string, source: NumberSource) =>
      readFile(column('target', [text]), source).rows[0]?.target;
    assert.equal(targetOf('33,333', ','), 33333);
    assert.equal(targetOf('33,333', ';'), 33.333);
    assert.equal(targetOf('33.333', ';'), 33333);
    assert.equal(targetOf('33.333', 'machine'), 33.333);
  });

  it('are unknown where the file contradicts itself or says nothing', () => {
    const mixed = readFile(column('progress', ['12,5', '12.5', '33,333']));
    assert.deepEqual(
      mixed.rows.map(({ progress, unread }) => [progress, unread]),
      [[12.5, undefined], [12.5, undefined], [undefined, ['progress']]],
    ); // prettier-ignore
    assert.deepEqual(mixed.causes, [['Progress %', 1, 'number']]);
    assert.deepEqual(readFile(column('target', ['33,333']), 'machine').causes, [['Target', 1, 'number']]);
    assert.deepEqual(readFile(column('target', ['33,333']), '\t').causes, [['Target', 1, 'number']]);
    // Points stand before decimals elsewhere, yet 33,333 % is not plausible.
    assert.deepEqual(
      readFile([{ progress: '33,333', target: '0.5' }]).causes,
      [['Progress %', 1, 'number']],
    ); // prettier-ignore
  });

  it('of the progress are fractions when all lie between 0 and 1, and unknown when they may be either', () => {
    assert.deepEqual(progressOf(['0.64', '0.333', '1', '0', '0.07']), [64, 33.3, 100, 0, 7]);
    assert.deepEqual(progressOf(['0,64', '0,125'], ';'), [64, 12.5]);
    assert.deepEqual(progressOf(['0.64', '64']), [0.64, 64]);
    assert.deepEqual(progressOf(['0.5%', '0.5']), [0.5, 50]);
    const unsure = readFile(column('progress', ['0', '1', '0']));
    assert.deepEqual(unsure.rows.map(({ progress }) => progress), [0, undefined, 0]); // prettier-ignore
    assert.deepEqual(unsure.causes, [['Progress %', 1, 'scale']]);
    assert.deepEqual(progressOf(['0', '0']), [0, 0]);
  });

  const locales = [
    { locale: 'en-US', source: ',' },
    { locale: 'en-US', source: '\t' },
    { locale: 'de-DE', source: ';' },
    { locale: 'de-DE', source: ',' },
    { locale: 'fr-FR', source: ';' },
    { locale: 'de-CH', source: ';' },
    { locale: 'en-IN', source: ',' },
  ] as const;
  for (const { locale, source } of locales) {
    it(`come back as ${locale} writes them between ${JSON.stringify(source)}`, () => {
      const written = (value: number, digits: number): string =>
        value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
      const percent = fc.integer({ min: 0, max: 100_000 }).map((value) => value / 1000);
      fc.assert(
        fc.property(fc.array(percent, { maxLength: 20 }), fc.integer({ min: 0, max: 1e7 }), (values, target) => {
          const progress = [1.5, ...values];
          const file = progress.map((value, nth) => ({
            progress: written(value, nth === 0 ? 1 : 3),
            target: written(target, 0),
          }));
          const { rows, causes } = readFile(file, source);
          assert.deepEqual(causes, []);
          assert.deepEqual(rows.map((row) => row.progress), progress);
          assert.ok(rows.every((row) => row.target === target));
        }),
        { numRuns: 200 },
      ); // prettier-ignore
    });
  }
});

describe('the dates of a file', () => {
  const endsOf = (cells: readonly string[]) =>
    readFile(column('endsOn', cells)).rows.map(({ endsOn }) => endsOn);

  it('are read in the order that their column shows', () => {
    assert.deepEqual(endsOf(['03/04/2026', '31/12/2026']), ['2026-04-03', '2026-12-31']);
    assert.deepEqual(endsOf(['03/04/2026', '12/31/2026']), ['2026-03-04', '2026-12-31']);
    assert.deepEqual(endsOf(['03.04.2026']), ['2026-04-03']);
    assert.deepEqual(endsOf(['03.04.2026', '12.31.2026']), ['2026-03-04', '2026-12-31']);
  });

  it('are read in the order of the other columns when their own shows none', () => {
    const { rows } = readFile([{ startsOn: '7/1/2026', endsOn: '9/30/2026' }]);
    assert.equal(rows[0]?.startsOn, '2026-07-01');
  });

  it('are unknown where nothing shows the order, or both occur', () => {
    const alone = readFile(column('endsOn', ['03/04/2026', '05/05/2026', '0001-01-01', '01/01/0001']));
    assert.deepEqual(
      alone.rows.map(({ endsOn, unread }) => [endsOn, unread]),
      [[undefined, ['endsOn']], ['2026-05-05', undefined], [undefined, undefined], [undefined, undefined]],
    ); // prettier-ignore
    assert.deepEqual(alone.causes, [['End Date', 1, 'date']]);
    assert.deepEqual(endsOf(['31/12/2026', '12/31/2026', '03/04/2026']), [
      '2026-12-31',
      '2026-12-31',
      undefined,
    ]);
  });

  it('come back in each order and with each mark, once a day above 12 is among them', () => {
    const day = fc
      .date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    const mark = fc.constantFrom('/', '-', '.');
    fc.assert(
      fc.property(fc.array(day), mark, fc.boolean(), fc.boolean(), (days, separator, dayFirst, short) => {
        const all = ['2026-12-31', ...days];
        const cells = all.map((one) => {
          const [year = '', month = '', date = ''] = one.split('-');
          return [...(dayFirst ? [date, month] : [month, date]), short ? year.slice(2) : year].join(
            separator,
          );
        });
        assert.deepEqual(endsOf(cells), all);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the words of a file for its levels', () => {
  const levelsOf = (file: readonly CellsOfRow[]) => readFile(file).rows.map(({ level }) => level);
  const measured = { metricName: 'Bookings', target: '40' };

  it('are Microsoft’s own', () => {
    const known = ['Theme', 'Big Rock', 'Goals', 'METRIC', 'Results', 'Kpi', 'Initiative', 'Project', 'To-do', 'Milestone']; // prettier-ignore
    assert.deepEqual(levelsOf(column('objectType', known)), [
      'objective',
      'objective',
      'objective',
      'keyResult',
      'keyResult',
      'keyResult',
      'other',
      'other',
      'other',
      'other',
    ]);
  });

  it('mean what the alignments say when they are the organisation’s own, the same for all rows of one word', () => {
    const file = [
      { title: 'Top', objectType: 'Ambition', metricName: 'Progress', unit: '%', target: '100' },
      { title: 'Childless', objectType: 'ambition' },
      { title: 'Measured', objectType: 'Signal', alignedTo: 'Top', ...measured },
      { title: 'Done', objectType: 'Chore', alignedTo: 'Measured' },
    ];
    assert.deepEqual(levelsOf(file), ['objective', 'objective', 'keyResult', 'other']);
  });
});

describe('cells without a value', () => {
  it('are no words: a spreadsheet’s errors and formulas', () => {
    const { rows, causes } = readFile([
      { status: '#N/A', owner: '#REF!', progress: '#DIV/0!', endsOn: '#WERT!', checkIns: '#NV' },
      { status: '=IF(A1>3,"Behind","")', owner: '= is not a formula', creator: '=Sheet1!B2' },
      { title: '#REF!', status: 'At Risk' },
      { title: '=SUM(A1) is how we plan', description: '=SUM(A1)' },
      { title: '#N/A', status: '#N/A' },
    ]);
    const [errors, formulas, untitled, text, ...others] = rows;
    assert.deepEqual(others, [], 'a row of errors only is no OKR');
    assert.deepEqual(
      [errors?.status, errors?.owner, errors?.progress, errors?.endsOn, errors?.checkIns],
      [undefined, undefined, undefined, undefined, []],
    );
    assert.deepEqual(errors?.unread?.toSorted(), ['checkIns', 'endsOn', 'owner', 'progress', 'status']);
    assert.equal(formulas?.owner, '= is not a formula');
    assert.deepEqual(formulas.unread?.toSorted(), ['creator', 'status']);
    assert.deepEqual([text?.title, text?.description, text?.unread], ['=SUM(A1) is how we plan', '=SUM(A1)', undefined]); // prettier-ignore
    assert.deepEqual([untitled?.title, untitled?.unread], ['–', ['title']]);
    assert.ok(causes.some(([name, , why]) => name === 'Status' && why === 'error'));
  });
});
