/** Makes one sample of every card about schedules, by name. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { scheduleCard } from '../../cards/schedules/schedule-card.ts';
import { scheduleFormCard, zoneFormCard } from '../../cards/schedules/schedule-form.ts';
import { scheduleNoticeCard } from '../../cards/schedules/schedule-notice.ts';
import { schedulesCard } from '../../cards/schedules/schedules-card.ts';
import type { Schedule } from '../../domain/schedules/schedule.ts';
import { en } from '../../words/en/en.ts';
import { sampleJob, sampleNow } from './sample-jobs.ts';

const day = 86_400_000;
const later = (days: number): Date => new Date(sampleNow.getTime() + days * day);

export const sampleSchedule: Schedule = {
  id: sampleJob.id,
  owner: sampleJob.requester,
  target: sampleJob.target,
  conversation: {
    tenantId: sampleJob.requester.tenantId,
    conversationId: 'a:sample',
    kind: 'personal',
    serviceUrl: 'https://smba.example.com/',
    botChannelId: '28:sample',
  },
  audience: 'owner',
  timing: {
    days: { kind: 'weekly', on: [1] },
    at: { hour: 9, minute: 0 },
    condition: 'ifChanged',
    until: '2026-12-24',
  },
  zone: 'Europe/Berlin',
  until: later(90),
  state: { kind: 'active', nextAt: later(3) },
  lastRun: { dueAt: later(-4), begunAt: later(-4), outcome: 'notMet' },
  failures: 0,
  madeAt: later(-20),
};

const weekdays: Schedule = {
  ...sampleSchedule,
  timing: {
    ...sampleSchedule.timing,
    days: { kind: 'weekdays' },
    at: { hour: 17, minute: 0 },
    condition: 'ifAtRisk',
  },
  lastRun: { dueAt: later(-1), begunAt: later(-1), outcome: 'posted' },
};
const monthly: Schedule = {
  ...sampleSchedule,
  timing: { ...sampleSchedule.timing, days: { kind: 'monthly', day: 30 }, condition: 'always' },
  state: { kind: 'paused', why: 'failures', since: later(-1) },
  lastRun: { dueAt: later(-1), begunAt: later(-1), outcome: 'failed' },
  failures: 3,
};
const several = [
  { schedule: sampleSchedule, name: 'Q3 sales' },
  { schedule: weekdays, title: 'Launch of the summer catalogue' },
  { schedule: monthly, name: 'مبيعات الربع الثالث' },
];
const filled = { days: 'weekly:1,4', at: '09:00', condition: 'ifChanged', until: '2026-12-24' };
const named = { value: `name:${sampleJob.id}`, label: 'Q3 sales' };

export const scheduleCards: Readonly<Record<string, Card>> = {
  'schedule-set': scheduleCard(en, { schedule: sampleSchedule, name: 'Q3 sales' }, 'set'),
  'schedule-active': scheduleCard(en, { schedule: { ...monthly, state: sampleSchedule.state, failures: 2 } }),
  'schedule-paused': scheduleCard(en, { schedule: monthly }),
  'schedule-running': scheduleCard(en, { schedule: weekdays }, 'running'),
  'schedule-over': scheduleCard(en, { schedule: monthly }, 'over'),
  'schedule-ended': scheduleCard(en, {
    schedule: { ...weekdays, state: { kind: 'ended', why: 'person', since: sampleNow } },
  }),
  schedules: schedulesCard(en, { schedules: several }),
  'schedules-many': schedulesCard(en, {
    schedules: [...several, ...several, ...several, ...several],
  }),
  'schedules-which': schedulesCard(en, {
    schedules: several.slice(0, 2),
    asksWhich: true,
  }),
  'schedules-none': schedulesCard(en, { schedules: [] }),
  'schedule-form': scheduleFormCard(en, { filled: {}, thing: named, inDialog: true }),
  'schedule-form-wrong': scheduleFormCard(en, {
    filled,
    things: [{ title: 'Q3 sales', value: `name:${sampleJob.id}` }],
    problem: en.schedules.tryThis(en.schedules.problems.time('25:00')),
    inDialog: false,
  }),
  'schedule-ends-soon': scheduleNoticeCard(en, {
    schedule: sampleSchedule,
    notice: { what: 'endsSoon' },
    name: 'Q3 sales',
    toOwner: true,
  }),
  'schedule-paused-told': scheduleNoticeCard(en, {
    schedule: monthly,
    notice: { what: 'paused', why: 'failures' },
    toOwner: true,
  }),
  'schedule-zone': zoneFormCard(en, {
    zones: Intl.supportedValuesOf('timeZone'),
    sent: { verb: 'scheduleIt', thing: named.value, ...filled, sent: true },
    inDialog: false,
  }),
};
