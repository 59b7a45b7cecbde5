import assert from 'node:assert/strict';
import { isStillLooking, noticeKey, noticePlaces } from '../../../src/domain/exports/notice-due.ts';
import type { ExportJob } from '../../../src/domain/exports/export-job.ts';
import { someExport } from '../../support/samples/sample-exports.ts';

const places: readonly (readonly [ReturnType<typeof noticePlaces>, ExportJob['state']])[] = [
  ['nowhere', { status: 'requested' }],
  ['nowhere', { status: 'starting', outcomeUnknown: false }],
  ['nowhere', { status: 'waiting', graphJobId: 'j!1' }],
  ['nowhere', { status: 'running', graphJobId: 'j!1' }],
  ['everywhere', { status: 'ready', graphJobId: 'j!1' }],
  ['everywhere', { status: 'failed', reason: 'noAccess' }],
  ['nowhere', { status: 'expired', graphJobId: 'j!1', expiredAt: new Date(0) }],
  ['nowhere', { status: 'stopped', by: 'person' }],
  ['everywhere', { status: 'stopped', by: 'noSignIn' }],
  ['everywhere', { status: 'parked', cause: 'oddAnswers' }],
  ['everywhere', { status: 'parked', cause: 'operatorFault' }],
  ['everywhere', { status: 'parked', cause: 'crashedTooOften' }],
  ['everywhere', { status: 'parked', cause: 'followedTooLong' }],
  ['nowhere', { status: 'waitingForSignIn', cause: 'signIn' }],
  ['sharedOnly', { status: 'waitingForSignIn', cause: 'signIn', graphJobId: 'j!1' }],
  ['nowhere', { status: 'waitingForSignIn', cause: 'signIn', graphJobId: 'j!1', quiet: true }],
];

describe('a message about an export’s end', () => {
  for (const [where, state] of places)
    it(`is posted ${where}: ${JSON.stringify(state)}`, () => {
      assert.equal(noticePlaces(someExport({ state })), where);
    });

  it('tells the operator’s fault once, not each time that going on did not help', () => {
    const job = someExport({ state: { status: 'parked', cause: 'operatorFault' } });
    const again = { ...job, contact: { ...job.contact, operatorFaults: 2 } };
    assert.deepEqual([noticePlaces(job), noticePlaces(again)], ['everywhere', 'nowhere']);
  });

  it('is not needed for ten seconds after its person wrote', () => {
    const asked = new Date('2026-03-02T09:00:00Z');
    const later = (seconds: number): Date => new Date(asked.getTime() + seconds * 1000);
    const ended = (seconds: number): ExportJob =>
      someExport({
        requestedAt: asked,
        since: later(seconds),
        state: { status: 'ready', graphJobId: 'j!1' },
      });
    assert.deepEqual(
      [9.999, 10].map((seconds) => isStillLooking(ended(seconds), {})),
      [true, false],
    );
    // Pasted again in the meantime.
    const card = { placedAt: later(600) };
    assert.deepEqual(
      [599, 609.999, 610].map((seconds) => isStillLooking(ended(seconds), card)),
      [true, true, false],
    );
    // The card is older than this run of the export.
    assert.equal(isStillLooking(ended(5), { placedAt: later(-3600) }), true);
  });

  it('is another one for another state, and for the same state entered again', () => {
    const keys = [
      someExport({ state: { status: 'failed', reason: 'gone' }, since: new Date(1) }),
      someExport({ state: { status: 'failed', reason: 'gone' }, since: new Date(2) }),
      someExport({ state: { status: 'ready', graphJobId: 'j!1' }, since: new Date(2) }),
    ].map(noticeKey);
    assert.equal(new Set(keys).size, 3);
  });
});
