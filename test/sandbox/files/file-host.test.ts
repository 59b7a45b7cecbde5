// The simulated drive: links that expire, sessions that take chunks in their order, and no token ever.
import assert from 'node:assert/strict';
import { fileRefusals } from '../../../src/sandbox/files/upload-sessions.ts';
import { createFileHost, type FileHost } from '../../../src/sandbox/files/file-host.ts';

const unit = 320 * 1024;

describe('the file host', () => {
  let host: FileHost;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-03-02T09:00:00Z');
    host = createFileHost({ clock: () => now });
    await host.start();
  });
  afterEach(() => host.stop());

  const put = (url: string, body: Uint8Array, range: string, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'PUT',
      headers: { 'content-range': `bytes ${range}`, ...headers },
      body: Buffer.from(body),
    });

  it('hands a file to whoever has its link, until the link expires', async () => {
    const bytes = Buffer.from('Title\nGrow\n');
    const { name, content } = host.offer({ name: 'Goals.CSV', bytes, livesMs: 60_000 });
    assert.deepEqual([name, content.fileType], ['Goals.CSV', 'csv']);
    const answer = await fetch(content.downloadUrl);
    assert.equal(answer.status, 200);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes);
    now += 60_000;
    assert.equal((await fetch(content.downloadUrl)).status, 401);
    const guessed = content.downloadUrl.replace(/tempauth=.*/, 'tempauth=guessed');
    assert.equal((await fetch(guessed)).status, 401);
  });

  it('takes a file in chunks, says what it expects next, and keeps it once it is whole', async () => {
    const bytes = Buffer.alloc(unit + 7, 'abc');
    const { uploadUrl, uniqueId, contentUrl } = host.openSession({ name: 'Goals.xlsx' });
    const total = String(bytes.length);
    const first = await put(uploadUrl, bytes.subarray(0, unit), `0-${unit - 1}/${total}`);
    assert.equal(first.status, 202);
    assert.deepEqual(((await first.json()) as { nextExpectedRanges: unknown }).nextExpectedRanges, [
      `${unit}-`,
    ]);
    assert.deepEqual(host.uploaded(), []);
    const last = await put(uploadUrl, bytes.subarray(unit), `${unit}-${bytes.length - 1}/${total}`);
    assert.equal(last.status, 201);
    assert.deepEqual(host.uploaded(), [{ name: 'Goals.xlsx', uniqueId, contentUrl, bytes }]);
    assert.deepEqual(Buffer.from(await (await fetch(contentUrl)).arrayBuffer()), bytes);
    assert.equal((await put(uploadUrl, bytes, `0-${bytes.length - 1}/${total}`)).status, 404);
  });

  it('refuses chunks of a wrong size, in a wrong order, without a range', async () => {
    const { uploadUrl } = host.openSession({ name: 'Goals.csv' });
    const ten = Buffer.alloc(10);
    assert.equal((await put(uploadUrl, ten, '0-9/20')).status, 400, 'not a multiple of 320 KiB');
    assert.equal((await put(uploadUrl, ten, '0-8/10')).status, 400, 'more bytes than the range says');
    assert.equal((await put(uploadUrl, ten, '10-19/20')).status, 416, 'not the next one');
    assert.equal((await fetch(uploadUrl, { method: 'PUT', body: ten })).status, 400);
    assert.deepEqual(host.uploaded(), []);
  });

  it('forgets a session that expired or was cancelled', async () => {
    const expiring = host.openSession({ name: 'a.csv', livesMs: 1_000 });
    assert.equal((await fetch(expiring.uploadUrl)).status, 200);
    now += 1_000;
    assert.equal((await put(expiring.uploadUrl, Buffer.alloc(1), '0-0/1')).status, 404);
    const cancelled = host.openSession({ name: 'b.csv' });
    assert.equal((await fetch(cancelled.uploadUrl, { method: 'DELETE' })).status, 204);
    assert.equal((await fetch(cancelled.uploadUrl)).status, 404);
  });

  it('refuses a token and remembers that one came', async () => {
    const { content } = host.offer({ name: 'a.csv', bytes: Buffer.from('x') });
    assert.deepEqual(host.withAuthorization(), []);
    const answer = await fetch(content.downloadUrl, { headers: { authorization: 'Bearer x' } });
    assert.equal(answer.status, 401);
    assert.equal(host.withAuthorization().length, 1);
  });

  it('misbehaves by script, for one file and one operation', async () => {
    const { uploadUrl, uniqueId } = host.openSession({ name: 'a.csv' });
    host.script({
      match: { op: 'upload', about: { file: uniqueId } },
      times: 1,
      respond: fileRefusals.quota,
    });
    assert.equal((await put(uploadUrl, Buffer.alloc(1), '0-0/1')).status, 507);
    assert.equal((await put(uploadUrl, Buffer.alloc(1), '0-0/1')).status, 201);
  });
});
