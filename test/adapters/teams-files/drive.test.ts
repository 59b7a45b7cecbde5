/** Saving through an upload session, on a drive on loopback: in chunks that it takes, and told why when it does not. */
import assert from 'node:assert/strict';
import { createDrive } from '../../../src/adapters/teams-files/drive.ts';
import type { Rule } from '../../../src/sandbox/loopback/script.ts';
import { createFileHost, type FileHost } from '../../../src/sandbox/files/file-host.ts';
import { collectingLog } from '../../support/surroundings/quiet.ts';

const unit = 320 * 1024;

describe('saving to a drive', () => {
  let host: FileHost;
  const log = collectingLog();
  const fileOf = (bytes: Buffer<ArrayBuffer>, length = bytes.length) => ({
    stream: new Blob([bytes]).stream(),
    length,
  });
  const save = (uploadUrl: string, file: ReturnType<typeof fileOf>) =>
    createDrive({ hosts: [host.host()], log, chunkBytes: unit }).upload(uploadUrl, file);
  /** The next call of the drive. */
  const answer = (rule: Omit<Rule, 'match'>) => host.script({ match: { op: 'upload' }, times: 1, ...rule });
  before(async () => {
    host = createFileHost();
    await host.start();
  });
  after(() => host.stop());

  for (const size of [1, unit - 1, unit, unit + 1, 3 * unit + 17])
    it(`saves ${String(size)} bytes whole, without a token`, async () => {
      const bytes = Buffer.alloc(size, 'OKR');
      const { uploadUrl } = host.openSession({ name: 'view.csv' });
      const before = host.calls.length;
      assert.deepEqual(await save(uploadUrl, fileOf(bytes)), { kind: 'saved' });
      assert.deepEqual(host.uploaded().at(-1)?.bytes, bytes);
      assert.equal(host.calls.length - before, Math.ceil(size / unit));
      assert.deepEqual(host.withAuthorization(), []);
    });

  it('goes to allowed hosts only', async () => {
    for (const url of ['https://drive.example.com/session', 'http://a.sharepoint.com/', 'nonsense'])
      assert.deepEqual(await save(url, fileOf(Buffer.from('a'))), { kind: 'hostNotAllowed' });
  });

  for (const [status, kind] of [
    [401, 'sessionOver'],
    [404, 'sessionOver'],
    [416, 'sessionOver'],
    [409, 'locked'],
    [423, 'locked'],
    [413, 'tooLarge'],
    [507, 'noRoom'],
    [400, 'refused'],
    [302, 'refused'],
    [429, 'unavailable'],
    [503, 'unavailable'],
  ] as const)
    it(`takes ${String(status)} for ${kind}`, async () => {
      answer({ respond: { status } });
      const { uploadUrl } = host.openSession({ name: 'view.csv' });
      assert.deepEqual(await save(uploadUrl, fileOf(Buffer.from('abc'))), { kind });
    });

  it('is no success when the file breaks off, or has another length than said', async () => {
    const { uploadUrl } = host.openSession({ name: 'view.csv' });
    const count = host.uploaded().length;
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('cut')),
    });
    assert.deepEqual(await save(uploadUrl, { stream: broken, length: 5 }), { kind: 'unavailable' });
    assert.deepEqual(await save(uploadUrl, fileOf(Buffer.from('abc'), 2)), { kind: 'unavailable' });
    assert.deepEqual(await save(uploadUrl, fileOf(Buffer.alloc(unit), unit + 5)), { kind: 'unavailable' });
    assert.equal(host.uploaded().length, count);
  });

  it('keeps the session’s link out of the log', async () => {
    answer({ trouble: { kind: 'reset' } });
    const { uploadUrl } = host.openSession({ name: 'view.csv' });
    assert.deepEqual(await save(uploadUrl, fileOf(Buffer.from('abc'))), { kind: 'unavailable' });
    await save(uploadUrl.replace(host.host(), 'drive.example.com'), fileOf(Buffer.from('abc')));
    assert.ok(log.lines.some(({ level }) => level === 'warn'));
    assert.ok(!JSON.stringify(log.lines).includes('tempauth'));
  });
});
