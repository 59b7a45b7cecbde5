/** Fuzzes one-time links: nothing opens a file but the very link that was given out. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createExportJobs } from '../../../src/adapters/store/exports/export-jobs.ts';
import { createDownloadLinks } from '../../../src/adapters/store/files/download-links.ts';
import { embeddedDatabase } from '../../support/databases/databases.ts';
import { someExport } from '../../support/samples/sample-exports.ts';
import { sampleVault } from '../../support/samples/sample-vault.ts';
import { slowFuzzTarget, type FuzzTarget } from '../fuzz-target.ts';
import { mutatedBytes, oddText } from '../mutations.ts';
import fc from 'fast-check';

const given = randomBytes(32).toString('base64url');
const tokens = fc.oneof(
  mutatedBytes([Buffer.from(given)]).map((bytes) => Buffer.from(bytes).toString('latin1')),
  oddText,
);

const links = slowFuzzTarget({ name: 'one-time links', share: 15_000, input: tokens }, async () => {
  const { db, close } = await embeddedDatabase();
  const store = createDownloadLinks(db);
  const job = someExport();
  await createExportJobs(db, sampleVault).insert(job);
  await store.issue(given, { person: job.requester, subject: { kind: 'export', id: job.id } }, 3_600);
  return {
    holds: async (token) => {
      const { kind } = await store.find(token);
      assert.equal(kind, token === given ? 'open' : 'unknown');
      if (token !== given) assert.equal(await store.claim(token, 'original'), 'unknown');
    },
    close,
  };
});

export const linkTargets: readonly FuzzTarget[] = [links];
