/** Made-up exports for the domain's tests: one in each state, and every event in a plain form. */
import { targetOf } from '../../../src/sources/goals/explorer-url.ts';
import type { ExportEvent, ExportEventType } from '../../../src/domain/exports/export-event.ts';
import type { ExportJob, ExportState, ExportStatus } from '../../../src/domain/exports/export-job.ts';
import { requestExport } from '../../../src/domain/exports/export-job.ts';
import type { Moment } from '../../../src/domain/exports/moves.ts';

export const now = new Date('2026-01-05T10:00:00.000Z');
export const at: Moment = { now, random: 0 };
export const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

export const sampleStates: { readonly [S in ExportStatus]: Extract<ExportState, { status: S }> } = {
  requested: { status: 'requested' },
  waitingForSignIn: { status: 'waitingForSignIn', cause: 'signIn' },
  starting: { status: 'starting', outcomeUnknown: true },
  waiting: { status: 'waiting', graphJobId: 'j!1' },
  running: { status: 'running', graphJobId: 'j!1' },
  ready: {
    status: 'ready',
    graphJobId: 'j!1',
    expiresAt: later(3600),
    reading: { kind: 'underWay', attempts: 0 },
  },
  failed: { status: 'failed', reason: 'graphFailed', graphJobId: 'j!1' },
  expired: { status: 'expired', graphJobId: 'j!1', expiredAt: later(-60) },
  stopped: { status: 'stopped', by: 'person', graphJobId: 'j!1' },
  parked: { status: 'parked', cause: 'operatorFault', graphJobId: 'j!1' },
};

const sampleDue: { readonly [S in ExportStatus]?: ExportJob['due'] } = {
  requested: { at: now, step: 'start' },
  waitingForSignIn: { at: later(600), step: 'abandonSignIn' },
  starting: { at: later(30), step: 'start' },
  waiting: { at: now, step: 'poll' },
  running: { at: now, step: 'poll' },
  ready: { at: later(3600), step: 'expire' },
  parked: { at: now, step: 'resume' },
};

export const sampleEvents: { readonly [T in ExportEventType]: Extract<ExportEvent, { type: T }> } = {
  startDue: { type: 'startDue' },
  signInRequired: { type: 'signInRequired', cause: 'consent' },
  signedIn: { type: 'signedIn' },
  consentGranted: { type: 'consentGranted' },
  signInAbandoned: { type: 'signInAbandoned' },
  signedOut: { type: 'signedOut' },
  watchStopped: { type: 'watchStopped' },
  exportAccepted: { type: 'exportAccepted', graphJobId: 'j!2' },
  exportJoined: { type: 'exportJoined', graphJobId: 'j!2', from: 'conflict' },
  exportReadyAtOnce: { type: 'exportReadyAtOnce' },
  pendingElsewhere: { type: 'pendingElsewhere' },
  outcomeUnknown: { type: 'outcomeUnknown' },
  graphRefused: { type: 'graphRefused', reason: 'noAccess', requestId: 'r-1' },
  graphUnavailable: { type: 'graphUnavailable', kind: 'busy', retryAfter: 7 },
  stillWaiting: { type: 'stillWaiting' },
  stillRunning: { type: 'stillRunning' },
  exportSucceeded: { type: 'exportSucceeded', expiresAt: later(7200) },
  exportFailed: { type: 'exportFailed', requestId: 'r-2' },
  lookRequested: { type: 'lookRequested' },
  jobMissing: { type: 'jobMissing' },
  contentGone: { type: 'contentGone' },
  downloaded: { type: 'downloaded', size: 12 },
  contentRead: { type: 'contentRead', size: 12 },
  contentUnread: { type: 'contentUnread', why: 'noRows' },
  readSoFar: { type: 'readSoFar', rows: 1_200 },
  readingDelayed: { type: 'readingDelayed' },
  readingWished: { type: 'readingWished' },
  expiryReached: { type: 'expiryReached' },
  exportedAgain: { type: 'exportedAgain' },
  nameChanged: { type: 'nameChanged' },
  retried: { type: 'retried' },
  resumed: { type: 'resumed' },
  oddAnswer: { type: 'oddAnswer' },
  operatorFault: { type: 'operatorFault' },
  crashedTooOften: { type: 'crashedTooOften' },
  followedTooLong: { type: 'followedTooLong' },
};

export const freshExport: ExportJob = requestExport({
  id: '6a1f0c1e-0000-4000-8000-000000000001',
  requester: {
    tenantId: '6a1f0c1e-0000-4000-8000-0000000000aa',
    userId: '6a1f0c1e-0000-4000-8000-0000000000bb',
    name: 'Sample Person',
    channelUserId: '29:sample',
  },
  target: targetOf({
    organizationId: '94a356ab-53d5-40e7-8a85-053d6d3b9eb3',
    viewId: 'e5e7a3c1-8cdf-409d-9ce9-ff730d65d95e',
  }),
  now: later(-120),
});

/** An export in the given state, 120 s old, with what would be due by itself. */
export function exportIn(state: ExportState, change: Partial<ExportJob> = {}): ExportJob {
  const { due: _due, ...rest } = freshExport;
  const due = sampleDue[state.status];
  return { ...rest, ...(due === undefined ? {} : { due }), version: 7, state, ...change };
}
