// Taking the file: the page, the one-time link, and what the browser sees when Graph cuts the file.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import type { Trouble } from '../../../src/sandbox/loopback/script.ts';
import { downloadPageOf, exportIdOf, readyAtOnce, useAppWorld } from '../../support/app/app-suite.ts';
import type { View } from '../../support/app/app-suite.ts';
import { personalChat } from '../../support/teams/teams-places.ts';
import { passTime } from '../../support/app/time-travel.ts';

const [ada] = sandboxPeople;
const chat = personalChat(ada);

describe('downloading', () => {
  const suite = useAppWorld();
  before(() => suite.signIn(ada));

  const linkFor = async (view: View): Promise<{ readonly page: string; readonly id: string }> => {
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /Your file is ready/, view);
    await suite.read(view);
    const offered = await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(card) }, card.id);
    assert.match(offered.words, /The link works until .*, once for each format/);
    return { page: downloadPageOf(offered), id: (await suite.jobOf(view)).id };
  };
  const taken = async (page: string): Promise<Buffer> => {
    const response = await fetch(page, { method: 'POST' });
    assert.equal(response.status, 200);
    return Buffer.from(await response.arrayBuffer());
  };

  it('shows the card on the page without using the link up, and hands over a file with a safe name', async () => {
    const { page, id } = await linkFor(suite.view(readyAtOnce));
    for (let scanner = 0; scanner < 3; scanner += 1) {
      const looked = await fetch(page);
      assert.equal(looked.status, 200);
      assert.match(await looked.text(), /Your file is ready/);
      assert.equal(looked.headers.get('referrer-policy'), 'no-referrer');
      assert.equal(looked.headers.get('cache-control'), 'no-store');
    }
    const response = await fetch(page, { method: 'POST' });
    assert.match(response.headers.get('content-disposition') ?? '', /^attachment; filename="?[\w.-]+\.csv"?/);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), suite.world().graph.contentOf(id));
  });

  it('says about a used link: press Download again; which works', async () => {
    const view = suite.view(readyAtOnce);
    const { page, id } = await linkFor(view);
    await taken(page);
    const again = await fetch(page, { method: 'POST' });
    assert.equal(again.status, 410);
    assert.match(await again.text(), /Original file was taken[^]*press <strong>Download<\/strong> again/i);
    assert.match(await (await fetch(page)).text(), /✓ Original file[^]*Taken with this link already/);
    for (const format of ['workbook', 'spreadsheetCsv']) await taken(`${page}?format=${format}`);
    for (const method of ['GET', 'POST']) {
      const spent = await fetch(page, { method });
      assert.equal(spent.status, 410);
      assert.match(await spent.text(), /press <strong>Download<\/strong> again/i);
    }
    const card = await suite.card(chat, /CSV, .*KB/, view);
    const fresh = await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(card) }, card.id);
    assert.deepEqual(await taken(downloadPageOf(fresh)), suite.world().graph.contentOf(id));
  });

  it('says the same about an expired link, and nothing about a made-up one', async () => {
    const { page } = await linkFor(suite.view(readyAtOnce));
    await passTime(suite.world(), 301);
    for (const method of ['GET', 'POST']) {
      const late = await fetch(page, { method });
      assert.equal(late.status, 410);
      assert.match(await late.text(), /press <strong>Download<\/strong> again/i);
    }
    assert.equal((await fetch(`${suite.world().publicUrl}/d/${'x'.repeat(43)}`)).status, 404);
  });

  const cuts: readonly (Trouble & { readonly kind: 'cut' })[] = [
    { kind: 'cut', how: 'contentLength', atByte: 400_000 },
    { kind: 'cut', how: 'chunked', atByte: 400_000 },
    { kind: 'cut', how: 'closeDelimited', atByte: 400_000 },
  ];
  for (const trouble of cuts)
    it(`fails visibly when Graph cuts the file in the middle (${trouble.how}), and the link stays valid`, async () => {
      const { graph } = suite.world();
      const view = suite.view(readyAtOnce, { rows: 3000 });
      const { page, id } = await linkFor(view);
      const whole = graph.contentOf(id);
      assert.ok(whole.length > 2 * trouble.atByte, String(whole.length));
      const rule = graph.script({ match: { op: 'content', view: view.explorerViewId }, trouble, times: 1 });
      const broken = await fetch(page, { method: 'POST' });
      assert.equal(broken.status, 200);
      await assert.rejects(broken.arrayBuffer(), 'the browser must see that it is not whole');
      assert.equal(rule.hits(), 1);
      assert.deepEqual(await taken(page), whole, 'the same link, pressed again');
    });

  it('hands over all or visibly not all when Graph resets the connection, whose link then stays valid', async () => {
    const { graph } = suite.world();
    const view = suite.view(readyAtOnce, { rows: 3000 });
    const { page, id } = await linkFor(view);
    const trouble: Trouble = { kind: 'cut', how: 'reset', atByte: 400_000 };
    const rule = graph.script({ match: { op: 'content', view: view.explorerViewId }, trouble, times: 1 });
    const whole = graph.contentOf(id);
    // A reset also takes back what had arrived: when nothing was out yet, the bot has fetched it again.
    const arrived = await taken(page).catch(() => undefined);
    assert.deepEqual(arrived ?? (await taken(page)), whole);
    assert.equal(rule.hits(), 1);
  });

  it('fetches again by itself what is cut before its first byte is out', async () => {
    const { graph } = suite.world();
    const view = suite.view(readyAtOnce, { rows: 20 });
    const { page, id } = await linkFor(view);
    const trouble: Trouble = { kind: 'cut', how: 'closeDelimited', atByte: 1000 };
    const rule = graph.script({ match: { op: 'content', view: view.explorerViewId }, trouble, times: 2 });
    assert.deepEqual(await taken(page), graph.contentOf(id));
    assert.equal(rule.hits(), 2);
  });

  it('says so when Graph no longer has the file, and the card offers a new export', async () => {
    const { graph } = suite.world();
    const view = suite.view(readyAtOnce);
    const { page, id } = await linkFor(view);
    graph.forgetJob(id);
    const gone = await fetch(page, { method: 'POST' });
    assert.notEqual(gone.status, 200);
    assert.match(gone.headers.get('content-type') ?? '', /text\/html/);
    await suite.card(chat, /Expired[^]*Export again/, view);
  });
});
