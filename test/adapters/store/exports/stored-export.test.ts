import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exportOf, rowOf } from '../../../../src/adapters/store/exports/stored-export.ts';
import type {
  Contact,
  Due,
  ExportJob,
  ExportState,
  PastRun,
} from '../../../../src/domain/exports/export-job.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import { someExport, somebody } from '../../../support/samples/sample-exports.ts';
import { sampleVault } from '../../../support/samples/sample-vault.ts';

const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2199-01-01'), noInvalidDate: true });
const text = fc.string({ unit: 'grapheme' });
const cause = fc.constantFrom('signIn', 'claims', 'consent', 'adminConsent');
const flag = fc.boolean();
const exactly = <T extends string>(value: T) => fc.constant(value);
const some = <T extends Record<string, unknown>, K extends keyof T>(
  shape: { [P in keyof T]: fc.Arbitrary<T[P]> },
  requiredKeys: K[],
) => fc.record(shape, { requiredKeys, noNullPrototype: true });

const footing = { graphJobId: text, outcomeUnknown: flag };
const following = { graphJobId: text, missingSince: moment };

const state: fc.Arbitrary<ExportState> = fc.oneof(
  some({ status: exactly('requested') }, ['status']),
  some({ status: exactly('waitingForSignIn'), cause, claims: text, ...footing }, ['status', 'cause']),
  some({ status: exactly('starting'), outcomeUnknown: flag, pendingElsewhere: flag }, [
    'status',
    'outcomeUnknown',
  ]),
  some({ status: exactly('waiting'), ...following }, ['status', 'graphJobId']),
  some({ status: exactly('running'), ...following, graphStatus: text }, ['status', 'graphJobId']),
  some(
    {
      status: exactly('ready'),
      graphJobId: text,
      expiresAt: moment,
      size: fc.nat(),
      exportedAgainAt: moment,
      signInCause: cause,
      claims: text,
    },
    ['status', 'graphJobId'],
  ),
  some(
    {
      status: exactly('failed'),
      reason: fc.constantFrom(
        'noAccess',
        'notValid',
        'placeNotFound',
        'gone',
        'graphFailed',
        'retired',
        'refused',
      ),
      graphJobId: text,
      requestId: text,
      message: text,
    },
    ['status', 'reason'],
  ),
  some({ status: exactly('expired'), graphJobId: text, expiredAt: moment }, [
    'status',
    'graphJobId',
    'expiredAt',
  ]),
  some({ status: exactly('stopped'), by: fc.constantFrom('person', 'noSignIn'), ...footing }, [
    'status',
    'by',
  ]),
  some(
    {
      status: exactly('parked'),
      cause: fc.constantFrom('oddAnswers', 'operatorFault', 'crashedTooOften', 'followedTooLong'),
      ...footing,
    },
    ['status', 'cause'],
  ),
);

const contact: fc.Arbitrary<Contact> = some(
  {
    followedSince: moment,
    attempts: fc.nat(),
    signIns: fc.nat(),
    oddAnswers: fc.nat(),
    trouble: some({ since: moment, kind: fc.constantFrom('busy', 'unreachable', 'insecure', 'oddAnswer') }, [
      'since',
      'kind',
    ]),
  },
  ['attempts', 'signIns', 'oddAnswers'],
);

const pastRun: fc.Arbitrary<PastRun> = some(
  { requestedAt: moment, endedAt: moment, graphJobId: text, outcome: fc.constantFrom('failed', 'expired') },
  ['requestedAt', 'endedAt', 'outcome'],
);

const due: fc.Arbitrary<Due> = some(
  {
    at: moment,
    step: fc.constantFrom('start', 'poll', 'abandonSignIn', 'expire', 'resume'),
  },
  ['at', 'step'],
);

const changes = some(
  {
    state,
    contact,
    pastRuns: fc.array(pastRun, { maxLength: 3 }),
    due,
    requestedAt: moment,
    since: moment,
    joined: flag,
    version: fc.nat(),
  },
  ['state', 'contact', 'pastRuns', 'requestedAt', 'since', 'joined', 'version'],
);

describeOnBothEngines('a stored export', (given) => {
  it('is what it was, in every state', async () => {
    const exports = createExportJobs(given().database.db, sampleVault);
    await fc.assert(
      fc.asyncProperty(changes, text, async (change, name) => {
        const { due: _due, ...fresh } = someExport({ requester: somebody({ name }) });
        const job: ExportJob = { ...fresh, ...change };
        await exports.insert(job);
        assert.deepEqual(await exports.load(job.id), job);
      }),
      { numRuns: 150 },
    );
  });

  it('is kept although its text holds what PostgreSQL cannot keep', async () => {
    const exports = createExportJobs(given().database.db, sampleVault);
    const bad = 'a\u0000b\uD800c';
    const job = someExport({
      requester: somebody({ name: bad }),
      state: { status: 'failed', reason: 'refused', message: bad },
    });
    await exports.insert(job);
    const loaded = await exports.load(job.id);
    assert.equal(loaded?.requester.name, 'a\uFFFDb\uFFFDc');
    assert.deepEqual(loaded.state, { ...job.state, message: 'a\uFFFDb\uFFFDc' });
  });
});

describe('a row of an export', () => {
  const { claimed_by: _by, ...row } = { ...rowOf(someExport()), claimed_by: null };
  const whole = {
    ...row,
    state: { status: 'requested' },
    contact: { attempts: 0, signIns: 0, oddAnswers: 0 },
    past_runs: [],
    locale: null,
    claimed_by: null,
    claimed_until: null,
    claims_kept: 0,
    due_at: null,
    due_step: null,
    target_address: null,
    target_place: null,
    is_scheduled: false,
  };

  it('is read', () => {
    assert.equal(exportOf(whole).id, row.id);
  });

  for (const [column, value] of [
    ['state', { status: 'waiting' }],
    ['contact', { attempts: 'many', signIns: 0, oddAnswers: 0 }],
    ['past_runs', [{ requestedAt: 'yesterday' }]],
  ] as const) {
    it(`is refused with its id when ${column} is not ours`, () => {
      assert.throws(() => exportOf({ ...whole, [column]: value }), new RegExp(row.id));
    });
  }
});
