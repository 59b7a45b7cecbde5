/** Fetching a file that somebody sent, from a drive on loopback: which links are followed, and what goes wrong on the way. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { createFetchAttachment } from '../../../src/adapters/teams-files/fetch-attachment.ts';
import { present } from '../../../src/domain/present.ts';
import type { Rule, Trouble } from '../../../src/sandbox/loopback/script.ts';
import { createFileHost, type FileHost } from '../../../src/sandbox/files/file-host.ts';
import { collectingLog } from '../../support/surroundings/quiet.ts';

const bytes = Buffer.from('Title\nOne\n'.repeat(100));

describe('fetching a file that was sent', () => {
  let host: FileHost;
  const log = collectingLog();
  const fetchIt = (url: string, maxBytes = 10_000, patience?: { answer: number; whole: number }) =>
    createFetchAttachment({ hosts: [host.host()], log, ...present({ patience }) })(url, { maxBytes });
  /** Only for drives that make one wait: a busy machine might not answer in time itself. */
  const fetchSoon = (url: string) => fetchIt(url, undefined, { answer: 300, whole: 600 });
  const fetchFrom = ({ kind }: Trouble) => (kind === 'hang' || kind === 'slow' ? fetchSoon : fetchIt)(link());
  const link = (): string => host.offer({ name: 'view.csv', bytes }).content.downloadUrl;
  /** The next call of the drive. */
  const answer = (rule: Omit<Rule, 'match'>) => host.script({ match: { op: 'download' }, times: 1, ...rule });
  before(async () => {
    host = createFileHost();
    await host.start();
  });
  after(() => host.stop());

  it('gives its bytes, and takes no token along', async () => {
    const fetched = await fetchIt(link());
    assert.ok(fetched.kind === 'file');
    assert.equal(fetched.length, bytes.length);
    assert.deepEqual(await buffer(fetched.stream), bytes);
    assert.deepEqual(host.withAuthorization(), []);
    assert.equal(host.calls.at(-1)?.headers['accept-encoding'], 'identity');
  });

  for (const url of [
    'https://drive.example.com/file',
    'http://drive.sharepoint.com/file',
    'https://sharepoint.com.evil.example/file',
    'file:///etc/passwd',
    'not a link',
    '',
  ])
    it(`does not go to ${url === '' ? 'nowhere' : url}`, async () => {
      assert.deepEqual(await fetchIt(url), { kind: 'hostNotAllowed' });
    });

  it('does not follow another port of an allowed host, nor a user in the link', async () => {
    const { port } = new URL(link());
    assert.deepEqual(await fetchIt(link().replace(port, String(Number(port) + 1))), {
      kind: 'hostNotAllowed',
    });
    assert.deepEqual(await fetchIt(link().replace('http://', 'http://somebody@')), {
      kind: 'hostNotAllowed',
    });
  });

  it('follows no redirect, and does not wait for another answer', async () => {
    const elsewhere: string[] = [];
    const trap = createServer((request, response) => {
      elsewhere.push(request.url ?? '');
      response.end('Title\n');
    });
    await once(trap.listen(0, '127.0.0.1'), 'listening');
    const address = trap.address();
    assert.ok(address !== null && typeof address === 'object');
    const location = `http://127.0.0.1:${String(address.port)}/`;
    for (const status of [301, 302, 303, 307, 308]) {
      answer({ respond: { status, headers: { location } } });
      assert.deepEqual(await fetchIt(link()), { kind: 'redirected' });
    }
    assert.deepEqual(elsewhere, []);
    trap.closeAllConnections();
    trap.close();
    await once(trap, 'close');
  });

  for (const status of [401, 403, 404, 410])
    it(`takes ${String(status)} for a link that is too old`, async () => {
      answer({ respond: { status } });
      assert.deepEqual(await fetchIt(link()), { kind: 'linkTooOld' });
    });

  for (const status of [204, 400, 429, 500, 503])
    it(`takes ${String(status)} for a drive that does not answer now`, async () => {
      answer({ respond: { status } });
      assert.deepEqual(await fetchIt(link()), { kind: 'unreachable' });
    });

  it('refuses what says that it is too large, before it comes', async () => {
    assert.deepEqual(await fetchIt(link(), bytes.length - 1), { kind: 'tooLarge' });
  });

  for (const trouble of [{ kind: 'hang' }, { kind: 'reset' }] as const satisfies readonly Trouble[])
    it(`survives a drive that does ${trouble.kind}`, async () => {
      answer({ trouble });
      assert.deepEqual(await fetchFrom(trouble), { kind: 'unreachable' });
    });

  for (const trouble of [
    { kind: 'cut', how: 'contentLength', atByte: 500 },
    { kind: 'cut', how: 'chunked', atByte: 500 },
    { kind: 'cut', how: 'reset', atByte: 500 },
    { kind: 'slow', chunkBytes: 1, everyMs: 100 },
  ] as const satisfies readonly Trouble[])
    it(`never takes a part for the whole: ${JSON.stringify(trouble)}`, async () => {
      answer({ trouble });
      const fetched = await fetchFrom(trouble);
      if (fetched.kind === 'file') await assert.rejects(buffer(fetched.stream));
      else assert.equal(fetched.kind, 'unreachable');
    });

  it('keeps the link out of the log', async () => {
    answer({ trouble: { kind: 'reset' } });
    const url = link();
    await fetchIt(url);
    await fetchIt(url.replace(host.host(), 'drive.example.com'));
    assert.ok(log.lines.some(({ level }) => level === 'warn'));
    assert.ok(!JSON.stringify(log.lines).includes('tempauth'));
  });
});
