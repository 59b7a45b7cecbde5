import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { dayIn, endOfDay, isZone, monthsLater, nextRun } from '../../../src/domain/schedules/next-run.ts';
import type { Days, TimeOfDay, Timing, Weekday } from '../../../src/domain/schedules/schedule.ts';

const zones = Intl.supportedValuesOf('timeZone');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(zone: string, at: Date): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, format);
  return format.format(at);
}

const said = ({ hour: h, minute: m }: TimeOfDay): string =>
  `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;

/** Minute by minute through the day: the first one whose local time has come to what was asked for. */
function firstMomentOf(zone: string, date: string, at: TimeOfDay): Date | undefined {
  const wanted = `${date} ${said(at)}`;
  const noon = new Date(`${date}T${said(at)}:00Z`).getTime();
  for (let moment = noon - 15 * hour; moment < noon + 15 * hour; moment += 15 * minute) {
    const local = localTime(zone, new Date(moment));
    if (local < wanted) continue;
    const exact = Array.from({ length: 15 }, (_, index) => new Date(moment - (14 - index) * minute)).find(
      (one) => localTime(zone, one) >= wanted,
    );
    return exact !== undefined && localTime(zone, exact).startsWith(date) ? exact : undefined;
  }
  return undefined;
}

const isOn = (days: Days, date: string): boolean => {
  const at = new Date(`${date}T12:00:00Z`);
  const weekday = (at.getUTCDay() === 0 ? 7 : at.getUTCDay()) as Weekday;
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  switch (days.kind) {
    case 'everyDay':
      return true;
    case 'weekdays':
      return weekday <= 5;
    case 'weekly':
      return days.on.includes(weekday);
    case 'monthly':
      return at.getUTCDate() === Math.min(days.day, last);
  }
};

const anyTime = fc.record({ hour: fc.nat(23), minute: fc.nat(59) });
const anyDays: fc.Arbitrary<Days> = fc.oneof(
  fc.constant<Days>({ kind: 'everyDay' }),
  fc.constant<Days>({ kind: 'weekdays' }),
  fc
    .uniqueArray(fc.constantFrom<Weekday[]>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 })
    .map((on): Days => ({ kind: 'weekly', on })),
  fc.integer({ min: 1, max: 31 }).map((of): Days => ({ kind: 'monthly', day: of })),
);
const anyTiming = fc.record({ days: anyDays, at: anyTime, condition: fc.constant<'always'>('always') });
const anyZone = fc.constantFrom(...zones);
const anyMoment = fc.date({ min: new Date('2026-01-01'), max: new Date('2031-01-01'), noInvalidDate: true });

const at = (hourOf: number, minuteOf = 0): TimeOfDay => ({ hour: hourOf, minute: minuteOf });
const daily = (time: TimeOfDay): Timing => ({ days: { kind: 'everyDay' }, at: time, condition: 'always' });
const monthly = (of: number): Timing => ({
  days: { kind: 'monthly', day: of },
  at: at(8),
  condition: 'always',
});

function runs(timing: Timing, zone: string, from: Date, count: number): Date[] {
  const found: Date[] = [];
  let after = from;
  while (found.length < count) {
    const next = nextRun(timing, zone, after);
    if (next === undefined) break;
    found.push(next);
    after = next;
  }
  return found;
}

const written = (moments: readonly Date[]): string[] => moments.map((moment) => moment.toISOString());

/** By the calendar: a day of 25 hours is one. Neither the first nor the last. */
function daysBetween(first: string, last: string): string[] {
  const found: string[] = [];
  for (let moment = Date.parse(first) + day; moment < Date.parse(last); moment += day)
    found.push(new Date(moment).toISOString().slice(0, 10));
  return found;
}

/** The days on which a zone's clocks change, found by its offsets at each noon. */
function changesOf(zone: string): string[] {
  const noonIn = (date: Date): string => localTime(zone, date).slice(11);
  const found: string[] = [];
  for (let moment = Date.UTC(2026, 11, 1, 12); moment < Date.UTC(2028, 0, 1); moment += day)
    if (noonIn(new Date(moment)) !== noonIn(new Date(moment + day)))
      found.push(dayIn(zone, new Date(moment)), dayIn(zone, new Date(moment + day)));
  return found;
}

describe('the next run of a schedule', () => {
  it('comes later, on a day that is meant, and once a day at most, in every time zone', () => {
    fc.assert(
      fc.property(anyTiming, anyZone, anyMoment, (timing, zone, from) => {
        const found = runs(timing, zone, from, 5);
        assert.equal(found.length, 5);
        const dates = found.map((moment) => dayIn(zone, moment));
        assert.equal(new Set(dates).size, 5);
        assert.ok(dates.every((date) => isOn(timing.days, date)));
        assert.ok(found.every((moment, index) => moment > (found[index - 1] ?? from)));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out no day that is meant', () => {
    fc.assert(
      fc.property(anyTiming, anyZone, anyMoment, (timing, zone, from) => {
        const [first, second] = runs(timing, zone, from, 2);
        assert.ok(first !== undefined && second !== undefined);
        const between = daysBetween(dayIn(zone, first), dayIn(zone, second));
        assert.deepEqual(
          between.filter((date) => isOn(timing.days, date)),
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  it('has the time that was asked for, or the next one that the day has, the first of two; at every change of clocks', () => {
    fc.assert(
      fc.property(anyTime, anyZone, fc.nat(), (time, zone, pick) => {
        const dates = changesOf(zone);
        const date = dates[pick % Math.max(1, dates.length)] ?? '2027-02-10';
        const expected = firstMomentOf(zone, date, time);
        fc.pre(expected !== undefined);
        const found = nextRun(daily(time), zone, new Date(expected.getTime() - 1));
        assert.equal(found?.toISOString(), expected.toISOString(), `${zone} ${date} ${said(time)}`);
        const following = nextRun(daily(time), zone, expected);
        assert.ok(following !== undefined && dayIn(zone, following) !== date);
      }),
      { numRuns: 400 },
    );
  });

  it('is at the next valid moment where clocks go forward, and once where they go back', () => {
    const berlin = 'Europe/Berlin';
    assert.deepEqual(written(runs(daily(at(2, 30)), berlin, new Date('2027-03-27T12:00Z'), 2)), [
      '2027-03-28T01:00:00.000Z',
      '2027-03-29T00:30:00.000Z',
    ]);
    assert.deepEqual(written(runs(daily(at(2, 30)), berlin, new Date('2027-10-30T12:00Z'), 2)), [
      '2027-10-31T00:30:00.000Z',
      '2027-11-01T01:30:00.000Z',
    ]);
    const between = nextRun(daily(at(2, 30)), berlin, new Date('2027-10-31T01:10Z'));
    assert.equal(between?.toISOString(), '2027-11-01T01:30:00.000Z');
  });

  it('is on the last day of a month that is too short, and on the leap day where there is one', () => {
    const days = (of: number): string[] =>
      runs(monthly(of), 'UTC', new Date('2028-01-31T12:00Z'), 3).map((moment) =>
        moment.toISOString().slice(5, 10),
      );
    assert.deepEqual(days(31), ['02-29', '03-31', '04-30']);
    assert.deepEqual(days(30), ['02-29', '03-30', '04-30']);
    assert.deepEqual(days(29), ['02-29', '03-29', '04-29']);
    const short = nextRun(monthly(29), 'UTC', new Date('2027-02-01T00:00Z'));
    assert.equal(short?.toISOString(), '2027-02-28T08:00:00.000Z');
  });

  it('is there on the last day, and not any more after it', () => {
    const timing = { ...daily(at(23, 59)), until: '2027-01-02' };
    const found = runs(timing, 'America/New_York', new Date('2027-01-01T12:00Z'), 5);
    assert.deepEqual(written(found), ['2027-01-02T04:59:00.000Z', '2027-01-03T04:59:00.000Z']);
    assert.equal(endOfDay('2027-01-02', 'America/New_York').toISOString(), '2027-01-03T04:59:59.000Z');
  });
});

describe('time zones and days', () => {
  it('takes the name of every time zone, and no offset and no word', () => {
    assert.ok(zones.every(isZone));
    for (const other of ['', '+01:00', '-0530', 'Mars/Olympus', 'nowhere', '../etc'])
      assert.equal(isZone(other), false);
  });

  it('knows which day it is somewhere, and the one some months later', () => {
    const moment = new Date('2026-11-30T23:30Z');
    assert.equal(dayIn('Asia/Tokyo', moment), '2026-12-01');
    assert.equal(dayIn('America/New_York', moment), '2026-11-30');
    assert.equal(monthsLater('2026-12-15', 3), '2027-03-15');
    assert.equal(monthsLater('2026-11-30', 3), '2027-03-02');
  });
});
