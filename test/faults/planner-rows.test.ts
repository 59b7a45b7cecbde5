// The rows of the fault table about plans of Planner, each with a link of the sandbox and a person of its own.
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import type { Scene } from '../support/app/fault-rows.ts';
import { pageText, saidBy, useFaultRows } from '../support/app/fault-rows.ts';

describe('faults of Planner', () => {
  const { row } = useFaultRows();

  const askedOf = ({ suite, view }: Scene, op: string): number =>
    suite.world().graph.calls.filter((call) => call.op === op && call.about['plan'] === view.explorerViewId)
      .length;
  const whole = (scene: Scene) => scene.card(/24\s*tasks/);
  const rowsOf = async (scene: Scene): Promise<Record<string, string>[]> => {
    const file = await scene.download(await whole(scene));
    return parse<Record<string, string>>(await file.text(), { columns: true });
  };

  row('P1 says that the person has no access, and whom to ask', async (scene) => {
    await scene.paste();
    assert.match(saidBy(await scene.card(/You have no access to this plan/)), /Ask an owner of the plan/);
    assert.equal(askedOf(scene, 'tasks'), 0);
  });

  row('P2 says that there is no such plan', async (scene) => {
    await scene.paste();
    await scene.card(/Plan not found – was it deleted\?/);
  });

  row('P3 says that a plan is another organisation’s, and does not ask for it', async (scene) => {
    await scene.paste();
    await scene.card(/This plan belongs to another organisation/);
    assert.equal(askedOf(scene, 'plan'), 0);
  });

  row('P4 comes back after as long as Planner asks for', async (scene) => {
    await scene.paste();
    await whole(scene);
    assert.equal(askedOf(scene, 'plan'), 3, 'put off, started, read');
  });

  row('P5 tries a start again that Planner could not answer', async (scene) => {
    await scene.paste();
    await whole(scene);
    assert.equal(askedOf(scene, 'plan'), 3, 'failed, started, read');
  });

  row('P6 asks for an administrator where the permission is missing, and goes on', async (scene) => {
    await scene.paste();
    const card = await scene.card(/An administrator must allow this[^]*Tasks\.Read/);
    await scene.press('resume', card);
    await whole(scene);
  });

  row('P7 waits in the middle of the tasks, and reads no page twice that it has', async (scene) => {
    await scene.paste();
    await whole(scene);
    assert.equal(askedOf(scene, 'tasks'), 4, 'three pages, one of them twice');
  });

  row('P8 asks again for a page that Planner could not give', async (scene) => {
    await scene.paste();
    await whole(scene);
    assert.equal(askedOf(scene, 'tasks'), 4);
  });

  row('P9 asks again for a page that broke off', async (scene) => {
    await scene.paste();
    await whole(scene);
    assert.equal(askedOf(scene, 'tasks'), 4);
  });

  row('P10 reads the plan anew when its token is refused half-way', async (scene) => {
    await scene.paste();
    await whole(scene);
    await scene.promptsAreGone();
  });

  row('P11 tells nothing of a plan whose next page leads away, and reads it anew', async (scene) => {
    await scene.paste();
    await whole(scene);
    assert.ok(scene.suite.world().graph.calls.every(({ path }) => path !== '/v1.0/more'));
  });

  row('P12 goes without goals, and says so', async (scene) => {
    await scene.paste();
    const said = saidBy(await scene.card(/24\s*tasks[^]*could not read the goals of this plan/));
    assert.doesNotMatch(said, /\d\s*goals?\n/);
  });

  row(
    'P13 has no progress for goals of which nobody says what belongs to them, and says so',
    async (scene) => {
      await scene.paste();
      await scene.card(/did not say which tasks belong to which goal/);
      const goal = (await rowsOf(scene)).find((one) => one['Object Type'] === 'Goal');
      assert.equal(goal?.['Progress %'], '');
    },
  );

  row('P14 has ids, shortened, where it may not read names, and says so', async (scene) => {
    await scene.paste();
    await scene.card(/not allowed to read the names of some people/);
    const owners = (await rowsOf(scene)).flatMap((one) => (one['Owner'] ?? '').split('; '));
    assert.ok(owners.includes('5e1f0a69'));
    assert.ok(owners.includes('Ada Sandfield') || owners.includes('Benno Quarz'));
  });

  row('P15 asks again for the one name that was put off', async (scene) => {
    await scene.paste();
    await whole(scene);
    const owners = (await rowsOf(scene)).flatMap((one) => (one['Owner'] ?? '').split('; '));
    assert.ok(owners.includes('Lena Later'), owners.join());
  });

  row('P17 goes without the notes of tasks that it may not read, and says so', async (scene) => {
    await scene.paste();
    await scene.card(/could not read the notes of all tasks/);
    const tasks = (await rowsOf(scene)).filter((one) => one['Object Type'] === 'Task');
    assert.ok(tasks.every((one) => one['Description'] === ''));
  });

  row('P16 says of a plan that is gone by now that it is gone', async (scene) => {
    await scene.paste();
    const page = await scene.download(await whole(scene));
    assert.match(await pageText(page, 410), /what it is made from/);
    await scene.card(/The plan is no longer there[^]*24\s*tasks/);
  });
});
