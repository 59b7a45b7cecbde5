// The page that plays OneDrive: the bot's question reaches the chat as a card, and the answer reaches the bot as from Teams.
import assert from 'node:assert/strict';
import { createConnectorProxy, type ConnectorProxy } from '../../../src/sandbox/connector-proxy.ts';
import { createAnswerConsent } from '../../../src/sandbox/files/speak-as-teams.ts';
import { createConsentDesk, type ConsentDesk } from '../../../src/sandbox/files/consent-desk.ts';
import { createFileHost, type FileHost } from '../../../src/sandbox/files/file-host.ts';
import { createLoopbackServer, type LoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';
import { oneDriveRoutes } from '../../../src/sandbox/pages/onedrive-page.ts';
import { createPageServer, type PageServer } from '../../../src/sandbox/pages/page-server.ts';

const hostileName = 'Goals <b>[x](https://example.invalid)</b>.xlsx';
const consent = {
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: hostileName,
      content: {
        description: 'Shall I save it?',
        sizeInBytes: 10,
        acceptContext: { offerId: 'yes' },
        declineContext: { offerId: 'no' },
      },
    },
  ],
};
const from = {
  serviceUrl: 'http://localhost:1/_connector',
  from: { id: 'user-0', aadObjectId: 'a' },
  recipient: { id: 'bot' },
  conversation: { id: 'personal-chat', conversationType: 'personal' as const },
  channelData: { tenant: { id: 't' } },
};

describe('the page that plays OneDrive', () => {
  let bot: LoopbackServer;
  let client: LoopbackServer;
  let fileHost: FileHost;
  let desk: ConsentDesk;
  let connector: ConnectorProxy;
  let pages: PageServer;
  let url: string;
  let conversation: string;

  beforeEach(async () => {
    bot = createLoopbackServer({ handle: () => ({ status: 200 }) });
    client = createLoopbackServer({ handle: () => ({ status: 201, body: { id: 'message-1' } }) });
    fileHost = createFileHost();
    desk = createConsentDesk('http://localhost:1/onedrive');
    connector = createConnectorProxy({ desk });
    for (const server of [bot, client, fileHost, connector]) await server.start();
    const endpoint = `${bot.url()}/api/messages`;
    const answerConsent = createAnswerConsent({ desk, fileHost, chat: () => from, endpoint });
    const routes = oneDriveRoutes({ desk, fileHost, answerConsent });
    pages = createPageServer({ chatUrl: 'http://localhost:1', routes });
    url = `${(await pages.start()).url}/onedrive`;
    const service = connector.serviceUrl(`${client.url()}/_connector`);
    conversation = `${service}/v3/conversations/personal-chat/activities`;
  });
  afterEach(async () => {
    await Promise.all([bot, client, fileHost, connector, pages].map((server) => server.stop()));
  });

  const botPosts = (activity: unknown) =>
    fetch(conversation, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
  const shown = () => String(client.calls.at(-1)?.body);
  const answer = (question: string, choice: string) => {
    const body = new FormData();
    body.append('question', question);
    body.append('answer', choice);
    return fetch(url, { method: 'POST', headers: { origin: new URL(url).origin }, body });
  };
  const told = () =>
    JSON.parse(String(bot.calls.at(-1)?.body)) as Readonly<Record<string, unknown>> & {
      value: Readonly<Record<string, unknown>> & { uploadInfo?: { name: string; uploadUrl: string } };
    };

  it('shows the question as a card that leads to the page, and other activities as they are', async () => {
    const posted = await botPosts(consent);
    assert.deepEqual([posted.status, await posted.json()], [201, { id: 'message-1' }]);
    const [question] = desk.questions();
    assert.match(shown(), /vnd\.microsoft\.card\.adaptive/);
    assert.ok(shown().includes(`http://localhost:1/onedrive#${question?.id}`));
    assert.doesNotMatch(shown(), /"TextBlock"/, 'the name would be read as Markdown');
    const page = await (await fetch(url)).text();
    assert.ok(page.includes('Goals &lt;b&gt;') && !page.includes('Goals <b>'));
    await botPosts({ type: 'message', text: 'hello' });
    assert.deepEqual(JSON.parse(shown()), { type: 'message', text: 'hello' });
  });

  it('tells the bot that saving is allowed, and lists what it then uploads', async () => {
    await botPosts(consent);
    const id = desk.questions()[0]?.id ?? '';
    assert.match(await (await answer(id, 'accept')).text(), /The bot knows/);
    const { type, name, replyToId, conversation: where, value } = told();
    assert.deepEqual([type, name, replyToId], ['invoke', 'fileConsent/invoke', 'message-1']);
    assert.deepEqual(where, from.conversation);
    const { uploadInfo, ...rest } = value;
    assert.deepEqual(rest, { type: 'fileUpload', action: 'accept', context: { offerId: 'yes' } });
    assert.equal(uploadInfo?.name, hostileName);
    const headers = { 'content-range': 'bytes 0-1/2' };
    await fetch(uploadInfo.uploadUrl, { method: 'PUT', headers, body: 'ok' });
    const page = await (await fetch(url)).text();
    const link = /href="(http:\/\/127[^"]+)"/.exec(page)?.[1] ?? '';
    assert.equal(await (await fetch(link)).text(), 'ok');
  });

  it('tells the bot of a refusal, once', async () => {
    await botPosts(consent);
    const id = desk.questions()[0]?.id ?? '';
    assert.equal((await answer(id, 'decline')).status, 200);
    assert.deepEqual(told().value, { type: 'fileUpload', action: 'decline', context: { offerId: 'no' } });
    assert.equal((await answer(id, 'accept')).status, 409);
    assert.equal(bot.calls.length, 1);
  });

  it('shows that a question is over when the bot removes it, and the saved file as a card', async () => {
    await botPosts(consent);
    await fetch(`${conversation}/message-1`, { method: 'DELETE' });
    assert.equal(client.calls.at(-1)?.method, 'PUT');
    assert.match(shown(), /was answered/);
    const contentUrl = 'http://127.0.0.1:1/file';
    const contentType = 'application/vnd.microsoft.teams.card.file.info';
    await botPosts({ type: 'message', attachments: [{ contentType, name: 'a.csv', contentUrl }] });
    assert.ok(shown().includes(contentUrl));
    await fetch(`${conversation}/another`, { method: 'DELETE' });
    assert.equal(client.calls.at(-1)?.method, 'DELETE');
  });
});
