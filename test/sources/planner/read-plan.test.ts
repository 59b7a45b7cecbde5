// Reading a plan over real HTTP: what is asked, in which order, what comes of odd answers, and what a large plan costs.
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import {
  createGraphClient,
  type GraphClient,
  type GraphDeps,
} from '../../../src/adapters/graph/http/graph-client.ts';
import type { SourceCalls } from '../../../src/ports/export-source.ts';
import { createGraphSimulator, type GraphSimulator } from '../../../src/sandbox/graph/graph-simulator.ts';
import type { PlanScenario } from '../../../src/sandbox/planner/plan-scenarios.ts';
import {
  createPlannerSimulator,
  type PlannerSimulator,
} from '../../../src/sandbox/planner/planner-simulator.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { planner as source } from '../../../src/sources/planner/planner-source.ts';
import { createCollectingLog } from '../../adapters/graph/graph-rig.ts';

type Rows = readonly Readonly<Record<string, string>>[];

const [ada] = sandboxPeople;
const caller = { oid: ada.oid, tid: ada.tid, scopes: ['Tasks.Read', 'User.ReadBasic.All'] };

describe('reading a plan', () => {
  let graph: GraphSimulator;
  let planner: PlannerSimulator;
  let nth = 0;

  beforeEach(async () => {
    planner = createPlannerSimulator({ people: sandboxPeople, pageSize: 10 });
    graph = createGraphSimulator({
      beside: planner,
      verifyToken: () => Promise.resolve({ kind: 'caller', caller }),
    });
    await graph.start();
  });
  afterEach(() => graph.stop());

  const client = (deps: Partial<GraphDeps> = {}): GraphClient =>
    createGraphClient({
      baseUrl: graph.url(),
      downloadHosts: [],
      maxDownloadBytes: 100_000_000,
      clock: { now: () => new Date() },
      log: createCollectingLog([]),
      ...deps,
    });
  const calls = (
    goals: 'auto' | 'off' = 'auto',
    deps: Partial<GraphDeps> = {},
    maxRows = 100_000,
  ): SourceCalls => source.connect(client(deps), { PLANNER_GOALS: goals, MAX_ROWS: maxRows });
  const aPlan = (more: Partial<PlanScenario> = {}) => {
    nth += 1;
    const planId = `Reading${String(nth).padStart(2, '0')}-plan-0000000000000`.slice(0, 28);
    const people = sandboxPeople.map(({ oid }) => oid);
    planner.register({
      name: '',
      what: '',
      planId,
      title: 'Herbs',
      tasks: 25,
      goals: ['Thyme'],
      people,
      ...more,
    });
    return { source: 'planner', key: planId, label: planId.slice(0, 8) };
  };
  const read = async (target: ReturnType<typeof aPlan>, reader = calls()) => {
    const answer = await reader.content('token', { target });
    assert.ok(answer.kind === 'content');
    return answer;
  };
  const rowsOf = async (answer: { readonly stream: ReadableStream<Uint8Array> }): Promise<Rows> =>
    parse(await new Response(answer.stream).text(), { columns: true });
  const ops = (): string => graph.calls.map(({ op }) => op).join(' ');

  it('asks one thing after the other, names in one batch for each page that has new ones', async () => {
    const rows = await rowsOf(await read(aPlan()));
    assert.equal(rows.length, 26);
    assert.match(
      ops(),
      /^plan details buckets goals tasks people( notes)? tasks( people)?( notes)? tasks( people)?( notes)?$/,
    );
  });

  it('never has two calls of one person under way', async () => {
    let under = 0;
    let most = 0;
    const { ask, ...rest } = client();
    const watched: GraphClient['ask'] = async (...given) => {
      under += 1;
      most = Math.max(most, under);
      return ask(...given).finally(() => {
        under -= 1;
      });
    };
    const reader = source.connect({ ...rest, ask: watched }, { PLANNER_GOALS: 'auto', MAX_ROWS: 100_000 });
    const targets = [aPlan(), aPlan(), aPlan()];
    await Promise.all(targets.map(async (target) => rowsOf(await read(target, reader))));
    assert.equal(most, 1);
  });

  it('writes what the columns promise', async () => {
    const rows = await rowsOf(await read(aPlan()));
    const tasks = rows.filter((row) => row['Object Type'] === 'Task');
    for (const row of tasks) {
      assert.match(row['Status'] ?? '', /^(Not Started|In Progress|Completed)$/);
      assert.match(row['Priority'] ?? '', /^(Urgent|Important|Medium|Low)$/);
      assert.match(row['Bucket'] ?? '', /^[A-Z]/);
      assert.match(row['Checklist'] ?? '', /^(\d of \d)?$/);
      assert.match(row['Link'] ?? '', /\/task\/[\w-]{28}$/);
      assert.match(row['Aligned To'] ?? '', /^(Thyme \(Id: [\w-]+\))?$/);
    }
    const [goal] = rows.filter((row) => row['Object Type'] === 'Goal');
    const own = tasks.filter((row) => row['Aligned To'] !== '');
    const mean = own.reduce((sum, row) => sum + Number.parseFloat(row['Progress %'] ?? ''), 0) / own.length;
    assert.equal(goal?.['Progress %'], `${String(Math.round(mean * 10) / 10)}%`);
    assert.equal(goal['Progress From'], `the mean of ${String(own.length)} of its tasks`);
    assert.equal(goal['Description'], 'Why: Thyme & more.\nlook at it weekly\nask early');
  });

  it('reads the notes of tasks that have some, twenty in a call', async () => {
    const rows = await rowsOf(await read(aPlan({ tasks: 60, pageSize: 100 })));
    const noted = rows.filter((row) => row['Object Type'] === 'Task' && row['Description'] !== '');
    assert.ok(noted.length > 5 && noted.length < 40, String(noted.length));
    assert.equal(graph.calls.filter(({ op }) => op === 'notes').length, Math.ceil(noted.length / 20));
  });

  it('reads no more notes than a bound, and says that some are missing', async () => {
    const answer = await read(aPlan({ tasks: 5_000, pageSize: 1_000 }));
    const rows = await rowsOf(answer);
    const noted = rows.filter((row) => row['Object Type'] === 'Task' && row['Description'] !== '');
    assert.equal(noted.length, 1_000);
    assert.deepEqual(answer.gaps?.(), ['notes']);
  });

  it('goes without notes that it may not read, and says so', async () => {
    const answer = await read(aPlan({ notesAre: 'withheld' }));
    const rows = await rowsOf(answer);
    assert.ok(rows.every((row) => row['Object Type'] === 'Goal' || row['Description'] === ''));
    assert.deepEqual(answer.gaps?.(), ['notes']);
  });

  it('asks nothing of the beta where goals are switched off', async () => {
    const answer = await read(aPlan(), calls('off'));
    await rowsOf(answer);
    assert.ok(graph.calls.every(({ path }) => path.startsWith('/v1.0/')));
    assert.deepEqual(answer.gaps?.(), []);
  });

  for (const status of [400, 403, 404, 410])
    it(`goes without goals where they answer ${String(status)}, and says so`, async () => {
      graph.script({ match: { op: 'goals' }, respond: { status, body: { error: { code: 'x' } } } });
      const answer = await read(aPlan());
      assert.equal((await rowsOf(answer)).length, 25);
      assert.deepEqual(answer.gaps?.(), ['goals']);
    });

  it('takes the tasks of v1.0 where those of the beta are gone, and says what that costs', async () => {
    graph.script({
      match: { op: 'tasks', about: { version: 'beta' } },
      respond: { status: 404, body: { error: { code: 'x' } } },
    });
    const answer = await read(aPlan());
    assert.equal((await rowsOf(answer)).length, 26);
    assert.deepEqual(answer.gaps?.(), ['tasksOfGoals']);
  });

  it('does not take goals that cannot be read just now for none', async () => {
    graph.script({ match: { op: 'goals' }, respond: { status: 503, body: '' } });
    assert.equal((await calls().content('token', { target: aPlan() })).kind, 'unavailable');
  });

  for (const [maxRows, tasks, gaps] of [
    [24, 24, ['moreTasks']],
    [20, 20, ['moreTasks']],
    [25, 25, []],
  ] as const)
    it(`reads ${String(maxRows)} of 25 tasks at most when it may read no more, and says so`, async () => {
      const answer = await read(aPlan(), calls('auto', {}, maxRows));
      const rows = await rowsOf(answer);
      assert.equal(rows.filter((row) => row['Object Type'] === 'Task').length, tasks);
      assert.equal(rows.filter((row) => row['Object Type'] === 'Goal').length, 1);
      assert.deepEqual(answer.gaps?.(), gaps);
      assert.equal(graph.calls.filter(({ op }) => op === 'tasks').length, Math.ceil(maxRows / 10));
    });

  it('reads a plan that comes on one page of megabytes', async () => {
    const rows = await rowsOf(await read(aPlan({ tasks: 3_000, pageSize: 5_000 })));
    assert.equal(rows.length, 3_001);
    assert.equal(graph.calls.filter(({ op }) => op === 'tasks').length, 1);
  });

  it('ends the stream with a fault where the plan cannot be read to its end', async () => {
    graph.script({
      match: { op: 'tasks', where: ({ query }) => query['$skiptoken'] === '20' },
      respond: { status: 403, body: { error: { code: '' } } },
    });
    await assert.rejects(rowsOf(await read(aPlan())), { name: 'ContentBroken', fault: 'cut' });
  });

  it('hands over no more than it may', async () => {
    const answer = await read(aPlan({ tasks: 500 }), calls('auto', { maxDownloadBytes: 20_000 }));
    await assert.rejects(rowsOf(answer), { name: 'ContentBroken', fault: 'tooLarge' });
  });

  it('asks for nothing more once nobody reads on', async () => {
    const answer = await read(aPlan({ tasks: 500 }));
    const reader = answer.stream.getReader();
    await reader.read();
    await reader.read();
    const before = graph.calls.length;
    await reader.cancel();
    await calls().create('token', aPlan());
    assert.equal(graph.calls.length, before + 1);
  });

  it('says how many tasks have come so far, as nobody says how many there are', async () => {
    const { stream, rowsSoFar } = await read(aPlan());
    const seen = new Set<number | undefined>([rowsSoFar?.()]);
    for await (const _piece of stream) seen.add(rowsSoFar?.());
    assert.deepEqual([...seen], [0, 10, 20, 25]);
  });

  it('says by what name the plan goes, and since when it is there', async () => {
    const answer = await calls().create('token', aPlan({ title: ' Herbs of 2026 ' }));
    assert.ok(answer.kind === 'ready');
    assert.equal(answer.title, 'Herbs of 2026');
    assert.match(answer.place ?? '', /^\d{4}-\d{2}-\d{2}$/);
  });
});
