/** Makes up exports in every state that a card can show. */
import { targetOf } from '../../sources/goals/explorer-url.ts';
import type {
  ExportJob,
  ExportState,
  FailureReason,
  ParkCause,
  SignInCause,
} from '../../domain/exports/export-job.ts';
import { noContact } from '../../domain/exports/export-job.ts';

/** The moment at which the samples are looked at. */
export const sampleNow = new Date('2026-03-04T14:12:00Z');
const inMinutes = (minutes: number): Date => new Date(sampleNow.getTime() + minutes * 60_000);
const inDays = (days: number): Date => inMinutes(days * 24 * 60);

export const sampleGraphJobId = 'j!uJ00SampleJobOf-the_sandbox0000000000000';
export const sampleRequestId = '0f3c7a52-6b1e-4c0d-9d5e-7a1b2c3d4e5f';

export const sampleJob: ExportJob = {
  id: '6a1f0c9e-2f4b-4d37-8c55-90b7a6f1d2e3',
  requester: {
    tenantId: '11111111-2222-4333-8444-555555555555',
    userId: '66666666-7777-4888-9999-aaaaaaaaaaaa',
    name: 'Robin Sample',
    channelUserId: '29:1sample-channel-user',
  },
  target: targetOf({
    organizationId: '94a356ab-53d5-40e7-8a85-053d6d3b9eb3',
    viewId: 'e5e7a3c1-8cdf-409d-9ce9-ff730d65d95e',
  }),
  requestedAt: inMinutes(-9),
  since: inMinutes(-7),
  state: { status: 'requested' },
  contact: noContact,
  joined: false,
  pastRuns: [],
  version: 3,
};

const graphJobId = sampleGraphJobId;
const inState = (state: ExportState, more: Partial<ExportJob> = {}): ExportJob => ({
  ...sampleJob,
  state,
  ...more,
});

const followed = { ...noContact, followedSince: inMinutes(-7) };
const poll = { at: inMinutes(2), step: 'poll' } as const;
const following = { contact: followed, due: poll };
const troubled = (kind: 'busy' | 'unreachable' | 'insecure' | 'oddAnswer'): Partial<ExportJob> => ({
  contact: { ...followed, attempts: 3, trouble: { since: inMinutes(-4), kind } },
  due: poll,
});

const signInCauses: readonly SignInCause[] = ['signIn', 'claims', 'consent', 'adminConsent'];
const reasons: readonly FailureReason[] = [
  'noAccess',
  'notValid',
  'placeNotFound',
  'gone',
  'graphFailed',
  'retired',
  'refused',
];
const parkCauses: readonly ParkCause[] = [
  'oddAnswers',
  'operatorFault',
  'crashedTooOften',
  'followedTooLong',
];

const named = <K extends string>(
  prefix: string,
  kinds: readonly K[],
  make: (kind: K) => ExportJob,
): Readonly<Record<string, ExportJob>> =>
  Object.fromEntries(kinds.map((kind) => [`${prefix}-${kind}`, make(kind)]));

/** Every state with every cause, and the variants that change the words. */
export const sampleJobs: Readonly<Record<string, ExportJob>> = {
  requested: inState({ status: 'requested' }),
  ...named('sign-in', signInCauses, (cause) =>
    inState({ status: 'waitingForSignIn', cause, claims: '{"sample":1}' }),
  ),
  starting: inState({ status: 'starting', outcomeUnknown: true }),
  'starting-unknown': inState(
    { status: 'starting', outcomeUnknown: true },
    {
      contact: { ...noContact, attempts: 1, trouble: { since: inMinutes(-1), kind: 'unreachable' } },
      due: poll,
    },
  ),
  'starting-elsewhere': inState(
    { status: 'starting', outcomeUnknown: false, pendingElsewhere: true },
    { due: poll },
  ),
  waiting: inState({ status: 'waiting', graphJobId }, following),
  running: inState({ status: 'running', graphJobId }, following),
  'running-joined': inState({ status: 'running', graphJobId }, { ...following, joined: true }),
  'running-odd-word': inState({ status: 'running', graphJobId, graphStatus: 'compacting' }, following),
  'running-missing': inState({ status: 'running', graphJobId, missingSince: inMinutes(-1) }, following),
  'running-busy': inState({ status: 'running', graphJobId }, troubled('busy')),
  'running-unreachable': inState({ status: 'running', graphJobId }, troubled('unreachable')),
  'running-insecure': inState({ status: 'running', graphJobId }, troubled('insecure')),
  'running-odd': inState({ status: 'running', graphJobId }, troubled('oddAnswer')),
  ready: inState({ status: 'ready', graphJobId, expiresAt: inDays(40), size: 483_211 }),
  'ready-bare': inState({ status: 'ready', graphJobId }),
  'ready-again': inState({
    status: 'ready',
    graphJobId,
    expiresAt: inDays(40),
    exportedAgainAt: inMinutes(-2),
  }),
  'ready-sign-in': inState({ status: 'ready', graphJobId, expiresAt: inDays(40), signInCause: 'signIn' }),
  ...named('failed', reasons, (reason) =>
    inState({
      status: 'failed',
      reason,
      graphJobId,
      requestId: sampleRequestId,
      message: 'The view could not be read by this user.',
    }),
  ),
  'failed-without-id': inState({ status: 'failed', reason: 'gone' }),
  expired: inState({ status: 'expired', graphJobId, expiredAt: inDays(-1) }),
  'stopped-person': inState({ status: 'stopped', by: 'person', graphJobId }),
  'stopped-early': inState({ status: 'stopped', by: 'person' }),
  'stopped-no-sign-in': inState({ status: 'stopped', by: 'noSignIn' }),
  ...named('parked', parkCauses, (cause) => inState({ status: 'parked', cause, graphJobId })),
};
