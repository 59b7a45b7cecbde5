/** Each card about schedules takes each sentence from the words. */
import assert from 'node:assert/strict';
import type { Card } from '../../../src/cards/blocks/adaptive-card.ts';
import { scheduleCard, type ScheduleNews } from '../../../src/cards/schedules/schedule-card.ts';
import { scheduleFormCard, thingChoice, zoneFormCard } from '../../../src/cards/schedules/schedule-form.ts';
import { subscriptionsHereCard } from '../../../src/cards/schedules/subscription-cards.ts';
import { scheduleNoticeCard } from '../../../src/cards/schedules/schedule-notice.ts';
import { schedulesCard } from '../../../src/cards/schedules/schedules-card.ts';
import type { Schedule, ScheduleState, Timing } from '../../../src/domain/schedules/schedule.ts';
import { sampleSchedule } from '../../../src/tools/card-pictures/sample-schedules.ts';
import { en } from '../../../src/words/en/en.ts';
import { createWordsFor, type Words } from '../../../src/words/words.ts';
import { cardProblems } from '../../support/cards/card-validator.ts';
import { textOf } from '../../support/cards/card-text.ts';
import { sentencesOutside } from '../../support/words/outside.ts';
import { pseudoLanguages } from '../../support/words/pseudo.ts';

const since = sampleSchedule.madeAt;
const causes = Object.keys(en.schedules.paused) as readonly (keyof typeof en.schedules.paused)[];
const states: readonly ScheduleState[] = [
  sampleSchedule.state,
  ...causes.map((why): ScheduleState => ({ kind: 'paused', why, since })),
  { kind: 'ended', why: 'person', since },
];
const outcomes = Object.keys(en.schedules.lastRun) as readonly (keyof typeof en.schedules.lastRun)[];
const conditions = ['always', 'ifChanged', 'ifAtRisk'] as const;
const days: readonly Timing['days'][] = [
  { kind: 'everyDay' },
  { kind: 'weekdays' },
  { kind: 'weekly', on: [1, 4] },
  { kind: 'monthly', day: 30 },
  { kind: 'monthly', day: 31 },
];
const every: readonly Schedule[] = [
  ...states.map((state) => ({ ...sampleSchedule, state, failures: 1 })),
  ...outcomes.flatMap((outcome) =>
    conditions.map((condition) => ({
      ...sampleSchedule,
      timing: { ...sampleSchedule.timing, condition },
      lastRun: { dueAt: since, begunAt: since, outcome },
    })),
  ),
  ...days.map((when) => ({ ...sampleSchedule, timing: { ...sampleSchedule.timing, days: when } })),
];
const news: readonly ScheduleNews[] = ['set', 'running', 'over'];
const zones = ['Europe/Berlin'];
const thing = `name:${sampleSchedule.id}`;
const problems = Object.keys(en.schedules.problems) as readonly (keyof typeof en.schedules.problems)[];

const cardsIn = (words: Words): Readonly<Record<string, readonly Card[]>> => ({
  'one schedule': [
    ...every.map((schedule) => scheduleCard(words, { schedule, name: 'Quill' })),
    ...news.map((one) => scheduleCard(words, { schedule: sampleSchedule }, one)),
  ],
  'the list': [
    schedulesCard(words, { schedules: [] }),
    schedulesCard(words, { schedules: every.map((schedule) => ({ schedule })) }),
    schedulesCard(words, { schedules: [{ schedule: sampleSchedule }], asksWhich: true }),
  ],
  'the form': [
    scheduleFormCard(words, {
      filled: {},
      things: [thingChoice('name', sampleSchedule.id, 'Quill')],
      inDialog: false,
    }),
    ...problems.map((what) =>
      scheduleFormCard(words, {
        filled: { days: 'weekly:1,4', at: '09:00', condition: 'ifChanged', until: '2026-12-24' },
        thing: { value: thing, label: 'Quill' },
        problem: words.schedules.tryThis(words.schedules.problems[what]('Quill')),
        inDialog: true,
      }),
    ),
    zoneFormCard(words, { zones, sent: { verb: 'scheduleIt', thing, sent: true }, inDialog: false }),
  ],
});

describe('cards about schedules', () => {
  const pseudo = createWordsFor(pseudoLanguages)('xx');
  for (const [what, cards] of Object.entries(cardsIn(pseudo)))
    it(`say no sentence of their own: ${what}`, () => {
      for (const card of cards) {
        assert.deepEqual(sentencesOutside(card, ['Quill', 'e5e7a3c1', 'Europe/Berlin']), []);
        assert.deepEqual(cardProblems(card), []);
      }
    });

  it('say what a run did not post, and why', () => {
    const run = { dueAt: since, begunAt: since, outcome: 'notMet' } as const;
    const said = textOf(
      schedulesCard(en, {
        schedules: [{ schedule: { ...sampleSchedule, lastRun: run } }],
      }),
    );
    assert.match(said, /nothing had changed, nothing was posted/);
  });

  it('warn before the last day with a button that extends it, for its owner alone', () => {
    const notice = { schedule: sampleSchedule, notice: { what: 'endsSoon' } } as const;
    const titles = (card: Card) => (card.actions ?? []).map(({ title }) => title);
    assert.deepEqual(titles(scheduleNoticeCard(en, { ...notice, toOwner: true })), [
      'Extend',
      'All schedules',
    ]);
    assert.deepEqual(titles(scheduleNoticeCard(en, notice)), []);
  });

  it('number the summaries of a place as their buttons, and count the rest', () => {
    const many = subscriptionsHereCard(
      en,
      Array.from({ length: 7 }, () => ({ schedule: sampleSchedule })),
    );
    const nths = [1, 2, 3, 4, 5];
    assert.deepEqual(
      many.actions?.map(({ title }) => title),
      nths.map((nth) => `About ${String(nth)}`),
    );
    for (const nth of nths) assert.ok(textOf(many).includes(`Summary ${String(nth)}`), String(nth));
    assert.match(textOf(many), /… and 2 more\./);
    const one = textOf(subscriptionsHereCard(en, [{ schedule: sampleSchedule }]));
    assert.doesNotMatch(one, /Summary 1/);
  });

  it('have six buttons at most', () => {
    for (const schedule of every) assert.ok((scheduleCard(en, { schedule }).actions ?? []).length <= 6);
  });
});
