import assert from 'node:assert/strict';
import fc from 'fast-check';
import { waysToSchedule } from '../../../../src/bot/receive/schedules/read-timing.ts';
import type { Days, Timing, Weekday } from '../../../../src/domain/schedules/schedule.ts';
import { en } from '../../../../src/words/en/en.ts';

const calendar = { today: '2026-11-30', monthFirst: false };
const read = (written: string, given = calendar) => waysToSchedule(en, written, given)[0];
const weekly = (...on: readonly Weekday[]): Days => ({ kind: 'weekly', on });
const nine = { hour: 9, minute: 0 };

describe('what people write behind “schedule”', () => {
  const timings: Readonly<Record<string, object>> = {
    'mondays 9:00': { days: weekly(1), at: nine },
    'every day 9:00': { days: { kind: 'everyDay' }, at: nine },
    'daily at 9': { days: { kind: 'everyDay' }, at: nine },
    'every weekday 17:00': { days: { kind: 'weekdays' }, at: { hour: 17, minute: 0 } },
    'weekdays at 9am': { days: { kind: 'weekdays' }, at: nine },
    'monthly 1 8:00': { days: { kind: 'monthly', day: 1 }, at: { hour: 8, minute: 0 } },
    'monthly 1 8': { days: { kind: 'monthly', day: 1 }, at: { hour: 8, minute: 0 } },
    'on the 1st of every month at noon': {
      days: { kind: 'monthly', day: 1 },
      at: { hour: 12, minute: 0 },
    },
    'on the last day of every month 17h': {
      days: { kind: 'monthly', day: 31 },
      at: { hour: 17, minute: 0 },
    },
    'on monday 9.30': { days: weekly(1), at: { hour: 9, minute: 30 } },
    'Mon, Thu 9 pm': { days: weekly(1, 4), at: { hour: 21, minute: 0 } },
    'every Friday and Monday at 12am': { days: weekly(1, 5), at: { hour: 0, minute: 0 } },
    'every week on Tuesday 9:00': { days: weekly(2), at: nine },
    'at 9 every monday': { days: weekly(1), at: nine },
    'mondays 9:00 if changed': { days: weekly(1), at: nine, condition: 'ifChanged' },
    'mondays 9:00, only if something has changed': { days: weekly(1), at: nine, condition: 'ifChanged' },
    'mondays 9:00 if at risk': { days: weekly(1), at: nine, condition: 'ifAtRisk' },
    'mondays 9:00 if something is at risk or late': { days: weekly(1), at: nine, condition: 'ifAtRisk' },
    'mondays 9:00 until 24 December': { days: weekly(1), at: nine, until: '2026-12-24' },
    'mondays until December 24 9:00': { days: weekly(1), at: nine, until: '2026-12-24' },
    'mondays 9:00 until 2027-01-31 if changed': {
      days: weekly(1),
      at: nine,
      until: '2027-01-31',
      condition: 'ifChanged',
    },
    'mondays 9:00 until 5/6/2027': { days: weekly(1), at: nine, until: '2027-06-05' },
    'mondays 9:00 until friday': { days: weekly(1), at: nine, until: '2026-12-04' },
    'mondays 9:00 for 2 weeks': { days: weekly(1), at: nine, until: '2026-12-14' },
    'mondays 9:00 for three months': { days: weekly(1), at: nine, until: '2027-03-02' },
    mondays: { days: weekly(1) },
    '17:00': { at: { hour: 17, minute: 0 } },
    'if changed': { condition: 'ifChanged' },
    'mondys 9:00': { days: weekly(1), at: nine },
    'evry wednsday 9:00': { days: weekly(3), at: nine },
    'mondays 25:00': { days: weekly(1), problem: { what: 'time', written: '25:00' } },
    'mondays 13pm': { days: weekly(1), problem: { what: 'time', written: '13pm' } },
    'monthly 32 8:00': {
      at: { hour: 8, minute: 0 },
      problem: { what: 'dayOfMonth', written: '32' },
    },
    'mondays 9:00 until 1 Jan 2020': {
      days: weekly(1),
      at: nine,
      problem: { what: 'past', written: '1 jan 2020' },
    },
    'mondays 9:00 until the cows come home': {
      days: weekly(1),
      at: nine,
      problem: { what: 'lastDay', written: 'the cows come home' },
    },
    'mondays 9:00 if changed or at risk': {
      days: weekly(1),
      at: nine,
      problem: { what: 'conditions', written: 'if changed or at risk' },
    },
    '': {},
  };
  for (const [said, timing] of Object.entries(timings))
    it(`reads ${JSON.stringify(said)}`, () => {
      assert.deepEqual(read(`Q3 sales ${said}`.trim()), { name: 'Q3 sales', timing });
      assert.deepEqual(read(`“Q3 sales” ${said}`.trim()), { name: 'Q3 sales', timing });
    });

  it('takes the month of a date in numbers first where people do', () => {
    const american = { ...calendar, monthFirst: true };
    assert.equal(read('Q3 mondays 9:00 until 5/6/2027', american)?.timing.until, '2027-05-06');
  });

  it('offers every way to part name and timing, the longest timing first', () => {
    const names = waysToSchedule(en, 'Sales daily 9:00', calendar).map(({ name }) => name);
    assert.deepEqual(names, ['Sales', 'Sales daily', 'Sales daily 9:00']);
    assert.ok(
      waysToSchedule(en, 'Meet until dawn mondays 9:00', calendar).some(
        ({ name, timing }) => name === 'Meet until dawn' && timing.days !== undefined,
      ),
    );
  });

  it('offers last what it cannot read behind each name that may be meant', () => {
    const ways = waysToSchedule(en, 'Q3 sales every other monday 9:00', calendar);
    assert.equal(ways[0]?.name, 'Q3 sales every other');
    assert.deepEqual(
      ways.find(({ name }) => name === 'Q3 sales'),
      { name: 'Q3 sales', timing: { problem: { what: 'unclear', written: 'every other monday 9:00' } } },
    );
  });

  it('takes “nothing” for no typing error', () => {
    assert.notEqual(read('Q3 mondays 9:00 if nothing changed')?.timing.condition, 'ifChanged');
    assert.equal(read('Q3 mondays 9:00 if somthing changed')?.timing.condition, 'ifChanged');
  });

  it('says what it could not read behind a name in quotes', () => {
    assert.deepEqual(read('"Q3" every blue moon'), {
      name: 'Q3',
      timing: { problem: { what: 'unclear', written: 'every blue moon' } },
    });
  });

  const plain = { noNullPrototype: true };
  const oneDay = fc.oneof(
    fc.constant<Days>({ kind: 'everyDay' }),
    fc.constant<Days>({ kind: 'weekdays' }),
    fc
      .uniqueArray(fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 })
      .map((on): Days => ({ kind: 'weekly', on: on.sort((a, b) => a - b) })),
    fc.integer({ min: 1, max: 31 }).map((day): Days => ({ kind: 'monthly', day })),
  );
  const timingOf = fc.record(
    {
      days: oneDay,
      at: fc.record(
        { hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) },
        plain,
      ),
      condition: fc.constantFrom<Timing['condition']>('ifChanged', 'ifAtRisk'),
      until: fc
        .date({ min: new Date('2026-12-01'), max: new Date('2035-12-31'), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10)),
    },
    plain,
  );
  const someName = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((name) => name.replace(/[\s\p{Cc}]+/gu, ' ').trim())
    .filter((name) => name !== '' && !/["“”„«»‹›`]/u.test(name));

  it('understands the sentence that it says back, whatever the name', () => {
    fc.assert(
      fc.property(timingOf, someName, (timing, name) => {
        const said = `${en.timing.when(timing)}, ${en.timing.until(timing.until)}`;
        assert.deepEqual(read(`“${name}” ${said}`), { name, timing });
      }),
    );
  });

  it('keeps any name, with quotes or without', () => {
    fc.assert(
      fc.property(timingOf, someName, (timing, name) => {
        const ways = waysToSchedule(en, `${name} ${en.timing.when(timing)}`, calendar);
        assert.ok(ways.some((way) => way.name === name && way.timing.at !== undefined));
      }),
    );
  });
});
