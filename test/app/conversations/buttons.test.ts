// Buttons: in time however slow Graph is, twice, on old cards, in clients without Universal Actions, and between a sign-out and a sign-in.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Fate } from '../../../src/sandbox/graph/scenarios.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import {
  downloadPageOf,
  exportIdOf,
  readyAtOnce,
  runs,
  runsInPeace,
  shownBy,
  titlesOf,
  useAppWorld,
} from '../../support/app/app-suite.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../../support/teams/card-search.ts';
import { channelThread, personalChat } from '../../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const chat = personalChat(ada);

describe('buttons', () => {
  const suite = useAppWorld({ variables: { LIMIT_DAILY_PER_USER: '100', LIMIT_OPEN_PER_USER: '100' } });
  before(() => suite.signIn(ada));

  const runningExport = async (fate: Fate = runsInPeace) => {
    const view = suite.view(fate);
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /Running/, view);
    const exportId = exportIdOf(card);
    const press = (verb: string) => suite.press(chat, ada, { verb, exportId }, card.id);
    return { view, card, exportId, press, job: await suite.jobOf(view) };
  };
  const jobsOf = (view: { readonly explorerViewId: string }) =>
    suite
      .world()
      .graph.jobs()
      .filter(({ explorerViewId }) => explorerViewId === view.explorerViewId);

  it('Refresh answers while Graph hangs, with what is known, and the card changes when Graph has answered', async () => {
    const { graph } = suite.world();
    const { view, card, press, job } = await runningExport();
    graph.completeJob(job.id);
    const hang = Promise.withResolvers<undefined>();
    const rule = graph.script({ match: { op: 'get', view: view.explorerViewId }, after: hang.promise });
    suite.world().skip(11);
    const shown = await press('refresh');
    assert.equal(rule.hits(), 1, 'Graph was asked, and still says nothing');
    assert.match(shown.words, /Running/);
    hang.resolve(undefined);
    rule.remove();
    assert.equal((await suite.card(chat, /✓ {2}Ready/, view)).id, card.id);
  });

  it('“list” answers while Graph hangs, and says what may be missing', async () => {
    const { graph } = suite.world();
    const hang = Promise.withResolvers<undefined>();
    const rule = graph.script({ match: { op: 'list', user: ada.oid }, after: hang.promise });
    const shown = await suite.press(chat, ada, { verb: 'list' });
    assert.equal(rule.hits(), 1);
    assert.match(shown.words, /couldn’t reach Microsoft Graph just now/);
    hang.resolve(undefined);
    rule.remove();
  });

  it('a button that takes longer than Teams waits says that it is being worked on', async () => {
    const { graph } = suite.world();
    const { view, press, job } = await runningExport();
    await press('stop');
    await suite.card(chat, /Stopped/, view);
    const hang = Promise.withResolvers<undefined>();
    const rule = graph.script({ match: { op: 'get', about: { job: job.id } }, after: hang.promise });
    const answer = await suite.press(chat, ada, { verb: 'followGraphJob', graphJobId: job.id });
    assert.equal(rule.hits(), 1);
    assert.match(answer.words, /Working on it/);
    hang.resolve(undefined);
    rule.remove();
    await suite.card(chat, /Running/, view);
  });

  it('Refresh one after the other asks Graph once', async () => {
    const { graph } = suite.world();
    const { view, press } = await runningExport();
    suite.world().skip(11);
    const looks = () =>
      graph.calls.filter(({ op, about }) => op === 'get' && about['view'] === view.explorerViewId).length;
    const before = looks();
    for (let nth = 0; nth < 3; nth += 1) assert.match((await press('refresh')).words, /Running/);
    assert.equal(looks(), before + 1);
  });

  it('Stop watching says that Graph goes on; twice changes nothing; Resume goes on with the same job', async () => {
    const { graph } = suite.world();
    const { view, card, press, job } = await runningExport();
    assert.match((await press('stop')).words, /Stopped[^]*Microsoft Graph can’t cancel it/);
    await suite.card(chat, /Stopped/, view);
    assert.match((await press('stop')).words, /Nothing to do/);
    assert.match((await press('refresh')).words, /Stopped/);
    const looked = graph.nextCall({ op: 'get', view: view.explorerViewId });
    await press('resume');
    await looked;
    await suite.card(chat, /Running/, view);
    assert.match((await press('resume')).words, /Nothing to do/);
    await suite.finish(chat, ada, card, job);
    assert.equal((await suite.card(chat, /✓ {2}Ready/, view)).id, card.id);
    assert.equal(jobsOf(view).length, 1);
  });

  it('Try again twice starts one run, and is nothing to do on an export that is open or ready', async () => {
    const { graph } = suite.world();
    const { view, press, job } = await runningExport();
    assert.match((await press('retry')).words, /Nothing to do/);
    graph.setStatus(job.id, 'failed');
    suite.world().skip(11);
    await press('refresh');
    await suite.card(chat, /reported a failure/, view);
    const [first, second] = await Promise.all([press('retry'), press('retry')]);
    assert.doesNotMatch(`${first.words}${second.words}`, /went wrong/);
    await graph.until(() => jobsOf(view).length === 2);
    const card = await suite.card(chat, /Running/, view);
    await suite.finish(chat, ada, card, await suite.jobOf(view));
    await suite.card(chat, /✓ {2}Ready/, view);
    assert.match((await press('retry')).words, /Nothing to do/);
    assert.equal(jobsOf(view).length, 2);
  });

  it('Export again makes a new card and leaves the old file; while it is open a second press points to it', async () => {
    const { graph } = suite.world();
    const { view, card, press, job } = await runningExport();
    await suite.finish(chat, ada, card, job);
    await suite.card(chat, /Your file is ready/, view);
    assert.match((await press('exportAgain')).words, /Exported again on/);
    const fresh = await suite
      .world()
      .channel.nextCard(
        (shown, { id }) =>
          id !== card.id &&
          wordsOf(shown).includes(view.explorerViewId.slice(0, 8)) &&
          /Running/.test(wordsOf(shown)),
      );
    assert.match((await press('exportAgain')).words, /already have an open export/);
    assert.equal(jobsOf(view).length, 2);
    const old = await press('download');
    assert.match(old.words, /Open download page[^]*Export again/);
    await suite.finish(chat, ada, fresh, graph.jobs().at(-1) ?? job);
  });

  it('buttons of an old card act on the export as it is now', async () => {
    const { view, card, press, exportId } = await runningExport();
    const old = cardOf(latest(card));
    await suite.say(chat, ada, view.url);
    await suite.card(chat, /card moved further down/, view);
    const answer = shownBy(
      await suite.world().channel.clickExecute(chat, ada, card.id, 'Stop watching', old),
    );
    assert.match(answer.words, /Stopped/);
    await suite.card(chat, /Stopped/, view);
    assert.match((await press('view')).words, /Stopped/);
    const unknown = await suite.press(chat, ada, { verb: 'view', exportId: randomUUID() }, card.id);
    assert.match(unknown.words, /Not an export of yours/);
    for (const data of [{}, { verb: 'explode', exportId }, { verb: 'stop', exportId: "' OR 1=1" }]) {
      const odd = await suite.press(chat, ada, data, card.id);
      assert.match(odd.words, /This button no longer works/);
    }
  });

  it('work as Action.Submit in a personal chat; elsewhere only what everybody may read', async () => {
    const { channel } = suite.world();
    const { view, card, exportId } = await runningExport();
    const submitted = await channel.clickSubmit(chat, ada, card.id, { verb: 'stop', exportId });
    assert.equal(submitted.status, 200);
    await suite.card(chat, /Stopped[^]*can’t cancel it/, view);
    const thread = channelThread([ada, benno]);
    const shared = suite.view(runs);
    await suite.say(thread, ada, shared.url);
    const there = await suite.card(thread, /Running/, shared);
    await channel.clickSubmit(thread, ada, there.id, { verb: 'view', exportId: exportIdOf(there) });
    await suite.text(thread, /This is only for you/);
    await channel.clickSubmit(thread, ada, there.id, { verb: 'nonsense' });
    await suite.text(thread, /This button no longer works/);
    await channel.clickSubmit(thread, benno, there.id, { verb: 'exportForMe', exportId: exportIdOf(there) });
    await suite.text(thread, /Started\. Its card will appear in a moment/);
  });

  it('after a sign-out say so, and ask again; a ready file is handed over after the next sign-in', async () => {
    const { channel } = suite.world();
    const first = suite.view(readyAtOnce);
    await suite.say(chat, ada, first.url);
    const ready = await suite.card(chat, /Your file is ready/, first);
    const { view, press } = await runningExport();
    await suite.say(chat, ada, 'sign out');
    await suite.card(chat, /You are signed out[^]*this export waits/, view);
    assert.match((await press('refresh')).words, /signed out/);
    const before = channel.messages(chat.id).filter((one) => oauthCardOf(one.versions[0] ?? latest(one)));
    const asked = await channel.clickExecute(chat, ada, ready.id, 'download');
    assert.equal((asked.body as { statusCode: number }).statusCode, 401, 'asked in the answer of the button');
    const offered = await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(ready) }, ready.id);
    const page = downloadPageOf(offered);
    const refused = await fetch(page, { method: 'POST' });
    assert.notEqual(refused.status, 200);
    assert.match(await refused.text(), /[Ss]ign in/);
    const prompt = await suite.prompt(chat, before);
    await channel.silentSso(chat, ada, prompt);
    await suite.card(chat, /Your file is ready/, first);
    const again = await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(ready) }, ready.id);
    assert.deepEqual(titlesOf(again.card).slice(0, 2), ['Download', 'Export again']);
    const file = await fetch(page, { method: 'POST' });
    assert.equal(file.status, 200, 'the link was not used up');
    await file.arrayBuffer();
    await suite.card(chat, /Running/, view);
  });
});
