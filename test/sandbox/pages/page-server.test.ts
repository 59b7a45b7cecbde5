// The sandbox's own pages: found, escaped, and shut to other web sites.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { scenarios } from '../../../src/sandbox/graph/scenarios.ts';
import type { PageServer } from '../../../src/sandbox/pages/page-server.ts';
import { createPageServer } from '../../../src/sandbox/pages/page-server.ts';
import { html } from '../../../src/web/html.ts';

describe('the pages of the sandbox', () => {
  let server: PageServer;
  let url = '';

  before(async () => {
    server = createPageServer({
      chatUrl: 'http://localhost:1/chat',
      routes: [
        {
          method: 'GET',
          path: '/more',
          entry: { title: 'More', what: 'of <everything>' },
          answer: ({ query }) => ({ title: 'More', body: html`<p>${query.get('q') ?? ''}</p>` }),
        },
        {
          method: 'POST',
          path: '/more',
          maxBytes: 10,
          answer: ({ body }) => ({ title: 'Got', body: html`<p>${body.toString()}</p>` }),
        },
        { method: 'GET', path: '/breaks', answer: () => Promise.reject(new Error('a reason of ours')) },
      ],
    });
    ({ url } = await server.start());
  });
  after(() => server.stop());

  const ask = (
    path: string,
    { method = 'GET', headers = {}, body = '' } = {},
  ): Promise<{ readonly status: number; readonly text: string }> =>
    new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, url.replace('localhost', '127.0.0.1')),
        { method, headers },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (more: string) => (text += more));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });

  it('starts with the chat, the main links and the way to the others', async () => {
    const { status, text } = await ask('/');
    assert.equal(status, 200);
    for (const one of scenarios) assert.ok(text.includes(one.url.replaceAll('&', '&amp;')), one.name);
    assert.match(text, /href="http:\/\/localhost:1\/chat"/);
    assert.match(text, /href="\/more">More<\/a>: of &lt;everything&gt;/);
  });

  it('has style and script of its own, and nothing else may run', async () => {
    assert.equal((await ask('/pages.css')).status, 200);
    assert.equal((await ask('/copy.js')).status, 200);
    const answer = await fetch(url);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });

  it('shows what it was given as text', async () => {
    const { text } = await ask('/more?q=%3Cscript%3E');
    assert.match(text, /<p>&lt;script&gt;<\/p>/);
  });

  it('answers only to this machine’s own names, so that no other site’s name leads here', async () => {
    assert.equal((await ask('/more', { headers: { host: 'elsewhere.example' } })).status, 403);
    assert.equal((await ask('/more', { headers: { host: new URL(url).host } })).status, 200);
  });

  it('takes what its own forms post, and nobody else’s', async () => {
    const { host, origin } = new URL(url);
    const post = (headers: Record<string, string>, body = 'a') =>
      ask('/more', { method: 'POST', body, headers: { host, ...headers } });
    assert.equal((await post({})).status, 403);
    assert.equal((await post({ origin: 'https://elsewhere.example' })).status, 403);
    assert.equal((await post({ origin: 'null' })).status, 403);
    const answer = await post({ origin });
    assert.deepEqual([answer.status, /<p>a<\/p>/.test(answer.text)], [200, true]);
    assert.equal((await post({ origin }, 'eleven chars')).status, 413);
  });

  it('says so in plain words when there is no such page, or one breaks', async () => {
    const missing = await ask('/none');
    assert.deepEqual([missing.status, /No such page/.test(missing.text)], [404, true]);
    const broken = await ask('/breaks');
    assert.deepEqual([broken.status, /a reason of ours/.test(broken.text)], [500, false]);
  });
});
