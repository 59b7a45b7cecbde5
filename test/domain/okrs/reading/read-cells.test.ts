import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAlignments, readCheckIn } from '../../../../src/domain/okrs/reading/compound-cells.ts';
import { dayOf, dayOfSerial, daysBetween, readDay } from '../../../../src/domain/okrs/reading/read-day.ts';
import { readNumber } from '../../../../src/domain/okrs/reading/read-number.ts';

const days = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2150-12-31'), noInvalidDate: true })
  .map(dayOf);

describe('readDay', () => {
  const read: readonly (readonly [text: string, day: string | undefined])[] = [
    ['2025-03-31', '2025-03-31'],
    [' 2025-3-1 ', '2025-03-01'],
    ['2024-12-09 14:36:20 UTC', '2024-12-09'],
    ['2024-12-09T14:36:20.123Z', '2024-12-09'],
    ['2024-02-29', '2024-02-29'],
    ['2025-02-29', undefined],
    ['2025-13-01', undefined],
    ['0001-01-01', undefined],
    ['45747', '2025-03-31'],
    ['45747.6086', '2025-03-31'],
    ['12345', undefined],
    ['31/03/2025', '2025-03-31'],
    ['03/31/2025', '2025-03-31'],
    ['12/31/26', '2026-12-31'],
    ['31.12.2026', '2026-12-31'],
    ['01.02.2026', '2026-02-01'],
    ['5/5/2026', '2026-05-05'],
    ['01/02/2026', undefined],
    ['1-2-2026', undefined],
    ['31/12/2026 14:36', '2026-12-31'],
    ['12/31/2026 2:36:20 PM', '2026-12-31'],
    ['2026/12/31', '2026-12-31'],
    ['Dec 31, 2026', '2026-12-31'],
    ['December 31 2026', '2026-12-31'],
    ['Thu, Dec 31, 2026', '2026-12-31'],
    ['31-Dec-26', '2026-12-31'],
    ['31 Dec 2026 08:31', '2026-12-31'],
    ['31. Dezember 2026', '2026-12-31'],
    ['31 décembre 2026', '2026-12-31'],
    ['31 de diciembre de 2026', '2026-12-31'],
    ['31/04/2026', undefined],
    ['13/13/2026', undefined],
    ['31 Smarch 2026', undefined],
    ['2025-03-31 or so', undefined],
    ['soon', undefined],
    ['', undefined],
  ];
  for (const [text, day] of read) {
    it(`reads ${JSON.stringify(text)} as ${String(day)}`, () => assert.equal(readDay(text), day));
  }

  it('reads what it writes, with a time or as a serial day', () => {
    fc.assert(
      fc.property(days, (day) => {
        assert.equal(readDay(day), day);
        assert.equal(readDay(`${day} 23:59:59 UTC`), day);
        assert.equal(dayOfSerial(daysBetween('1899-12-30', day)), day);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('readNumber', () => {
  const read: readonly (readonly [text: string, value: number | undefined])[] = [
    ['25', 25],
    ['25%', 25],
    ['-12 %', -12],
    ['−12', -12],
    ['1,234.5', 1234.5],
    ['-1,234,567', -1234567],
    ['12,34,567', 1234567],
    ['3.5e4', 35000],
    ['1,2', 1.2],
    ['33.333', 33.333],
    ['1.234,5', 1234.5],
    ['1.234.567', 1234567],
    ['0,333', 0.333],
    ['1234,567', 1234.567],
    ['1 234,5', 1234.5],
    ['1\u202F234', 1234],
    ['1’234.5', 1234.5],
    ['12,5 %', 12.5],
    ['1 2', undefined],
    ['.', undefined],
    [',', undefined],
    ['1,23,4', undefined],
    ['1.2.3', undefined],
    ['USD 3', undefined],
    ['1e999', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
    ['', undefined],
  ];
  for (const [text, value] of read) {
    it(`reads ${JSON.stringify(text)} as ${String(value)}`, () => assert.equal(readNumber(text), value));
  }

  it('takes a number beyond all for none', () => {
    for (const text of ['1e999', '-1e999', '9'.repeat(400)]) assert.equal(readNumber(text), undefined, text);
  });

  it('reads any number with thousands commas', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (value) => {
        assert.equal(readNumber(value.toLocaleString('en-US')), value);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('readAlignments', () => {
  it('reads several parents, with brackets and slashes in their titles', () => {
    assert.deepEqual(
      readAlignments(
        'Grow (all) renewals / twice(weight: 14.29%, Id: 123) / Other (new)(weight: 50%, Id: 7)',
      ),
      [
        { title: 'Grow (all) renewals / twice', id: '123', weight: 14.29 },
        { title: 'Other (new)', id: '7', weight: 50 },
      ],
    );
  });
  it('keeps text without the ending as one title', () => {
    assert.deepEqual(readAlignments('Revenue / Cost (2025)'), [{ title: 'Revenue / Cost (2025)' }]);
    assert.deepEqual(readAlignments('  '), []);
  });
  it('reads an ending without weight or without id', () => {
    assert.deepEqual(readAlignments('A(Id: 9)'), [{ title: 'A', id: '9' }]);
    assert.deepEqual(readAlignments('A(weight: 10%)'), [{ title: 'A', weight: 10 }]);
  });
  it('keeps an alignment that gives its Id only', () => {
    assert.deepEqual(readAlignments('(weight: 50%, Id: 9) / B(Id: 7)'), [
      { title: '', id: '9', weight: 50 },
      { title: 'B', id: '7' },
    ]);
  });
  it('takes a title that looks like an ending for part of the title', () => {
    assert.deepEqual(readAlignments('A (weight: 5%, Id: 1) B(weight: 10%, Id: 2)'), [
      { title: 'A (weight: 5%, Id: 1) B', id: '2', weight: 10 },
    ]);
  });

  it('reads back any titles without the ending of their own', () => {
    const title = fc
      .string({ unit: fc.constantFrom('a', 'é', '(', ')', '/', ':', '%', ',', '"', '🚀') })
      .filter((text) => text !== '' && !text.startsWith('/'));
    const parent = fc.record(
      { title, id: fc.nat().map(String), weight: fc.integer({ min: 0, max: 100 }) },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(parent, { maxLength: 5 }), (parents) => {
        const cell = parents.map((one) => `${one.title}(weight: ${one.weight}%, Id: ${one.id})`).join(' / ');
        assert.deepEqual(readAlignments(cell), parents);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('readCheckIn', () => {
  it('reads every key, with newlines and semicolons in the note', () => {
    assert.deepEqual(
      readCheckIn(
        'Checkin Date: 2025-03-31; User: Mira Tannholt; Note: first; line\nNext: none; Metric Name: Completion; ' +
          'Status: On Track; Current Value: 25%; Activity Date: 2025-04-01 09:00:00 UTC;',
      ),
      {
        on: '2025-03-31',
        user: 'Mira Tannholt',
        note: 'first; line\nNext: none',
        metricName: 'Completion',
        status: 'On Track',
        currentValue: '25%',
        activityOn: '2025-04-01',
      },
    );
  });
  it('takes keys inside the note for the note', () => {
    const read = readCheckIn(
      'User: A; Note: agreed; Status: fine; User: B said; Status: Behind; Current Value: 3;',
    );
    assert.deepEqual(read, {
      user: 'A',
      note: 'agreed; Status: fine; User: B said',
      status: 'Behind',
      currentValue: '3',
    });
  });
  it('takes the last of several closing keys', () => {
    const read = readCheckIn('Note: agreed; Status: fine; Status: Behind;');
    assert.deepEqual(read, { note: 'agreed; Status: fine', status: 'Behind' });
  });
  it('takes a cell that is too long to search for a note', () => {
    const text = `User: A; Note: ${'x; Status: y'.repeat(10_000)}`;
    assert.deepEqual(readCheckIn(text), { note: text });
  });
  it('takes a cell without keys for a note', () => {
    assert.deepEqual(readCheckIn('all is well; really'), { note: 'all is well; really' });
    assert.equal(readCheckIn(' \n'), undefined);
  });

  it('reads back any note between the keys', () => {
    const note = fc
      .string({ unit: fc.constantFrom('a', ';', ' ', '\n', ':', 'ü', '"', '=', '{') })
      .map((text) => text.trim())
      .filter((text) => text !== '' && !text.endsWith(';'));
    fc.assert(
      fc.property(days, note, fc.option(days), (on, text, activityOn) => {
        const end = activityOn === null ? '' : ` Activity Date: ${activityOn} 10:00:00 UTC;`;
        assert.deepEqual(
          readCheckIn(`Checkin Date: ${on}; User: Lin; Note: ${text}; Status: Behind;${end}`),
          {
            on,
            user: 'Lin',
            note: text,
            status: 'Behind',
            ...(activityOn === null ? {} : { activityOn }),
          },
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('is done with hostile cells of a megabyte', () => {
    const mb = 1_000_000;
    readCheckIn(';'.repeat(mb));
    readCheckIn(`; status${' '.repeat(mb)}`);
    readCheckIn('; status : '.repeat(mb / 11));
    readAlignments('('.repeat(mb));
    readAlignments(`(weight: 1${' '.repeat(mb)}`);
    readAlignments('(weight: 1% '.repeat(mb / 12));
    readNumber('1,'.repeat(mb));
    readNumber('1'.repeat(mb));
    readDay(`2025-01-01T10:00${' '.repeat(mb)}x`);
  });
});
