import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exportCard, movedCard } from '../../src/cards/export/export-card.ts';
import { noticeCard } from '../../src/cards/export/notice-card.ts';
import type { ExportJob } from '../../src/domain/exports/export-job.ts';
import { noContact } from '../../src/domain/exports/export-job.ts';
import { sampleJobs, sampleNow } from '../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, textOf } from '../support/cards/card-text.ts';
import { en } from '../../src/words/en/en.ts';

const secrets = {
  requestId: 'secret-request-id',
  graphJobId: 'secret-graph-job',
  message: 'secret message of Graph',
  graphStatus: 'secretword',
  claims: 'secret-claims',
  size: 735_913,
};
const expiry = new Date('2031-05-06T07:08:09Z');

/** The same export with something secret in every detail that its state has, and then some. */
const withSecrets = (job: ExportJob): ExportJob => ({
  ...job,
  state: {
    ...job.state,
    ...secrets,
    expiresAt: expiry,
    expiredAt: expiry,
    exportedAgainAt: expiry,
    missingSince: expiry,
  } as unknown as ExportJob['state'],
  contact: {
    ...noContact,
    attempts: 4,
    oddAnswers: 2,
    followedSince: expiry,
    trouble: { since: new Date(0), kind: 'busy' },
  },
  due: { at: expiry, step: 'poll' },
});

const publicOf = (job: ExportJob): ReturnType<typeof exportCard> =>
  exportCard(en, {
    job,
    now: sampleNow,
    audience: 'public',
    onlyYou: true,
    note: 'notReady',
    adminUrl: () => 'https://bot.example.com/admin/secret',
    download: { url: 'https://bot.example.com/d/secret', expiresAt: expiry },
  });

describe('the public export card', () => {
  for (const [name, job] of Object.entries(sampleJobs)) {
    it(`${name}: who, which view and the phase, and nothing that is the requester’s`, () => {
      const card = publicOf(withSecrets(job));
      assert.doesNotMatch(JSON.stringify(card), /secret|735|736|2031|busy|retired|consent|access/i);
      const offered = /^(failed|parked)$/.test(job.state.status) ? [] : ['Export it for me'];
      assert.deepEqual(buttonsOf(card), ['Show my details', ...offered]);
      assert.equal(/Export it for me/.test(textOf(card)), offered.length === 1);
      for (const word of ['Open view e5e7a3c1', 'Robin Sample']) assert.ok(textOf(card).includes(word), word);
    });

    it(`${name}: neither is the moved card’s or a notice`, () => {
      assert.doesNotMatch(JSON.stringify(movedCard(en, withSecrets(job))), /secret|735|736|2031/);
      assert.doesNotMatch(
        JSON.stringify(noticeCard(en, withSecrets(job), 'everybody')),
        /secret|735|736|2031|busy|retired|consent|access/i,
      );
    });
  }

  it('looks the same for every reason of one phase', () => {
    const failed = Object.values(sampleJobs).filter(({ state }) => state.status === 'failed');
    assert.equal(new Set(failed.map((job) => JSON.stringify(publicOf(job)))).size, 1);
    const parked = Object.values(sampleJobs).filter(({ state }) => state.status === 'parked');
    assert.equal(new Set(parked.map((job) => JSON.stringify(publicOf(job)))).size, 1);
  });

  it('holds for any secrets', () => {
    const job = fc.constantFrom(...Object.values(sampleJobs));
    const secret = fc.stringMatching(/^[a-zA-Z0-9]{12,40}$/);
    fc.assert(
      fc.property(
        job,
        secret,
        secret,
        fc.integer({ min: 10_000, max: 10 ** 12 }),
        (sample, graphJobId, requestId, size) => {
          const state = {
            ...sample.state,
            graphJobId,
            requestId,
            size,
            message: requestId,
            claims: requestId,
          };
          const text = JSON.stringify(publicOf({ ...sample, state }));
          for (const hidden of [graphJobId, requestId, String(size)]) assert.ok(!text.includes(hidden));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('gives the requester, and nobody else, their own view by itself', () => {
    for (const job of Object.values(sampleJobs)) {
      const { refresh } = publicOf(job);
      assert.deepEqual(refresh?.userIds, [job.requester.channelUserId]);
      assert.deepEqual(refresh.action.data, { verb: 'show', subject: { kind: 'export', id: job.id } });
      assert.equal(exportCard(en, { job, now: sampleNow, audience: 'owner' }).refresh, undefined);
    }
  });
});
