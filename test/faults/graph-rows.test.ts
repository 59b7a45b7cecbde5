// The rows G of the fault table: the link of each one in the whole app, and what its person sees.
import assert from 'node:assert/strict';
import { actionsOf, cardOf, latest } from '../support/teams/card-search.ts';
import { titlesOf } from '../support/app/app-suite.ts';
import { pageText, saidBy, useFaultRows } from '../support/app/fault-rows.ts';

const ready = /Your file is ready/;

describe('faults of Graph', () => {
  const { row } = useFaultRows();

  row('G1 renews a refused token silently, and asks for a sign-in at the second refusal', async (scene) => {
    await scene.signIn();
    await scene.paste();
    await scene.card(/Waiting for your sign-in/);
    assert.equal(scene.asked('create'), 2);
    assert.equal(scene.asked('get'), 2);
    await scene.signInAgain();
    await scene.card(ready);
    assert.equal(scene.jobs().length, 1);
    await scene.promptsAreGone();
  });

  row(
    'G2 takes a claims challenge to the renewal, then to the person, and never goes round',
    async (scene) => {
      const { entra } = scene.suite.world();
      await scene.signIn();
      await scene.paste();
      await scene.card(/Your organisation asks you to sign in again/);
      const renewal = entra.calls.findLast(({ op, user }) => op === 'token' && user === scene.person.oid);
      assert.match(renewal?.about['claims'] ?? '', /acrs/);
      assert.equal(scene.asked('get'), 2);
      await scene.signInAgain();
      await scene.card(ready);
    },
  );

  row(
    'G3 asks for an administrator, with a link to copy, and tries nothing again by itself',
    async (scene) => {
      await scene.paste();
      const card = await scene.card(/An administrator must allow this[^]*Goals-Export/);
      assert.match(
        saidBy(card),
        /http:\/\/127\.0\.0\.1:\d+\/[\w-]+\/adminconsent\?/,
        'the link can be shown',
      );
      assert.equal(scene.asked('create'), 1);
      await scene.press('resume', card);
      await scene.card(ready);
    },
  );

  row('G4 says that there is no access, and tries nothing again by itself', async (scene) => {
    await scene.paste();
    const card = await scene.card(/You have no access to this view[^]*Request id/);
    assert.deepEqual(titlesOf(cardOf(latest(card))), ['Try again']);
    assert.equal(scene.asked('create'), 1);
  });

  row('G5 says that the link is not a valid view, and tries nothing again by itself', async (scene) => {
    await scene.paste();
    const card = await scene.card(/This link is not a valid explorer view/);
    assert.deepEqual(titlesOf(cardOf(latest(card))), []);
    assert.equal(scene.asked('create'), 1);
  });

  row('G6 says that the organisation was not found', async (scene) => {
    await scene.paste();
    await scene.card(/Organisation not found – was it deleted\?/);
    assert.equal(scene.asked('create'), 1);
  });

  row('G8 lets an export expire whose file is gone, and offers a new one', async (scene) => {
    await scene.paste();
    const expired = await scene.card(
      /Expired[^]*\{\{DATE\([^]*Start again\?|Start again\?[^]*Expired[^]*\{\{DATE\(/,
    );
    assert.deepEqual(titlesOf(cardOf(latest(expired))), ['Export again']);
  });

  row('G9 follows the export that Graph names, after a look under the person’s own token', async (scene) => {
    await scene.paste();
    await scene.suite
      .world()
      .channel.nextCard(
        (_card, one) =>
          one.versions.some((version) => JSON.stringify(version).includes('Already being made')),
        { what: 'a card that says that it is already being made' },
      );
    await scene.card(ready);
    assert.equal(scene.asked('create'), 1);
    assert.equal(scene.jobs().length, 1);
  });

  row('G10 finds the export that Graph does not name in the list', async (scene) => {
    await scene.paste();
    await scene.card(ready);
    assert.deepEqual([scene.asked('create'), scene.jobs().length], [1, 1]);
  });

  row('G11 waits as many seconds as Graph says, in silence', async (scene) => {
    await scene.paste();
    const card = await scene.card(ready);
    assert.equal(scene.asked('create'), 3);
    for (const version of card.versions) assert.doesNotMatch(JSON.stringify(version), /busy/);
    assertApart(scene.suite.world().graph.calls.filter(isCreateOf(scene.view.explorerViewId)), 1000);
  });

  row(
    'G12 waits until the time that Graph names, and backs off by its own rule when that is junk',
    async (scene) => {
      await scene.paste();
      await scene.card(ready);
      assert.equal(scene.asked('create'), 3);
    },
  );

  row('G13 backs off by its own rule when Graph names no time', async (scene) => {
    await scene.paste();
    await scene.card(ready);
    assert.equal(scene.asked('create'), 3);
    assertApart(scene.suite.world().graph.calls.filter(isCreateOf(scene.view.explorerViewId)), 1900);
  });

  row('G14 looks again after 503 and 500, in silence', async (scene) => {
    await scene.paste();
    const card = await scene.card(ready);
    assert.equal(scene.asked('get'), 3);
    for (const version of card.versions) assert.doesNotMatch(JSON.stringify(version), /can’t reach/);
  });

  row('G15 looks in the list after a start whose answer is lost, and starts nothing twice', async (scene) => {
    await scene.paste();
    await scene.card(/Starting…/);
    const card = await scene.card(ready);
    assert.deepEqual([scene.asked('create'), scene.jobs().length], [1, 1]);
    assert.ok(
      card.versions.some((version) => JSON.stringify(version).includes('I’ll look before I ask again')),
    );
  });

  row('G16 finds an export that Graph made without naming it', async (scene) => {
    await scene.paste();
    await scene.card(ready);
    assert.deepEqual([scene.asked('create'), scene.jobs().length], [1, 1]);
  });

  row('G18 says that Graph reported a failure, under which request id, with one button', async (scene) => {
    await scene.paste();
    await scene.suite.jobOf(scene.view);
    const card = await scene.card(/Microsoft Graph reported a failure/);
    assert.match(saidBy(card), /Request id\n[\w-]{36}/);
    assert.deepEqual(titlesOf(cardOf(latest(card))), ['Try again']);
  });

  row('G20 reads an export wrapped in a list, with wrong and unknown fields', async (scene) => {
    await scene.paste();
    await scene.card(ready);
  });

  row('G21 leaves out a time that makes no sense', async (scene) => {
    await scene.paste();
    const card = await scene.card(ready);
    assert.doesNotMatch(saidBy(card), /Available|Invalid|9999|NaN/);
  });

  row('G22 follows no redirect to a host that is not allowed', async (scene) => {
    await scene.paste();
    const page = await pageText(await scene.download(await scene.card(ready)), 502);
    assert.match(page, /The download did not work[^]*try again/);
    assert.notEqual(scene.logged('leads to a host that is not allowed').length, 0);
  });

  row('G23 asks no resourceLocation, and tells the operator where it leads', async (scene) => {
    await scene.paste();
    const card = await scene.card(ready);
    assert.notEqual(scene.logged('collector.example').length, 0);
    assert.equal((await scene.download(card)).status, 200);
    assert.ok(actionsOf(cardOf(latest(card))).every(({ url }) => url?.includes('collector') !== true));
  });

  row('G24 hands over no web page in place of a file', async (scene) => {
    await scene.paste();
    const card = await scene.card(/what came is not a CSV file\. Press Export again/);
    assert.doesNotMatch(saidBy(card), /fine to download/);
    const response = await scene.download(card);
    assert.match(await pageText(response, 502), /not a CSV file, so it was not handed over/);
    assert.equal(response.headers.get('content-disposition'), null);
  });
});

const isCreateOf =
  (view: string) =>
  ({ op, about }: { readonly op: string; readonly about: Readonly<Record<string, string>> }): boolean =>
    op === 'create' && about['view'] === view;

/** Lower bounds only: how much later is for the machine to say. */
function assertApart(calls: readonly { readonly at: number }[], milliseconds: number): void {
  const gaps = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0));
  assert.ok(
    gaps.every((gap) => gap >= milliseconds),
    `gaps ${gaps.join(', ')} ms`,
  );
}
