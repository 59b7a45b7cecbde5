import assert from 'node:assert/strict';
import { maxNamesOfPerson } from '../../src/domain/exports/target-name.ts';
import { present } from '../../src/domain/present.ts';
import type { NameOutcome } from '../../src/usecases/name-targets.ts';
import { someTarget } from '../support/samples/sample-exports.ts';
import {
  assertShown,
  describeUseCase,
  signedInScene,
  startedExport,
  succeedAtGraph,
  type Scene,
} from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';

const here = ({ conversation }: Scene) => ({ kind: 'here', conversation }) as const;

async function readyExport(rig: Rig, scene: Scene): Promise<string> {
  const exportId = await startedExport(rig, scene);
  await rig.run({ seconds: 5 });
  succeedAtGraph(rig, scene);
  await rig.run();
  return exportId;
}

const giveHere = (rig: Rig, scene: Scene, written: string): Promise<NameOutcome> =>
  rig.nameTargets.give({ requester: scene.requester, written, to: here(scene) });

const namesOf = async (rig: Rig, { requester }: Pick<Scene, 'requester'>): Promise<readonly string[]> =>
  (await rig.nameTargets.list({ requester })).names.map(({ name }) => name);

describeUseCase('usecases/name-targets', (createRig) => {
  it('names the last export in a conversation, and its cards and messages say so', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    const outcome = await giveHere(rig, scene, ' “Q3 sales” ');
    assert.equal(outcome.kind === 'named' && outcome.name.name, 'Q3 sales');
    await rig.settle();
    await assertShown(rig, exportId);
    const shown = rig.teams.standing(scene.conversation).filter((message) => 'job' in message);
    const [card] = shown.filter(({ kind }) => kind === 'export');
    assert.equal(card?.job.name, 'Q3 sales');
    const { own } = await rig.listExports({ requester: scene.requester });
    assert.deepEqual(
      own.map(({ name }) => name),
      ['Q3 sales'],
    );
  });

  it('starts an export by its name, in any case, also before there was one', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    const { requester, conversation, target } = scene;
    await rig.nameTargets.give({ requester, written: 'Q3 Sales', to: { kind: 'target', target } });
    const outcome = await rig.nameTargets.exportNamed({
      requester,
      conversation,
      which: { written: '"q3 SALES"' },
      activityId: 'activity',
    });
    assert.equal(outcome.kind, 'started');
    // Delivered again, the same message starts nothing.
    await rig.nameTargets.exportNamed({
      requester,
      conversation,
      which: { written: 'Q3 sales' },
      activityId: 'activity',
    });
    const [job, ...others] = await rig.jobsOf(requester);
    assert.deepEqual(others, []);
    assert.deepEqual(job?.target, target);
  });

  it('keeps a name for one target, and lets one target have several', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    const { requester } = scene;
    await readyExport(rig, scene);
    for (const name of ['Q3', 'Sales', 'q3']) assert.equal((await giveHere(rig, scene, name)).kind, 'named');
    assert.deepEqual(
      await namesOf(rig, scene),
      ['q3', 'Sales'],
      'given again it is one, in the letters of today',
    );
    const taken = await rig.nameTargets.give({
      requester,
      written: 'Q3',
      to: { kind: 'target', target: someTarget() },
    });
    assert.equal(taken.kind === 'taken' && taken.by.name, 'q3');
    // The one that was given last is the one that is said.
    const { own } = await rig.listExports({ requester });
    assert.equal(own[0]?.name, 'q3');
  });

  it('renames, the longest known name first, and forgets', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    const { requester } = scene;
    await readyExport(rig, scene);
    for (const name of ['A', 'A to B']) await giveHere(rig, scene, name);
    const ways = [
      { from: { written: 'a TO b' }, to: 'C' },
      { from: { written: 'a' }, to: 'B to C' },
    ];
    const renamed = await rig.nameTargets.rename({ requester, ways });
    assert.deepEqual(renamed.kind === 'renamed' && [renamed.before, renamed.name.name], ['A to B', 'C']);
    assert.equal(
      (await rig.nameTargets.rename({ requester, ways: [{ from: { written: 'C' }, to: 'a' }] })).kind,
      'taken',
    );
    const inCase = await rig.nameTargets.rename({ requester, ways: [{ from: { written: 'c' }, to: 'c' }] });
    assert.equal(inCase.kind, 'renamed', 'its own letters are not in its way');
    assert.equal((await rig.nameTargets.forget({ requester, which: { written: 'A' } })).kind, 'forgotten');
    assert.deepEqual(await namesOf(rig, scene), ['c']);
    const unknown = await rig.nameTargets.forget({ requester, which: { written: 'A' } });
    assert.equal(unknown.kind, 'unknownName');
  });

  it('says what may have been meant', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    await readyExport(rig, scene);
    await giveHere(rig, scene, 'Q3 sales');
    const found = await rig.nameTargets.find({ requester: scene.requester, which: { written: 'q3 slaes' } });
    assert.deepEqual(found.kind === 'unknownName' && found.near.map(({ name }) => name), ['Q3 sales']);
  });

  it('names the export whose card was replied to, else the last one', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    const later = { ...scene, target: someTarget() };
    const exportId = await readyExport(rig, scene);
    await readyExport(rig, later);
    const [card] = await rig.stores.cards.of({ kind: 'export', id: exportId });
    const named = async (written: string, repliesTo?: string) => {
      const to = { ...here(scene), ...present({ repliesTo }) };
      const outcome = await rig.nameTargets.give({ requester: scene.requester, written, to });
      return outcome.kind === 'named' ? outcome.name.target : outcome;
    };
    assert.deepEqual(await named('replied', card?.activityId), scene.target);
    assert.deepEqual(await named('last'), later.target);
    assert.deepEqual(await named('elsewhere', 'unknown'), later.target);
  });

  it('names nothing where there is no export of theirs, and refuses what is no name', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    const stranger = signedInScene(rig, { tenantId: scene.requester.tenantId });
    const exportId = await readyExport(rig, scene);
    assert.equal((await giveHere(rig, scene, '…')).kind, 'noName');
    assert.equal((await giveHere(rig, scene, 'x'.repeat(61))).kind, 'noName');
    assert.equal((await giveHere(rig, stranger, 'Mine')).kind, 'nothingThere');
    for (const to of [here(scene), { kind: 'export', exportId } as const]) {
      const outcome = await rig.nameTargets.give({ requester: stranger.requester, written: 'Mine', to });
      assert.equal(outcome.kind, 'nothingThere');
    }
  });

  it('is a person’s own: nobody else exports by it, changes it or forgets it', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    const { requester: stranger } = signedInScene(rig, { tenantId: scene.requester.tenantId });
    await readyExport(rig, scene);
    const given = await giveHere(rig, scene, 'Q3 sales');
    assert.ok(given.kind === 'named');
    const { conversation } = scene;
    for (const which of [{ nameId: given.name.id }, { written: 'Q3 sales' }]) {
      const outcomes = [
        await rig.nameTargets.exportNamed({ requester: stranger, conversation, which }),
        await rig.nameTargets.rename({ requester: stranger, ways: [{ from: which, to: 'Mine' }] }),
        await rig.nameTargets.forget({ requester: stranger, which }),
      ];
      for (const outcome of outcomes)
        assert.deepEqual(outcome.kind === 'unknownName' && [outcome.near, outcome.hasNames], [[], false]);
    }
    assert.deepEqual(await namesOf(rig, scene), ['Q3 sales']);
  });

  it('lets nobody have more than so many, also when they are given at once', async () => {
    const rig = createRig();
    const { requester, target } = signedInScene(rig);
    const givenAt = new Date();
    for (let nth = 2; nth <= maxNamesOfPerson; nth += 1)
      await rig.stores.targetNames.give(requester, {
        id: `${requester.userId} ${String(nth)}`,
        name: `n${String(nth)}`,
        target,
        givenAt,
      });
    const to = { kind: 'target', target } as const;
    const written = ['one more', 'and another', 'One More'];
    const outcomes = await Promise.all(
      written.map((name) => rig.nameTargets.give({ requester, written: name, to })),
    );
    assert.equal(outcomes.filter(({ kind }) => kind === 'tooMany').length > 0, true);
    assert.equal((await namesOf(rig, { requester })).length, maxNamesOfPerson);
  });

  it('lists by the alphabet, and what was exported lately without a name', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    const other = { ...scene, target: someTarget() };
    const exportId = await readyExport(rig, scene);
    await readyExport(rig, other);
    await rig.nameTargets.give({
      requester: scene.requester,
      written: 'Q10',
      to: { kind: 'target', target: other.target },
    });
    await giveHere(rig, other, 'q2');
    const { names, nameless } = await rig.nameTargets.list({ requester: scene.requester });
    assert.deepEqual(
      names.map(({ name }) => name),
      ['q2', 'Q10'],
    );
    assert.deepEqual(
      nameless.map(({ id }) => id),
      [exportId],
    );
    const csv = 'Title,Object Type\nGrow,Objective\nRest,Objective\n';
    for (const _each of [exportId, other])
      rig.graph.script.content.push(() => ({ kind: 'content', stream: new Blob([csv]).stream() }));
    await rig.workOnFiles(60);
    const { own } = await rig.listExports({ requester: scene.requester });
    assert.deepEqual(
      own.map(({ name, topObjective }) => name ?? topObjective),
      ['q2', 'Grow'],
    );
  });

  it('is deleted with everything else', async () => {
    const rig = createRig();
    const scene = signedInScene(rig);
    await readyExport(rig, scene);
    await giveHere(rig, scene, 'Q3 sales');
    assert.equal((await rig.deleteMyData.confirm(scene)).names, 1);
    assert.deepEqual(await namesOf(rig, scene), []);
  });
});
