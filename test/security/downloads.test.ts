// Row 11: a download link is one person's, for five minutes, once, and nothing but a press of its button uses it up.
// Whoever asks for a file and hardly reads it must not keep a place among the few downloads at once.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { sendFile, type Sent } from '../../src/web/send-file.ts';
import { downloadPageOf, exportIdOf, readyAtOnce, useAppWorld } from '../support/app/app-suite.ts';
import { passTime } from '../support/app/time-travel.ts';
import { groupChat } from '../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);

describe('a download link', () => {
  const suite = useAppWorld();
  const group = groupChat([ada, benno]);
  let exportId = '';
  let explorerViewId = '';
  const press = (person = ada) => suite.press(group, person, { verb: 'download', exportId });
  const offered = async (): Promise<string> => downloadPageOf(await press());
  const take = async (page: string): Promise<number> => {
    const answer = await fetch(page, { method: 'POST' });
    await answer.arrayBuffer();
    return answer.status;
  };
  let read = 0;
  /** Of this file, beside that of the bot that reads what it says; other files may be read at any time. */
  const fetches = (): number =>
    suite.world().graph.calls.filter(({ op, about }) => op === 'content' && about['view'] === explorerViewId)
      .length - read;

  before(async () => {
    await suite.signIn(ada);
    const view = suite.view(readyAtOnce);
    ({ explorerViewId } = view);
    await suite.say(group, ada, view.url);
    exportId = exportIdOf(await suite.card(group, /✓ {2}Ready/, view));
    await suite.read(view);
    read = fetches();
  });

  it('outlives every look of a scanner, works once for each format, and never again', async () => {
    const page = await offered();
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'])
      await (await fetch(page, { method })).arrayBuffer();
    assert.equal(fetches(), 0);
    assert.equal(await take(page), 200);
    for (let nth = 0; nth < 3; nth += 1) assert.equal(await take(page), 410);
    assert.equal(fetches(), 1);
    const both = await Promise.all([1, 2, 3].map(() => take(`${page}?format=workbook`)));
    assert.deepEqual(both.sort(), [200, 410, 410], 'of three at once one is served');
    assert.equal(await take(`${page}?format=spreadsheetCsv`), 200);
    for (const format of ['workbook', 'spreadsheetCsv', 'original', 'made-up'])
      assert.equal(await take(`${page}?format=${format}`), 410, format);
    assert.equal(fetches(), 3);
  });

  it('is unknown when any byte of it differs, and lets nobody find another by trying', async () => {
    const page = await offered();
    const [base, token = ''] = page.split('/d/');
    const before = fetches();
    for (let at = 0; at < token.length; at += 1) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      assert.equal(await take(`${base ?? ''}/d/${changed}`), 404, String(at));
    }
    for (const wrong of [
      token.slice(1),
      `${token}A`,
      token.toLowerCase(),
      `${token}%00`,
      `${token}/`,
      `%2e%2e/d/${token}x`,
    ])
      assert.ok([400, 404].includes(await take(`${base ?? ''}/d/${wrong}`)), wrong);
    assert.equal(await take(`${base ?? ''}/d/${randomBytes(32).toString('base64url')}`), 404);
    assert.equal(fetches(), before);
    assert.equal(await take(page), 200, 'the genuine one is still good');
  });

  it('is given to nobody but the requester, and stands on no card that others see', async () => {
    const before = fetches();
    const bennos = await press(benno);
    assert.doesNotMatch(JSON.stringify(bennos.card), /\/d\//);
    await suite.world().channel.clickSubmit(group, ada, 'an old client', { verb: 'download', exportId });
    await suite.text(group, /personal chat/i);
    await offered();
    const posted = suite.world().channel.messages(group.id);
    assert.ok(posted.length >= 2);
    assert.doesNotMatch(JSON.stringify(posted), /\/d\//);
    assert.equal(fetches(), before);
  });

  it('is worth nothing after five minutes, nor once its person has signed out', async () => {
    const old = await offered();
    await passTime(suite.world(), 301);
    const before = fetches();
    assert.equal(await take(old), 410);
    const fresh = await offered();
    await suite.say(group, ada, 'sign out');
    await suite.card(group, /You are signed out/);
    assert.ok((await take(fresh)) >= 400);
    assert.equal(fetches(), before);
  });
});

describe('a reader that hardly reads', () => {
  it('is cut off in the end, and the source is stopped', async () => {
    const stopped = Promise.withResolvers<undefined>();
    const sent = Promise.withResolvers<Sent>();
    const server = createServer((_request, response) => {
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
        cancel: () => stopped.resolve(undefined),
      });
      sendFile(response, { stream, fileName: 'a.csv' }, 100).then(sent.resolve, sent.reject);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
    reader.on('error', () => undefined).pause();
    reader.write('POST /d/x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    const outcome = await sent.promise;
    assert.equal(outcome.kind, 'broken');
    await stopped.promise;
    reader.destroy();
    server.close();
  });
});
