// The page that hands a file to the bot: what the bot gets is what Teams would send, and no other web site can use it.
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { createFileHost, type FileHost, type FileAttachment } from '../../../src/sandbox/files/file-host.ts';
import {
  createHandFile,
  createPersonalChatMemory,
  type PersonalChatMemory,
} from '../../../src/sandbox/files/speak-as-teams.ts';
import { createLoopbackServer, type LoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';
import { handFileRoutes } from '../../../src/sandbox/pages/hand-file-page.ts';
import { createPageServer, type PageServer } from '../../../src/sandbox/pages/page-server.ts';

/** As the chat client says that it was opened. */
const opened = {
  type: 'installationUpdate',
  id: '1',
  action: 'add',
  channelId: 'msteams',
  from: { id: 'user-0', aadObjectId: '5e1f0a60-8c3d-4b7a-9f21-6d0c4e8b1a00' },
  recipient: { id: 'bot', name: 'OKR Export' },
  conversation: { conversationType: 'personal', tenantId: 't', id: 'personal-chat' },
  serviceUrl: 'http://localhost:1/_connector',
  channelData: { tenant: { id: 't' } },
};

describe('the page that hands a file to the bot', () => {
  let bot: LoopbackServer;
  let fileHost: FileHost;
  let memory: PersonalChatMemory;
  let pages: PageServer;
  let url: string;

  beforeEach(async () => {
    bot = createLoopbackServer({ handle: () => ({ status: 200 }) });
    await bot.start();
    fileHost = createFileHost();
    await fileHost.start();
    memory = createPersonalChatMemory();
    const handFile = createHandFile({ fileHost, chat: memory.chat, endpoint: `${bot.url()}/api/messages` });
    const routes = handFileRoutes({ handFile, chatUrl: 'http://localhost:1' });
    pages = createPageServer({ chatUrl: 'http://localhost:1', routes });
    url = `${(await pages.start()).url}/hand-a-file`;
  });
  afterEach(async () => {
    await Promise.all([pages.stop(), fileHost.stop(), bot.stop()]);
  });

  const post = (fields: Readonly<Record<string, string | File>>, headers: Record<string, string> = {}) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return fetch(url, { method: 'POST', headers: { origin: new URL(url).origin, ...headers }, body });
  };
  const sent = () =>
    JSON.parse(String(bot.calls.at(-1)?.body)) as typeof opened & { attachments: [FileAttachment] };

  it('sends a message from the personal chat that leads to the chosen file', async () => {
    memory.note(opened);
    const answer = await post({ file: new File(['Title\nGrow\n'], 'Ziele für März.csv') });
    assert.match(await answer.text(), /The bot has it/);
    const message = sent();
    const { type, from, recipient, conversation, serviceUrl, channelData } = message;
    assert.deepEqual(
      { type, from, recipient, conversation, serviceUrl, channelData },
      { ...pickAddress(), type: 'message' },
    );
    assert.notEqual(message.id, opened.id);
    const [attachment] = message.attachments;
    assert.equal(attachment.contentType, 'application/vnd.microsoft.teams.file.download.info');
    assert.equal(attachment.name, 'Ziele für März.csv');
    assert.equal(await (await fetch(attachment.content.downloadUrl)).text(), 'Title\nGrow\n');
  });

  it('has samples of two views, each a month apart', async () => {
    memory.note(opened);
    const page = await (await fetch(url)).text();
    const samples = [...page.matchAll(/name="sample" value="([^"]+)"/g)].map(([, id]) => id ?? '');
    assert.deepEqual(samples, ['goals-then', 'goals-now', 'product-then', 'product-now']);
    const [then, now] = [await fileOf('goals-then'), await fileOf('goals-now')];
    assert.notEqual(then.name, now.name);
    assert.equal(then.name.replace(/[\d_]+\.csv$/, ''), now.name.replace(/[\d_]+\.csv$/, ''));
    assert.ok(parse(now.bytes, { relax_column_count: true }).length > 250);
    assert.ok(!now.bytes.equals(then.bytes));
  });

  it('has a sample that is a real Excel file', async () => {
    memory.note(opened);
    const { name, bytes } = await fileOf('product-now');
    assert.match(name, /\.xlsx$/);
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  });

  it('says what to do when nobody has opened the chat, when no file was chosen, and when the bot refuses', async () => {
    const early = await post({ sample: 'goals-now' });
    assert.equal(early.status, 409);
    assert.match(await early.text(), /Open the chat first/);
    memory.note(opened);
    const none = await post({ file: new File([], '') });
    assert.equal(none.status, 400);
    assert.match(await none.text(), /No file was chosen/);
    bot.script({ match: {}, respond: { status: 503 } });
    const refused = await post({ sample: 'goals-now' });
    assert.equal(refused.status, 502);
    assert.match(await refused.text(), /status 503/);
  });

  it('takes nothing from another web site, and nothing that is no form', async () => {
    memory.note(opened);
    const foreign = await post({ sample: 'goals-now' }, { origin: 'https://elsewhere.example' });
    assert.equal(foreign.status, 403);
    const headers = { origin: new URL(url).origin, 'content-type': 'multipart/form-data' };
    assert.equal((await fetch(url, { method: 'POST', headers, body: 'x' })).status, 400);
    assert.equal(bot.calls.length, 0);
  });

  const pickAddress = () => {
    const { from, recipient, conversation, serviceUrl, channelData } = opened;
    return { from, recipient, conversation, serviceUrl, channelData };
  };
  const fileOf = async (sample: string) => {
    assert.equal((await post({ sample })).status, 200);
    const [{ name, content }] = sent().attachments;
    return { name, bytes: Buffer.from(await (await fetch(content.downloadUrl)).arrayBuffer()) };
  };
});
