/** The adapter against the sandbox's Graph: a job's whole life, and joining one that is pending. */
import assert from 'node:assert/strict';
import { createGraphClient } from '../../../src/adapters/graph/http/graph-client.ts';
import { createGoalsExports } from '../../../src/sources/goals/goals-api.ts';
import { createGraphSimulator } from '../../../src/sandbox/graph/graph-simulator.ts';
import { createCollectingLog, readAll, view } from './graph-rig.ts';

describe('goals exports at the simulated Graph', () => {
  const caller = {
    oid: '6a1f0c1e-0000-4000-8000-0000000000bb',
    tid: '6a1f0c1e-0000-4000-8000-0000000000aa',
    scopes: ['Goals-Export.Read.All', 'Goals-Export.ReadWrite.All'],
  };
  const simulator = createGraphSimulator({
    verifyToken: () => Promise.resolve({ kind: 'caller', caller }),
    fallback: { kind: 'manual' },
  });
  before(() => simulator.start());
  after(() => simulator.stop());

  it('creates, joins, follows, lists and downloads', async () => {
    const graph = createGraphClient({
      baseUrl: simulator.baseUrl(),
      downloadHosts: [],
      maxDownloadBytes: 10_000_000,
      clock: { now: () => new Date() },
      log: createCollectingLog([]),
    });
    const goals = createGoalsExports(graph);
    const created = await goals.create('sample-token', view);
    assert.ok(created.kind === 'created' && created.jobId !== undefined);
    const { jobId } = created;
    assert.deepEqual(await goals.create('sample-token', view), { kind: 'conflict', jobId });
    const waiting = await goals.get('sample-token', jobId);
    assert.deepEqual(waiting.kind === 'job' && waiting.job.status, 'notStarted');
    simulator.completeJob(jobId);
    const listed = await goals.list('sample-token', view.organizationId);
    const job = listed.kind === 'jobs' ? listed.jobs.find(({ id }) => id === jobId) : undefined;
    assert.deepEqual([job?.status, job?.viewId], ['succeeded', view.viewId]);
    assert.ok(job?.createdAt !== undefined && job.expiresAt !== undefined && job.expiresAt > job.createdAt);
    const content = await readAll(await goals.content('sample-token', jobId));
    assert.deepEqual(content, { kind: 'content', bytes: simulator.contentOf(jobId) });
    simulator.forgetJob(jobId);
    assert.equal((await goals.get('sample-token', jobId)).kind, 'jobNotFound');
    assert.equal((await goals.content('sample-token', jobId)).kind, 'contentGone');
  });
});
