/** The machine: every (status, event) pair as a table, and the pairs that depend on detail. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ExportEvent, ExportEventType } from '../../../src/domain/exports/export-event.ts';
import type { ExportJob, ExportState, ExportStatus } from '../../../src/domain/exports/export-job.ts';
import type { Transition } from '../../../src/domain/exports/moves.ts';
import { transition } from '../../../src/domain/exports/transition.ts';
import { expectedTransitions } from './expected-transitions.ts';
import { at, exportIn, freshExport, later, now, sampleEvents, sampleStates } from './sample-exports.ts';

const wordsInSource = (file: string, tag: string): string[] => {
  const source = readFileSync(new URL(`../../../src/domain/exports/${file}`, import.meta.url), 'utf8');
  const found = Array.from(
    source.matchAll(new RegExp(`readonly ${tag}: '(\\w+)'`, 'g')),
    ([, word = '']) => word,
  );
  return [...new Set(found)].sort();
};
const statuses = Object.keys(sampleStates) as ExportStatus[];
const eventTypes = Object.keys(sampleEvents) as ExportEventType[];

const plain = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? Object.values(value ?? {}).join(':') : (value as string);
};

function inWords(outcome: Transition): string {
  if (outcome.kind === 'ignored') return 'ignored';
  const { state, due } = outcome.job;
  const { status, ...fields } = state;
  const named = Object.entries(fields).map(([name, value]) => `${name}=${plain(value)}`);
  const seconds = due === undefined ? 0 : (due.at.getTime() - now.getTime()) / 1000;
  const effects = outcome.effects.map((effect) =>
    effect.kind === 'notifyRequester' ? `notify:${effect.about}` : effect.kind.replace('showCards', 'cards'),
  );
  return [
    [status, ...named].join(' '),
    due === undefined ? 'none' : `${due.step}+${String(seconds)}`,
    effects.join(' '),
  ].join(' | ');
}

const decide = (state: ExportState, event: ExportEvent, change: Partial<ExportJob> = {}): string =>
  inWords(transition(exportIn(state, change), event, at));

describe('transition: the table', () => {
  it('has a row for every status and every event that the domain knows', () => {
    assert.deepEqual([...statuses].sort(), wordsInSource('export-job.ts', 'status'));
    assert.deepEqual([...eventTypes].sort(), wordsInSource('export-event.ts', 'type'));
    for (const status of statuses) {
      const { moves, ignored } = expectedTransitions[status];
      assert.deepEqual([...Object.keys(moves), ...ignored.split(' ')].sort(), [...eventTypes].sort(), status);
    }
  });

  for (const status of statuses)
    for (const type of eventTypes) {
      const expected = expectedTransitions[status].moves[type] ?? 'ignored';
      it(`${status} + ${type} → ${expected}`, () => {
        assert.equal(decide(sampleStates[status], sampleEvents[type]), expected);
      });
    }
});

const rows: readonly (readonly [what: string, state: ExportState, event: ExportEvent, expected: string])[] = [
  [
    'a sign-in goes back to the Graph job',
    { status: 'waitingForSignIn', cause: 'claims', claims: '{}', graphJobId: 'j!1' },
    { type: 'signedIn' },
    'waiting graphJobId=j!1 | poll+0 | cards startNow',
  ],
  [
    'a sign-in remembers that a POST may be on its way',
    { status: 'waitingForSignIn', cause: 'signIn', outcomeUnknown: true },
    { type: 'signedIn' },
    'starting outcomeUnknown=true | start+0 | cards startNow',
  ],
  [
    'a job of which Graph says with the answer that it is under way is looked at a second later',
    { status: 'starting', outcomeUnknown: false },
    { type: 'exportAccepted', graphJobId: 'j!2', underWay: {} },
    'waiting graphJobId=j!2 isUnshown=true | poll+1 | ',
  ],
  [
    'and not before Graph asks for it',
    { status: 'starting', outcomeUnknown: false },
    { type: 'exportAccepted', graphJobId: 'j!2', underWay: { retryAfter: 20 } },
    'waiting graphJobId=j!2 | poll+20 | cards',
  ],
  [
    'the same question is asked once',
    { status: 'waitingForSignIn', cause: 'claims', claims: '{"a":1}' },
    { type: 'signInRequired', cause: 'claims', claims: '{"a":1}' },
    'ignored',
  ],
  [
    'new claims are a new question',
    { status: 'waitingForSignIn', cause: 'claims', claims: '{"a":1}', graphJobId: 'j!1' },
    { type: 'signInRequired', cause: 'claims', claims: '{"a":2}' },
    'waitingForSignIn cause=claims claims={"a":2} graphJobId=j!1 | abandonSignIn+604800 | cards askSignIn notify:signInNeeded',
  ],
  [
    'an administrator has 30 days',
    { status: 'starting', outcomeUnknown: false },
    { type: 'signInRequired', cause: 'adminConsent' },
    'waitingForSignIn cause=adminConsent | abandonSignIn+2592000 | cards askSignIn',
  ],
  [
    'a known job is not replaced while waiting for a sign-in',
    { status: 'waitingForSignIn', cause: 'signIn', graphJobId: 'j!1' },
    { type: 'exportJoined', graphJobId: 'j!2', from: 'list' },
    'ignored',
  ],
  [
    'the job of a late POST is kept when watching was stopped',
    { status: 'stopped', by: 'person', outcomeUnknown: true },
    { type: 'exportAccepted', graphJobId: 'j!2' },
    'stopped by=person graphJobId=j!2 | none | cards',
  ],
  [
    'the job of a late POST is kept when parked',
    { status: 'parked', cause: 'crashedTooOften', outcomeUnknown: true },
    { type: 'exportAccepted', graphJobId: 'j!2' },
    'parked cause=crashedTooOften graphJobId=j!2 | resume+0 | cards',
  ],
  [
    'resuming without a job lists first when a POST may be on its way',
    { status: 'stopped', by: 'noSignIn', outcomeUnknown: true },
    { type: 'resumed' },
    'starting outcomeUnknown=true | start+0 | cards startNow',
  ],
  [
    'G7 a Refresh within the minute is no second look',
    { status: 'running', graphJobId: 'j!1', missingSince: later(-20) },
    { type: 'jobMissing' },
    `running graphJobId=j!1 missingSince=${later(-20).toISOString()} | poll+40 | cards`,
  ],
  [
    'G7 missing at the second look is gone',
    { status: 'waiting', graphJobId: 'j!1', missingSince: later(-60) },
    { type: 'jobMissing' },
    'failed reason=gone graphJobId=j!1 | none | cards notify:failed',
  ],
  [
    'G7 found again is followed as before',
    { status: 'waiting', graphJobId: 'j!1', missingSince: later(-60) },
    { type: 'stillWaiting', retryAfter: 20 },
    'waiting graphJobId=j!1 | poll+20 | cards',
  ],
  [
    'G17 an unknown status is followed slowly',
    { status: 'waiting', graphJobId: 'j!1' },
    { type: 'stillRunning', unknownStatus: 'archiving' },
    'running graphJobId=j!1 graphStatus=archiving | poll+300 | cards',
  ],
  [
    'without an expiry nothing is due',
    { status: 'running', graphJobId: 'j!1' },
    { type: 'exportSucceeded' },
    'ready graphJobId=j!1 reading=underWay:0 | none | cards notify:ready readContent',
  ],
  [
    'G8 expired at the time that Graph named',
    { status: 'ready', graphJobId: 'j!1', expiresAt: later(-30) },
    { type: 'expiryReached' },
    `expired graphJobId=j!1 expiredAt=${later(-30).toISOString()} | none | cards`,
  ],
  [
    'G8 content gone early did not expire in the future',
    { status: 'ready', graphJobId: 'j!1', expiresAt: later(3600) },
    { type: 'contentGone' },
    `expired graphJobId=j!1 expiredAt=${now.toISOString()} | none | cards`,
  ],
  [
    'a known size is no news',
    { status: 'ready', graphJobId: 'j!1', size: 12 },
    { type: 'downloaded', size: 12 },
    'ignored',
  ],
  [
    'a ready export asks once',
    { status: 'ready', graphJobId: 'j!1', signInCause: 'claims', claims: '{}' },
    { type: 'signInRequired', cause: 'claims', claims: '{}' },
    'ignored',
  ],
  [
    'a ready export forgets its question after the sign-in',
    { status: 'ready', graphJobId: 'j!1', size: 3, signInCause: 'claims', claims: '{}' },
    { type: 'signedIn' },
    'ready graphJobId=j!1 size=3 | expire+3600 | cards',
  ],
  [
    'only the operator’s fault is looked at again by itself',
    { status: 'parked', cause: 'oddAnswers', graphJobId: 'j!1' },
    { type: 'operatorFault' },
    'ignored',
  ],
  [
    'G11 a 429 on the POST means that nothing was posted',
    { status: 'starting', outcomeUnknown: true },
    { type: 'graphUnavailable', kind: 'busy', retryAfter: 30, notPosted: true },
    'starting outcomeUnknown=false | start+30 | cards',
  ],
];

describe('transition: what depends on detail', () => {
  it('a person who wants to know now is not put before Graph’s wish for peace, nor twice in a moment', () => {
    const { contact } = freshExport;
    const ask = (change: Partial<ExportJob['contact']>): string =>
      decide(sampleStates.running, sampleEvents.lookRequested, { contact: { ...contact, ...change } });
    assert.equal(ask({ lookedAt: later(-9) }), 'ignored');
    assert.equal(ask({ trouble: { since: now, kind: 'busy' } }), 'ignored');
    assert.equal(ask({ lookedAt: later(-10) }), 'running graphJobId=j!1 | poll+0 | startNow');
  });

  it('a job that stands where Graph’s first answer left it is shown with the first look, and then no more', () => {
    const taken = { status: 'waiting', graphJobId: 'j!1', isUnshown: true } as const;
    assert.equal(decide(taken, { type: 'stillWaiting' }), 'waiting graphJobId=j!1 | poll+3 | cards');
    assert.equal(
      decide(sampleStates.waiting, { type: 'stillWaiting' }),
      'waiting graphJobId=j!1 | poll+3 | ',
    );
  });

  for (const [what, state, event, expected] of rows)
    it(what, () => {
      assert.equal(decide(state, event), expected);
    });
});
