/** How a person's looks that come together share one list, and how each keeps what Graph asked for it. */
import assert from 'node:assert/strict';
import type { ExportJob, Requester } from '../../../src/domain/exports/export-job.ts';
import type { GetAnswer, GoalsExports, ListAnswer } from '../../../src/ports/goals-exports.ts';
import { createLookAtJob } from '../../../src/usecases/exports/look-at-job.ts';
import { createScriptedTokens } from '../../support/rig/scripted-tokens.ts';
import { someExport, somebody, someView } from '../../support/samples/sample-exports.ts';
import { createSignal } from '../../support/surroundings/signal.ts';
import { describeUseCase, signedInScene } from '../../support/rig/use-case-suite.ts';

const { organizationId } = someView();

/** Graph jobs by id, and every call with the token that it came with. */
function rig() {
  const tokens = createScriptedTokens();
  const calls: string[] = [];
  const orders = new Map<string, number>();
  const missing = new Set<string>();
  let listed: ListAnswer | undefined;
  const jobs: string[] = [];
  const get = (_token: string, id: string): GetAnswer =>
    missing.has(id)
      ? { kind: 'jobNotFound' }
      : { kind: 'job', job: { id, status: 'running' }, ...orderFor(orders.get(id)) };
  const goals: Pick<GoalsExports, 'get' | 'list'> = {
    get: (token, id) => {
      calls.push(`get ${id} as ${token}`);
      return Promise.resolve(get(token, id));
    },
    list: (token, organization, pages) => {
      calls.push(`list ${organization === organizationId ? '' : 'elsewhere '}as ${token}`);
      assert.equal(pages, 1);
      return Promise.resolve(
        listed ?? { kind: 'jobs', jobs: jobs.map((id) => ({ id, status: 'succeeded' as const })) },
      );
    },
  };
  let gate = createSignal();
  const look = createLookAtJob({ tokens, goals, gather: () => gate.raised });
  const exportOf = (requester: Requester, organization = organizationId): ExportJob =>
    someExport({ requester, view: { ...someView(), organizationId: organization } });
  return {
    calls,
    jobs,
    orders,
    missing,
    tokens,
    person: (name: string): Requester => {
      const someone = somebody({ userId: name });
      tokens.signIn(someone);
      return someone;
    },
    listedIs: (answer: ListAnswer): void => {
      listed = answer;
    },
    /** Looks at all of them at the same time. */
    lookAt: async (requester: Requester, ids: readonly string[], organization?: string) => {
      const looks = ids.map((id) => look(exportOf(requester, organization), id));
      await new Promise((resolve) => setImmediate(resolve));
      gate.raise();
      const answers = await Promise.all(looks);
      gate = createSignal();
      return answers.map((one) => (one.kind === 'answer' ? one.answer : one.event));
    },
    took: (): readonly string[] => calls.splice(0),
  };
}

const orderFor = (retryAfter: number | undefined): { readonly retryAfter?: number } =>
  retryAfter === undefined ? {} : { retryAfter };
const ids = ['j!1', 'j!2', 'j!3'];

describe('usecases/look-at-job', () => {
  it('asks once for each job first, then once for three jobs that are due together', async () => {
    const { person, jobs, lookAt, took } = rig();
    jobs.push(...ids);
    const ada = person('ada');
    await lookAt(ada, ids);
    assert.deepEqual(took(), [
      'get j!1 as token of ada',
      'get j!2 as token of ada',
      'get j!3 as token of ada',
    ]);
    const answers = await lookAt(ada, ids);
    assert.deepEqual(took(), ['list as token of ada']);
    assert.deepEqual(
      answers.map((answer) => ('job' in answer ? [answer.job.id, answer.job.status] : answer)),
      ids.map((id) => [id, 'succeeded']),
    );
  });

  it('asks for two with a GET each: a list would not be worth it', async () => {
    const { person, lookAt, took } = rig();
    const ada = person('ada');
    await lookAt(ada, ids);
    took();
    await lookAt(ada, ids.slice(0, 2));
    assert.deepEqual(took(), ['get j!1 as token of ada', 'get j!2 as token of ada']);
  });

  it('never reads with another person’s token, nor another organisation’s jobs', async () => {
    const { person, jobs, lookAt, took } = rig();
    jobs.push(...ids);
    const [ada, benno] = [person('ada'), person('benno')];
    await lookAt(ada, ids);
    await lookAt(benno, ids);
    await lookAt(ada, ids, 'another');
    took();
    await Promise.all([lookAt(ada, ids), lookAt(benno, ids), lookAt(ada, ids.slice(0, 2), 'another')]);
    assert.deepEqual([...took()].sort(), [
      'get j!1 as token of ada',
      'get j!2 as token of ada',
      'list as token of ada',
      'list as token of benno',
    ]);
  });

  it('G7 asks for a job that the list lacks with a GET of its own, from then on always', async () => {
    const { person, jobs, missing, lookAt, took } = rig();
    jobs.push('j!1', 'j!2');
    const ada = person('ada');
    await lookAt(ada, ids);
    missing.add('j!3');
    took();
    const answers = await lookAt(ada, ids);
    assert.deepEqual(took(), ['list as token of ada', 'get j!3 as token of ada']);
    assert.deepEqual(answers[2], { kind: 'jobNotFound' });
    missing.clear();
    await lookAt(ada, ids);
    assert.deepEqual(took().slice(0, 1), ['get j!3 as token of ada']);
  });

  it('leaves a job alone for as long as Graph had asked for it, unless the list says otherwise', async () => {
    const { person, jobs, orders, listedIs, lookAt } = rig();
    jobs.push(...ids);
    orders.set('j!2', 40);
    const ada = person('ada');
    await lookAt(ada, ids);
    const waits = async () =>
      (await lookAt(ada, ids)).map((answer) => ('retryAfter' in answer ? answer.retryAfter : undefined));
    assert.deepEqual(await waits(), [undefined, 40, undefined]);
    listedIs({
      kind: 'jobs',
      jobs: ids.map((id) => ({ id, status: 'running' as const })),
      retryAfter: 90,
    });
    assert.deepEqual(await waits(), [90, 90, 90]);
  });

  it('G11 takes a 429 on the list as meant for all of them', async () => {
    const { person, listedIs, lookAt, took } = rig();
    const ada = person('ada');
    await lookAt(ada, ids);
    const busy = { kind: 'unavailable', trouble: 'busy', retryAfter: 30, notSent: true } as const;
    listedIs(busy);
    took();
    assert.deepEqual(await lookAt(ada, ids), [busy, busy, busy]);
    assert.deepEqual(took(), ['list as token of ada']);
  });

  it('asks one by one when the list is refused or makes no sense', async () => {
    for (const answer of [
      { kind: 'refused', reason: 'retired' },
      { kind: 'odd', sample: '200: <html>' },
    ] as const) {
      const { person, listedIs, lookAt, took } = rig();
      const ada = person('ada');
      await lookAt(ada, ids);
      listedIs(answer);
      took();
      const answers = await lookAt(ada, ids);
      assert.equal(took().length, 4);
      assert.ok(answers.every((one) => 'kind' in one && one.kind === 'job'));
      await lookAt(ada, ids);
      assert.ok(took().every((call) => call.startsWith('get')));
    }
  });
});

describeUseCase('Graph', (rigged) => {
  const looks = ({ graph }: ReturnType<typeof rigged>): number =>
    graph.calls.filter((call) => call === 'get' || call === 'list').length;

  it('is polled once for an export however many cards follow it', async () => {
    const polled = async (cards: number): Promise<number> => {
      const rig = rigged();
      const scene = signedInScene(rig);
      for (let nth = 0; nth < cards; nth += 1)
        await rig.startExport({
          ...scene,
          conversation: { ...scene.conversation, conversationId: `a:${scene.requester.userId}-${nth}` },
        });
      await rig.run({ seconds: 900 });
      const [job] = await rig.jobsOf(scene.requester);
      assert.equal((await rig.stores.cards.ofExport(job?.id ?? '')).length, cards);
      return looks(rig);
    };
    const [one, five] = [await polled(1), await polled(5)];
    assert.ok(one > 20);
    assert.equal(five, one);
  });

  it('G11 is polled no more often than it asks for, on 200 and on 429', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const [wait, seconds] = [20, 1800];
    rig.graph.script.get.push(
      ...Array.from({ length: seconds }, (_, nth) => (make: () => GetAnswer): GetAnswer => {
        const busy = { kind: 'unavailable', trouble: 'busy', retryAfter: wait, notSent: true } as const;
        const answer = make();
        return nth % 3 === 1 || answer.kind !== 'job' ? busy : { ...answer, retryAfter: wait };
      }),
    );
    await rig.startExport(scene);
    await rig.run({ seconds, wakes: 1000 });
    const asked = 1 + Math.ceil(seconds / wait);
    assert.ok(looks(rig) <= 1.1 * asked, `${looks(rig)} looks where ${asked} were asked for`);
    assert.ok(looks(rig) >= asked / 1.1, 'and hardly less often');
  });
});
