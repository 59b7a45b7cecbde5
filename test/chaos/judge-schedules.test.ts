// The kill test's verdict on schedules notices whatever it is there for.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { someSchedule } from '../support/samples/sample-schedules.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import { channelThread, personalChat, type Place } from '../support/teams/teams-places.ts';
import type { KeptExport } from './kept-exports.ts';
import { judgeSchedules, type ScheduleEvidence } from './schedules/judge-schedules.ts';

const [person] = sandboxPeople;
const first = new Date('2026-06-02T09:00:20Z');
const second = new Date('2026-06-02T09:02:00Z');
const tomorrow = new Date('2026-06-03T09:02:00Z');
const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

const exportOf = (viewId: string, requestedAt: Date): KeptExport => ({
  id: randomUUID(),
  userId: person.oid,
  viewId,
  makesJobs: true,
  status: 'ready',
  isOpen: false,
  requestedAt,
  since: later(requestedAt, 4),
  secondsToEnd: 4,
  graphJobIds: ['a'],
});

const messageOf = (viewId: string, conversationId: string, at: Date, verb = 'aboutSubscription') => {
  const link = `https://goals.microsoft.com/?viewId=${viewId}`;
  const body = [{ type: 'TextBlock', text: `Your file is ready to download ${link}` }];
  const content = { type: 'AdaptiveCard', body, actions: [{ type: 'Action.Execute', verb }] };
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
  const versions = [{ type: 'message', attachments }];
  return { id: String(at.getTime()), conversationId, versions, deleted: false };
};

/** Two runs, each with its message, nothing out of order. */
function twoRunsIn(place: Place) {
  const id = randomUUID();
  const viewId = randomUUID();
  const schedule = someSchedule({
    id,
    timing: {
      days: { kind: 'everyDay' },
      at: { hour: 9, minute: 2 },
      condition: 'always',
      until: '2026-09-01',
    },
    zone: 'UTC',
    state: { kind: 'active', nextAt: first },
  });
  const exports = [exportOf(viewId, later(first, 1)), exportOf(viewId, later(second, 1))] as const;
  const activities = [first, second].map((at) => messageOf(viewId, place.id, later(at, 8)));
  const run = { dueAt: second, begunAt: later(second, 1), outcome: 'posted', exportId: exports[1].id };
  const seeded = {
    id,
    person,
    place,
    viewId,
    url: '',
    ends: 'succeeded',
    condition: 'always',
    dueAfter: 0,
    isDueAgain: true,
    schedule,
    firstDueAt: first,
  } as const;
  return { seeded, exports, activities, row: { id, state: 'active', nextAt: tomorrow, run } };
}

const evidenceOf = (...all: readonly ReturnType<typeof twoRunsIn>[]): ScheduleEvidence => ({
  seeded: all.map(({ seeded }) => seeded),
  activities: all.flatMap(({ activities }) => activities),
  harms: [],
  lastDueAt: second,
  kept: {
    exports: all.flatMap(({ exports }) => exports),
    schedules: all.map(({ row }) => row),
    cards: new Set(all.flatMap(({ activities }) => activities.map(({ id }) => id))),
  },
});

describe('the verdict on schedules', () => {
  const own = twoRunsIn(personalChat(person));
  const there = twoRunsIn(channelThread([person]));
  const good = evidenceOf(own, there);
  const { kept, activities } = good;
  const [card] = own.activities;
  const [summary] = there.activities;
  assert.ok(card !== undefined && summary !== undefined);
  const keeping = (change: Partial<ScheduleEvidence['kept']>): ScheduleEvidence => ({
    ...good,
    kept: { ...kept, ...change },
  });
  const showing = (...more: readonly KeptActivity[]): ScheduleEvidence => ({
    ...good,
    activities: [...activities, ...more],
  });
  const standing = (change: object): ScheduleEvidence =>
    keeping({ schedules: [{ ...own.row, ...change }, there.row] });
  const again = messageOf(own.seeded.viewId, card.conversationId, later(first, 30));

  it('is that every promise was kept where it was', () => {
    const { breaches, figures } = judgeSchedules(good);
    assert.deepEqual(breaches, []);
    const counted = [figures['runs that were due'], figures['runs carried out once'], figures['runs lost']];
    assert.deepEqual(counted, [4, 4, 0]);
  });

  const stranger = messageOf(own.seeded.viewId, 'elsewhere', later(first, 8));
  const { viewId, place } = there.seeded;
  const broken: readonly (readonly [what: string, evidence: ScheduleEvidence, said: RegExp])[] = [
    ['a run was lost', keeping({ exports: [own.exports[0], ...there.exports] }), /T09:02:00.000Z was lost/],
    [
      'a run was carried out twice',
      keeping({ exports: [...kept.exports, exportOf(own.seeded.viewId, later(second, 9))] }),
      /carried out twice/,
    ],
    ['a run has no message', { ...good, activities: activities.slice(1) }, /1 messages are missing/],
    ['a message came twice for no reason', showing(again), /1 messages too many, though nothing hurt/],
    ['the next run is not set', standing({ nextAt: null }), /next run is set to undefined/],
    ['a run hangs', standing({ run: { ...own.row.run, outcome: 'underWay' } }), /is underWay, not posted/],
    ['a schedule was paused', standing({ state: 'paused' }), /it is paused/],
    ['a card stands elsewhere', showing(stranger), /something of it stands in elsewhere/],
    [
      'a subscription posted a file',
      showing(messageOf(viewId, place.id, later(first, 9), 'download')),
      /more than a summary: download/,
    ],
    [
      'a subscription posted something else',
      showing(messageOf(randomUUID(), place.id, later(first, 9))),
      /something else stands there/,
    ],
  ];
  for (const [what, evidence, said] of broken)
    it(`is that a promise was broken where ${what}`, () => {
      assert.match(judgeSchedules(evidence).breaches.join('\n'), said);
    });

  it('counts a message that a kill doubled', () => {
    const at = Number(card.id);
    const harms = [{ kind: 'kill', slot: 0, from: at + 100, to: at + 200 }] as const;
    const evidence = { ...showing(again), harms };
    const { breaches, figures } = judgeSchedules(evidence);
    assert.deepEqual(breaches, []);
    assert.equal(figures['messages of runs doubled by a kill'], 1);
  });
});
