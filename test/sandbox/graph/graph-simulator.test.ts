// The simulated Graph speaks the documented contract, its traps included.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scenarios } from '../../../src/sandbox/graph/scenarios.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import type { GraphClient } from '../../support/servers/graph-client.ts';
import { graphClient, graphToken, startSimulators } from '../../support/servers/graph-client.ts';

type Simulators = Awaited<ReturnType<typeof startSimulators>>;
type Job = Readonly<
  Record<'id' | 'status' | 'explorerViewId' | 'createdDateTime' | 'expirationDateTime', string>
>;
type Json = Job &
  Readonly<{
    value: Job & readonly Job[];
    '@odata.nextLink': string;
    error: Readonly<{
      code: string;
      target: string;
      innerError: Record<string, string>;
      innererror: Record<string, string>;
    }>;
  }>;

const [ada, benno] = sandboxPeople;
const scenario = (name: string) => {
  const found = scenarios.find((one) => one.name === name);
  if (!found) throw new Error(`No scenario ${name}`);
  return found;
};
const json = async (response: Response) => (await response.json()) as Json;

describe('createGraphSimulator', () => {
  let now: number;
  let simulators: Simulators;
  let client: GraphClient;
  beforeEach(async () => {
    now = Date.parse('2026-03-02T09:15:20.004Z');
    simulators = await startSimulators({ clock: () => now });
    client = graphClient(simulators.graph, await graphToken(simulators.entra, ada));
  });
  afterEach(() => simulators.stop());

  const createReady = async () => (await json(await client.create(scenario('ready')))).id;

  it('creates a job with a quoted Location, a malformed timestamp and no view', async () => {
    const response = await client.create(scenario('ready'));
    const job = await json(response);
    assert.equal(response.status, 201);
    assert.match(job.id, /^j![\w-]{100,254}$/);
    assert.equal(
      response.headers.get('location'),
      `"${simulators.graph.baseUrl()}/employeeExperience/goals/exportJobs/${job.id}"`,
    );
    assert.equal(job.createdDateTime, '2026-03-02T09-15-20.0040Z');
    assert.ok(!('explorerViewId' in job) && !('goalsOrganizationId' in job));
    assert.equal(simulators.graph.calls[0]?.user, ada.oid);
    assert.equal(simulators.graph.calls[0].about['view'], scenario('ready').explorerViewId);
  });

  it('runs by the clock, and wraps every second answer in value', async () => {
    const id = await createReady();
    assert.equal((await json(await client.get(`/${id}`))).status, 'notStarted');
    now += 3_000;
    assert.equal((await json(await client.get(`/${id}`))).value.status, 'running');
    now += 10_000;
    const done = await json(await client.get(`/${id}`));
    assert.equal(done.status, 'succeeded');
    assert.equal(done.explorerViewId, scenario('ready').explorerViewId);
    assert.equal(done.expirationDateTime, '2026-04-11T09-15-20.0040Z');
    assert.deepEqual(Object.keys((await json(await client.get(`/${id}?$select=id,status`))).value), [
      'id',
      'status',
    ]);
  });

  it('sends Retry-After with a 200 while a slow job runs', async () => {
    const id = (await json(await client.create(scenario('slow')))).id;
    assert.equal((await client.get(`/${id}`)).headers.get('retry-after'), '15');
    now += 76_000;
    assert.equal((await client.get(`/${id}`)).headers.get('retry-after'), null);
  });

  it('answers 409 with target and Location while the same view is pending, and 201 afterwards', async () => {
    const id = await createReady();
    const conflict = await client.create(scenario('ready'));
    const { error } = await json(conflict);
    assert.equal(conflict.status, 409);
    assert.deepEqual(
      [error.code, error.target, error.innererror.code],
      ['notAllowed', id, 'exportJobAlreadyExists'],
    );
    assert.match(conflict.headers.get('location') ?? '', new RegExp(`/${id}"$`));
    now += 11_000;
    assert.equal((await client.create(scenario('ready'))).status, 201);
  });

  it('has a refusal for each scenario that refuses', async () => {
    const unknown = await client.create(scenario('unknown-organization'));
    assert.equal(unknown.status, 404);
    assert.equal((await json(unknown)).error.innerError.code, 'goalsOrganizationIdNotFound');
    assert.equal((await client.create(scenario('no-access'))).status, 403);
    const retired = await client.create(scenario('retired'));
    assert.equal(retired.status, 400);
    assert.match(await retired.text(), /Resource not found for the segment/);
    const list = await client.get(
      `?$filter=goalsOrganizationId eq '${scenario('retired').goalsOrganizationId}'`,
    );
    assert.equal(list.status, 400);
    const failing = (await json(await client.create(scenario('fails')))).id;
    now += 9_000;
    assert.equal((await json(await client.get(`/${failing}`))).status, 'failed');
  });

  it('refuses malformed ids, unknown jobs and other filters', async () => {
    const bad = await client.create({
      goalsOrganizationId: 'nonsense',
      explorerViewId: scenario('ready').explorerViewId,
    });
    assert.equal((await json(bad)).error.innerError.code, 'invalidGoalsOrganizationId');
    assert.match(await (await client.get('/a.b')).text(), /Invalid JobKey specified/);
    const gone = await client.get('/j!unknown');
    assert.equal((await json(gone)).error.innerError.code, 'exportJobNotFound');
    assert.match(
      await (await client.get("?$filter=explorerViewId eq 'x'")).text(),
      /Invalid filter keys found: explorerViewId/,
    );
    const inner = (await json(await client.get('/j!unknown'))).error.innerError;
    assert.match(inner['request-id'] ?? '', /^[0-9a-f-]{36}$/);
  });

  it('checks the token: absent, expired, another audience, another key, too few scopes', async () => {
    const { entra, graph } = simulators;
    const claims = { oid: ada.oid, tid: ada.tid, scp: 'Goals-Export.ReadWrite.All' };
    const forged = `${(await graphToken(entra, ada)).slice(0, -8)}AAAAAAAA`;
    const tokens = [
      '',
      await entra.sign({ ...claims, aud: 'https://graph.microsoft.com' }, -60),
      await entra.sign({ ...claims, aud: 'api://x' }, 60),
      forged,
    ];
    for (const token of tokens) assert.equal((await graphClient(graph, token).get('')).status, 401);
    const reader = graphClient(graph, await graphToken(entra, ada, 'Goals-Export.Read.All'));
    assert.equal((await reader.get('')).status, 200);
    const refused = await reader.create(scenario('ready'));
    assert.equal(refused.status, 403);
    assert.equal((await json(refused)).error.code, 'Forbidden');
  });

  it('lets members of the organisation read a job, and refuses others as the test says', async () => {
    const { entra, graph } = simulators;
    const id = await createReady();
    const other = graphClient(graph, await graphToken(entra, benno ?? ada));
    assert.equal((await other.get(`/${id}`)).status, 200);
    graph.restrict(scenario('ready').goalsOrganizationId, [ada.oid]);
    assert.equal((await other.get(`/${id}`)).status, 403);
    graph.restrict(scenario('ready').goalsOrganizationId, [ada.oid], 404);
    assert.equal((await other.get(`/${id}`)).status, 404);
    assert.deepEqual(await json(await other.get('')), { value: [] });
    const stranger = graphClient(
      graph,
      await graphToken(entra, { ...ada, tid: '00000000-0000-4000-8000-000000000001' }),
    );
    assert.equal((await stranger.get(`/${id}`)).status, 404);
  });

  it('hands out the content once the job succeeded: the same bytes, plain or compressed', async () => {
    const { graph } = simulators;
    const id = await createReady();
    assert.equal((await client.get(`/${id}/content`)).status, 400);
    graph.completeJob(id);
    const plain = await client.get(`/${id}/content`, { 'accept-encoding': 'identity' });
    assert.equal(plain.headers.get('content-type'), 'text/csv');
    const bytes = Buffer.from(await plain.arrayBuffer());
    assert.ok(bytes.equals(graph.contentOf(id)));
    assert.equal(plain.headers.get('content-length'), String(bytes.length));
    const compressed = await client.get(`/${id}/content`, { 'accept-encoding': 'gzip' });
    assert.equal(compressed.headers.get('content-encoding'), 'gzip');
    assert.ok(Buffer.from(await compressed.arrayBuffer()).equals(bytes));
  });

  it('lists what the caller may read, page by page', async () => {
    const paged = await startSimulators({ fallback: { kind: 'manual' }, pageSize: 2 });
    const lister = graphClient(paged.graph, await graphToken(paged.entra, ada));
    const organization = 'c0ffee00-0000-4000-8000-000000000001';
    for (const nth of [1, 2, 3]) {
      await lister.create({
        goalsOrganizationId: organization,
        explorerViewId: `c0ffee00-0000-4000-8000-00000000001${nth}`,
      });
    }
    const first = await json(await lister.get(`?$filter=goalsOrganizationId eq '${organization}'`));
    assert.equal(first.value.length, 2);
    const next = first['@odata.nextLink'];
    assert.ok(next.startsWith(`${paged.graph.baseUrl()}/employeeExperience/goals/exportJobs?`));
    const second = await json(await lister.get(new URL(next).search));
    assert.equal(second.value.length, 1);
    assert.ok(!('@odata.nextLink' in second));
    await paged.stop();
  });

  it('goes on with open jobs after a restart, and lists them when it kept a journal', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'graph-'));
    const options = { clock: () => now, journalFile: join(folder, 'jobs', 'journal.jsonl') };
    const before = await startSimulators(options);
    const first = graphClient(before.graph, await graphToken(before.entra, ada));
    const id = (await json(await first.create(scenario('ready')))).id;
    await before.stop();
    now += 11_000;
    const forgetful = graphClient(simulators.graph, await graphToken(simulators.entra, ada));
    assert.equal((await json(await forgetful.get(`/${id}`))).status, 'succeeded');
    const after = await startSimulators(options);
    const second = graphClient(after.graph, await graphToken(after.entra, ada));
    const list = (await json(await second.get(''))).value;
    assert.deepEqual(
      list.map((job) => [job.id, job.status]),
      [[id, 'succeeded']],
    );
    await after.stop();
    await rm(folder, { recursive: true });
  });

  it('lets a test hold a job, give it any status, and lose it', async () => {
    const { graph } = simulators;
    const view = {
      goalsOrganizationId: 'c0ffee00-0000-4000-8000-000000000002',
      explorerViewId: 'c0ffee00-0000-4000-8000-000000000003',
    };
    graph.register({ name: 'held', what: 'waits for the test', ...view, fate: { kind: 'manual' }, rows: 3 });
    const id = (await json(await client.create(view))).id;
    now += 1_800_000;
    assert.equal((await json(await client.get(`/${id}`))).status, 'notStarted');
    graph.setStatus(id, 'pausedForReview');
    assert.equal((await json(await client.get(`/${id}`))).value.status, 'pausedForReview');
    graph.completeJob(id);
    assert.equal((await client.get(`/${id}/content`)).status, 200);
    graph.forgetJob(id);
    assert.equal((await client.get(`/${id}`)).status, 404);
    assert.equal((await client.get(`/${id}/content`)).status, 404);
  });

  it('forgets a job 40 days after its creation', async () => {
    const id = await createReady();
    now += 40 * 24 * 3_600_000 + 1;
    const later = graphClient(simulators.graph, await graphToken(simulators.entra, ada));
    assert.equal((await later.get(`/${id}`)).status, 404);
  });
});
