import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createDownloadLinks } from '../../../../src/adapters/store/files/download-links.ts';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import { fileFormats } from '../../../../src/domain/okrs/file/okr-file.ts';
import type { ExportJob } from '../../../../src/domain/exports/export-job.ts';
import type { DownloadLinks } from '../../../../src/ports/people-files.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someExport } from '../../../support/samples/sample-exports.ts';
import { sampleVault } from '../../../support/samples/sample-vault.ts';

describeOnBothEngines('download links', (given) => {
  let links: DownloadLinks;
  let job: ExportJob;
  before(async () => {
    links = createDownloadLinks(given().database.db);
    job = someExport();
    await createExportJobs(given().database.db, sampleVault).insert(job);
  });

  const issued = async (lifetimeSeconds = 300): Promise<string> => {
    const token = randomBytes(32).toString('base64url');
    await links.issue(
      token,
      { person: job.requester, subject: { kind: 'export', id: job.id } },
      lifetimeSeconds,
    );
    return token;
  };

  it('are looked at without being used up', async () => {
    const token = await issued();
    const { tenantId, userId } = job.requester;
    const open = {
      kind: 'open',
      person: { tenantId, userId },
      subject: { kind: 'export', id: job.id },
      taken: [],
    };
    assert.deepEqual(await links.find(token), open);
    assert.deepEqual(await links.find(token), open);
    for (const format of ['original', 'workbook', 'spreadsheetCsv'] as const)
      assert.equal(await links.claim(token, format), 'claimed');
    assert.deepEqual(await links.find(token), { kind: 'used' });
  });

  it('are claimed once for each format, and tell which', async () => {
    const token = await issued();
    assert.equal(await links.claim(token, 'workbook'), 'claimed');
    assert.equal(await links.claim(token, 'workbook'), 'used');
    const found = await links.find(token);
    assert.deepEqual(found.kind === 'open' && found.taken, ['workbook']);
    assert.equal(await links.claim(token, 'original'), 'claimed');
    await links.release(token, 'original');
    assert.equal(await links.claim(token, 'workbook'), 'used', 'the release was of another format');
    assert.equal(await links.claim(token, 'original'), 'claimed');
  });

  it('are claimed by one of ten at once on two instances, in each format', async () => {
    const token = await issued();
    const other = createDownloadLinks((await given().otherInstance()).db);
    const claims = await Promise.all(
      Array.from({ length: 30 }, (_, nth) =>
        (nth % 2 === 0 ? links : other).claim(token, fileFormats[nth % 3] ?? 'original'),
      ),
    );
    assert.deepEqual(claims.sort(), [...Array<string>(3).fill('claimed'), ...Array<string>(27).fill('used')]);
  });

  it('tell how long an unused one is still good, which none is of another file', async () => {
    const subject = { kind: 'export', id: job.id } as const;
    const [longest, short] = [await issued(290), await issued(30), await issued(0)];
    const left = await links.unusedFor(subject);
    assert.ok(left > 280 && left <= 290, String(left));
    assert.equal(await links.unusedFor({ kind: 'export', id: someExport().id }), 0);
    for (const token of [longest, short]) await links.claim(token, 'workbook');
    assert.equal(await links.unusedFor(subject), 0);
  });

  it('are good again after a break, within their lifetime', async () => {
    const token = await issued();
    await links.claim(token, 'original');
    await links.release(token, 'original');
    assert.equal(await links.claim(token, 'original'), 'claimed');
  });

  it('are expired or unknown otherwise, also after a release', async () => {
    const late = await issued(0);
    assert.deepEqual(await links.find(late), { kind: 'expired' });
    assert.equal(await links.claim(late, 'original'), 'expired');
    await links.release(late, 'original');
    assert.equal(await links.claim(late, 'original'), 'expired');
    assert.deepEqual(await links.find('nobody issued this'), { kind: 'unknown' });
    assert.equal(await links.claim('nobody issued this', 'original'), 'unknown');
  });

  it('are unknown when any byte of the token differs, and are not stored in clear', async () => {
    const token = await issued();
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const altered = token.slice(0, at) + other + token.slice(at + 1);
      assert.deepEqual(await links.find(altered), { kind: 'unknown' });
    }
    const rows = await given()
      .database.db.acrossTenants('a test')
      .selectFrom('download_links')
      .selectAll()
      .execute();
    assert.ok(!JSON.stringify(rows).includes(token));
  });
});
