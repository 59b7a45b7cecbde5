// Two people of one organisation and one view: each proves their own access, and nobody's export waits for nothing.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { jobNotFound } from '../../../src/sandbox/graph/graph-errors.ts';
import { downloadPageOf, exportIdOf, readyAtOnce, runs, useAppWorld } from '../../support/app/app-suite.ts';
import { personalChat } from '../../support/teams/teams-places.ts';
import { passTime } from '../../support/app/time-travel.ts';

const [ada, benno, cleo] = sandboxPeople;
assert.ok(benno && cleo);

describe('two people and one view', () => {
  const suite = useAppWorld();
  const [adas, bennos, cleos] = [personalChat(ada), personalChat(benno), personalChat(cleo)];
  before(async () => {
    await suite.signIn(ada);
    await suite.signIn(benno);
    await suite.signIn(cleo);
  });
  const jobsOf = (view: { readonly explorerViewId: string }) =>
    suite
      .world()
      .graph.jobs()
      .filter(({ explorerViewId }) => explorerViewId === view.explorerViewId);

  it('share one job at Graph, each under their own token, in their own chat', async () => {
    const { graph } = suite.world();
    const view = suite.view(runs);
    await suite.say(adas, ada, view.url);
    const first = await suite.card(adas, /Running/, view);
    await suite.say(bennos, benno, view.url);
    const second = await suite.card(bennos, /Running[^]*Already being made/, view);
    const job = await suite.jobOf(view);
    assert.equal(jobsOf(view).length, 1);
    await suite.finish(bennos, benno, second, job);
    await suite.press(adas, ada, { verb: 'refresh', exportId: exportIdOf(first) }, first.id);
    for (const [chat, person, card] of [
      [adas, ada, first],
      [bennos, benno, second],
    ] as const) {
      await suite.card(chat, /Your file is ready/, view);
      const offered = await suite.press(
        chat,
        person,
        { verb: 'download', exportId: exportIdOf(card) },
        card.id,
      );
      const asked = graph.nextCall({ op: 'content', user: person.oid });
      const file = await fetch(downloadPageOf(offered), { method: 'POST' });
      assert.deepEqual(Buffer.from(await file.arrayBuffer()), graph.contentOf(job.id));
      await asked;
    }
  });

  it('do not see one another: an export pressed from another chat is not there', async () => {
    const view = suite.view(runs);
    await suite.say(adas, ada, view.url);
    const card = await suite.card(adas, /Running/, view);
    const data = { exportId: exportIdOf(card) };
    assert.match(
      (await suite.press(bennos, benno, { ...data, verb: 'view' })).words,
      /Not an export of yours/,
    );
    const stolen = await suite.press(bennos, benno, { ...data, verb: 'exportForMe' });
    assert.match(stolen.words, /Not an export of yours/, 'which view it is may not be learnt from elsewhere');
    assert.equal(
      suite
        .world()
        .graph.calls.some(
          ({ op, user, about }) =>
            op === 'create' && user === benno.oid && about['view'] === view.explorerViewId,
        ),
      false,
    );
  });

  it('who may not read the other’s job waits, and gets their own when it is done', async () => {
    const { graph } = suite.world();
    const view = suite.view(runs);
    await suite.say(adas, ada, view.url);
    await suite.card(adas, /Running/, view);
    const adasJob = await suite.jobOf(view);
    graph.script({
      match: { op: 'get', user: cleo.oid, about: { job: adasJob.id } },
      respond: jobNotFound(),
    });
    await suite.say(cleos, cleo, view.url);
    const waiting = await suite.card(cleos, /Waiting for my turn[^]*Somebody else/, view);
    assert.equal(jobsOf(view).length, 1);
    graph.completeJob(adasJob.id);
    graph.register({ name: 'own', what: 'is ready at once', ...view, fate: readyAtOnce });
    await passTime(suite.world(), 70);
    const ready = await suite.card(cleos, /Your file is ready/, view);
    assert.equal(ready.id, waiting.id);
    assert.deepEqual(
      jobsOf(view).map(({ oid }) => oid),
      [ada.oid, cleo.oid],
    );
    await suite.card(adas, /Your file is ready/, view);
  });

  it('who is no member of the organisation is refused, whatever is running', async () => {
    const { graph } = suite.world();
    const view = suite.view(runs);
    graph.restrict(view.goalsOrganizationId, [ada.oid]);
    await suite.say(adas, ada, view.url);
    await suite.card(adas, /Running/, view);
    await suite.say(bennos, benno, view.url);
    await suite.card(bennos, /You have no access to this view/, view);
    graph.restrict(view.goalsOrganizationId, [ada.oid, benno.oid]);
    const card = await suite.card(bennos, /You have no access/, view);
    await suite.press(bennos, benno, { verb: 'retry', exportId: exportIdOf(card) }, card.id);
    await suite.card(bennos, /Running[^]*Already being made/, view);
  });
});
