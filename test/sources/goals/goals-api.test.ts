/** Create, get and list over real HTTP: what is asked, and what each answer of Graph means. */
import assert from 'node:assert/strict';
import { ofCreate, ofGet, ofList } from '../../adapters/graph/answers-by-call.ts';
import type { Row } from '../../adapters/graph/answers-of-graph.ts';
import { job, ofAnyCall } from '../../adapters/graph/answers-of-graph.ts';
import type { GraphRig } from '../../adapters/graph/graph-rig.ts';
import { jobsPath, startGraphRig, view } from '../../adapters/graph/graph-rig.ts';

describe('goals exports', () => {
  let rig: GraphRig;
  before(async () => {
    rig = await startGraphRig();
  });
  after(() => rig.stop());

  const calls = {
    create: () => rig.goals.create('sample-token', view),
    get: () => rig.goals.get('sample-token', job.id),
    list: () => rig.goals.list('sample-token', view.organizationId),
  };
  const suites: readonly (readonly [call: keyof typeof calls, rows: readonly Row[]])[] = [
    ['create', [...ofAnyCall, ...ofCreate]],
    ['get', [...ofAnyCall, ...ofGet]],
    ['list', [...ofAnyCall, ...ofList]],
  ];
  for (const [call, rows] of suites)
    for (const [what, answer, expected] of rows)
      it(`${what} (${call})`, async () => {
        rig.answerWith(answer);
        const before = rig.server.calls.length;
        const actual = await calls[call]();
        assert.deepEqual(expected === 'odd' ? actual.kind : actual, expected);
        assert.equal(rig.server.calls.length, before + 1, 'one request, and no other');
      });

  it('asks as the documents say, under the person’s token, uncompressed', async () => {
    rig.answerWith({ status: 404 });
    const from = rig.server.calls.length;
    await calls.create();
    await calls.get();
    await calls.list();
    await rig.goals.list('sample-token');
    await rig.goals.content('sample-token', job.id);
    const asked = rig.server.calls.slice(from);
    assert.deepEqual(
      asked.map(({ method, path, query }) => ({ method, path, query })),
      [
        { method: 'POST', path: jobsPath, query: {} },
        { method: 'GET', path: `${jobsPath}/${job.id}`, query: {} },
        {
          method: 'GET',
          path: jobsPath,
          query: { $filter: `goalsOrganizationId eq '${view.organizationId}'` },
        },
        { method: 'GET', path: jobsPath, query: {} },
        { method: 'GET', path: `${jobsPath}/${job.id}/content`, query: {} },
      ],
    );
    assert.deepEqual(JSON.parse(asked[0]?.body.toString() ?? ''), {
      goalsOrganizationId: view.organizationId,
      explorerViewId: view.viewId,
    });
    for (const { headers } of asked) {
      assert.equal(headers.authorization, 'Bearer sample-token');
      assert.equal(headers['accept-encoding'], 'identity');
      assert.match(String(headers['client-request-id']), /^[0-9a-f-]{36}$/);
    }
    assert.ok(!JSON.stringify(rig.logged).includes('sample-token'));
  });

  it('asks nothing for an id or an organisation that cannot be one', async () => {
    const from = rig.server.calls.length;
    for (const id of ['', '.', '..', '../me', 'a/b', 'a?b', 'a%2Fb', 'x'.repeat(257), 'ａ', 'a\n']) {
      assert.deepEqual(await rig.goals.get('t', id), { kind: 'jobNotFound' });
      assert.deepEqual(await rig.goals.content('t', id), { kind: 'contentGone' });
    }
    assert.equal((await rig.goals.list('t', "x' or 'a' eq 'a")).kind, 'refused');
    assert.equal(rig.server.calls.length, from);
  });

  it('G19 keeps at most 1 KB of what made no sense, without secrets or people', async () => {
    const secret = `eyJhbGciOi.eyJzdWIi.c2ln`;
    rig.answerWith({
      status: 200,
      body: `${secret} sample.person@example.org https://example.org/a?sig=abc&x=1 ${'é'.repeat(3000)}`,
    });
    const answer = await calls.get();
    assert.ok(answer.kind === 'odd');
    assert.ok(Buffer.byteLength(answer.sample) <= 1024);
    assert.doesNotMatch(answer.sample, /eyJ|sample\.person|sig=abc|\uFFFD/);
  });
});
