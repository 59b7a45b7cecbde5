// What a process that dies at any call leaves behind is finished by the next one.
import assert from 'node:assert/strict';
import { createWorkQueue } from '../../src/adapters/queue/work-queue.ts';
import { embeddedDatabase, noLog, systemClock } from '../support/databases/databases.ts';
import { createLife } from '../support/rig/mortal-ports.ts';
import {
  describeUseCase,
  signedInScene,
  someScene,
  startedExport,
  succeedAtGraph,
  type Scene,
} from '../support/rig/use-case-suite.ts';
import { createRig, type Rig } from '../support/rig/use-case-rig.ts';

/** Everything that happens between a paste and the message that the file is ready. */
async function live(rig: Rig, scene: Scene): Promise<void> {
  await rig.startExport(scene);
  await rig.settle();
  succeedAtGraph(rig, scene);
  await rig.run({ seconds: 60 });
}

async function assertDone(rig: Rig, scene: Scene, where: string): Promise<void> {
  const [job] = await rig.jobsOf(scene.requester);
  const made = rig.graph.jobsOf(scene.target);
  assert.equal(made.length, 1, `${where}: one Graph job`);
  assert.equal(job?.state.status === 'ready' && job.state.graphJobId, made[0]?.id, `${where}: ready`);
  const shown = rig.teams.standing(scene.conversation).filter(({ kind }) => kind === 'export');
  const finals = shown.filter((card) => card.kind === 'export' && card.job.state.status === 'ready');
  assert.equal(finals.length, 1, `${where}: the card says that it is ready`);
  assert.ok(shown.length <= 2, `${where}: at worst a doubled first card`);
  assert.ok(rig.teams.posts('notice').length <= 1, `${where}: at most one notice`);
}

/** The person pastes once more when the bot died before it had accepted the first paste. */
async function afterwards(dead: Rig, scene: Scene): Promise<Rig> {
  await dead.expireClaims();
  const rig = dead.anotherProcess();
  if ((await rig.jobsOf(scene.requester)).length === 0) await rig.startExport(scene);
  await rig.run({ seconds: 30 });
  succeedAtGraph(rig, scene);
  await rig.run({ seconds: 120 });
  return rig;
}

describeUseCase('S4 a process that dies', (rigged) => {
  for (const when of ['before', 'after'] as const) {
    it(`${when} any of its calls loses nothing and doubles nothing`, async () => {
      const whole = createLife({ call: 0, when });
      const undisturbed = rigged({ life: whole });
      const scene = signedInScene(undisturbed);
      await live(undisturbed, scene);
      await assertDone(undisturbed, scene, 'undisturbed');
      for (let call = 1; call <= whole.calls(); call += 1) {
        const life = createLife({ call, when });
        const rig = rigged({ life });
        const here = signedInScene(rig);
        await Promise.race([live(rig, here), life.death]);
        await assertDone(await afterwards(rig, here), here, `${when} call ${call}`);
      }
    });
  }

  it('while it asks for a sign-in still asks', async () => {
    const whole = createLife({ call: 0, when: 'before' });
    const undisturbed = rigged({ life: whole });
    await undisturbed.startExport(someScene());
    await undisturbed.run({ seconds: 60 });
    for (let call = 1; call <= whole.calls(); call += 1) {
      const life = createLife({ call, when: 'before' });
      const dead = rigged({ life });
      const scene = someScene();
      await Promise.race([dead.startExport(scene).then(() => dead.run({ seconds: 60 })), life.death]);
      await dead.expireClaims();
      const rig = dead.anotherProcess();
      if ((await rig.jobsOf(scene.requester)).length === 0) await rig.startExport(scene);
      await rig.run({ seconds: 120 });
      const prompts = rig.teams.standing(scene.conversation).filter(({ kind }) => kind === 'signIn');
      // A prompt is a POST: a crash between its answer and our commit can double it.
      assert.ok(
        prompts.length === 1 || prompts.length === 2,
        `before call ${call}: ${prompts.length} prompts`,
      );
      const last = prompts.at(-1);
      const asked = await rig.stores.signIns.outstanding(scene.requester, scene.conversation);
      assert.equal(last?.kind === 'signIn' && last.request.id, asked?.id, `before call ${call}`);
    }
  });

  const signIns = {
    'by exchange': (rig: Rig, scene: Scene) => rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' }),
    'by code': async (rig: Rig, scene: Scene) => {
      const asked = await rig.stores.signIns.outstanding(scene.requester, scene.conversation);
      assert.ok(asked);
      const begun = await rig.signInByBrowser.begin(asked.id);
      assert.ok(begun.kind === 'go');
      const state = new URL(begun.url).searchParams.get('state') ?? '';
      await rig.signInByBrowser.finish({ state, code: 'c' });
    },
  } as const;
  for (const [how, signIn] of Object.entries(signIns))
    it(`after a sign-in ${how} was kept goes on within 30 s, whichever call it dies at`, async () => {
      let kept = 0;
      for (let call = 1; call <= 40; call += 1) {
        const first = rigged();
        const scene = someScene();
        const id = await startedExport(first, scene);
        await first.run({ seconds: 60 });
        const life = createLife({ call, when: 'after' });
        const dying = first.anotherProcess(life);
        await Promise.race([signIn(dying, scene), life.death]);
        await dying.settle();
        await first.expireClaims();
        // The person whose sign-in was not kept presses the button again.
        if (!(await first.tokens.holds(scene.requester))) continue;
        kept += 1;
        const next = first.anotherProcess();
        await next.run({ seconds: 30 });
        assert.equal((await first.job(id)).state.status, 'waiting', `after call ${call}`);
        const prompts = first.teams.standing(scene.conversation).filter(({ kind }) => kind === 'signIn');
        assert.deepEqual(prompts, [], `after call ${call}`);
        if (!life.isDead()) break;
      }
      assert.ok(kept > 5);
    });

  for (const [how, learn] of Object.entries({
    'Entra ID wants more': (rig: Rig, scene: Scene) => {
      rig.tokens.signIns.push({ kind: 'signInRequired', cause: 'claims', claims: '{}' });
      return rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' });
    },
    'Teams could not sign in silently': (rig: Rig, scene: Scene) =>
      rig.signInFailed({ ...scene, code: 'invokeerror' }),
  }))
    it(`that has learned that ${how} asks for it, whichever call it dies at`, async () => {
      for (let call = 1; call <= 40; call += 1) {
        const first = rigged();
        const scene = someScene();
        await first.startExport(scene);
        await first.run({ seconds: 60 });
        const life = createLife({ call, when: 'after' });
        const dying = first.anotherProcess(life);
        await Promise.race([learn(dying, scene), life.death]);
        await dying.settle();
        await first.expireClaims();
        const state = (await first.jobsOf(scene.requester))[0]?.state;
        const isKnown = state?.status === 'waitingForSignIn' && state.cause !== 'signIn';
        const asked = await first.stores.signIns.outstanding(scene.requester, scene.conversation);
        // Otherwise nobody was answered, and Teams tells it once more.
        const isTakenDown = isKnown || asked?.silent === false || first.queuedTasks.size > 0;
        await first.anotherProcess().run({ seconds: 60 });
        const prompt = first.teams.standing(scene.conversation).findLast(({ kind }) => kind === 'signIn');
        assert.ok(prompt?.kind === 'signIn', `after call ${String(call)}`);
        if (isTakenDown) assert.equal(prompt.request.silent, false, `after call ${String(call)}`);
        if (!life.isDead()) break;
      }
    });

  it('S5 five times over the same export parks it', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    let process = rig;
    for (let nth = 0; nth < 6; nth += 1) {
      rig.graph.script.create.push(() => new Promise(() => undefined));
      rig.graph.script.list.push(() => new Promise(() => undefined));
    }
    await rig.startExport(scene);
    for (let nth = 0; nth < 7; nth += 1) {
      await rig.expireClaims();
      rig.pass(60);
      const called = rig.graph.calls.length;
      process = process.anotherProcess();
      const [job] = await rig.jobsOf(scene.requester);
      assert.ok(job);
      const work = process.engine.followUp(job.id);
      while (rig.graph.calls.length === called && (await Promise.race([work.then(() => false), tick()])));
    }
    const [job] = await rig.jobsOf(scene.requester);
    assert.equal(job?.state.status === 'parked' && job.state.cause, 'crashedTooOften');
  });
});

const tick = (): Promise<boolean> =>
  new Promise((resolve) =>
    setImmediate(() => {
      resolve(true);
    }),
  );

describe('the queue', () => {
  it('alone finishes an export whose process died before it acted', async () => {
    const database = await embeddedDatabase();
    const queue = await createWorkQueue(database, { log: noLog, clock: systemClock });
    try {
      const rig = createRig(database);
      const scene = signedInScene(rig);
      const life = createLife({ call: 3, when: 'before' });
      const dying = rig.anotherProcess(life);
      await dying.startExport(scene);
      const [exportId] = [...rig.queued.keys()];
      assert.ok(exportId);
      assert.equal(rig.graph.calls.length, 0);
      const worked = Promise.withResolvers<undefined>();
      await queue.in(database.db).schedule(exportId, new Date());
      queue.start(async (id, taken) => {
        await rig.engine.followUp(id, taken);
        worked.resolve(undefined);
      });
      await worked.promise;
      assert.equal((await rig.job(exportId)).state.status, 'waiting');
    } finally {
      await queue.stop(5000);
      await database.close();
    }
  });
});
