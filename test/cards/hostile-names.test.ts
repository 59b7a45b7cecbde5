/** Whether a stranger's text stays text on every card. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exportCard } from '../../src/cards/export/export-card.ts';
import type { ExportJob } from '../../src/domain/exports/export-job.ts';
import { sampleJobs, sampleNow } from '../../src/tools/card-pictures/sample-jobs.ts';
import { en } from '../../src/words/en/en.ts';
import { nodesOf } from '../support/cards/card-validator.ts';
import {
  answerCards,
  assertOnlyInRuns,
  cardsWith,
  hostile,
  hostileJob,
  jobs,
  mark,
} from '../support/cards/hostile-text.ts';

describe('a stranger’s text on a card', () => {
  it('stays text: 10,000 hostile names make no link, mention or image, and steer nothing', () => {
    let next = 0;
    fc.assert(
      fc.property(hostile, (text) => {
        const job = jobs[next++ % jobs.length] as ExportJob;
        for (const card of cardsWith(hostileJob(job, text))) assertOnlyInRuns(card);
        const answerCard = answerCards[next % answerCards.length] as (typeof answerCards)[number];
        assertOnlyInRuns(answerCard(text));
      }),
      { numRuns: 10_000 },
    );
  });

  it('is shown on every card that tells what an export says', () => {
    for (const make of answerCards)
      assert.ok(nodesOf(make(`${mark} <b>Robin</b>`)).some(({ text }) => text === `${mark} <b>Robin</b>`));
  });

  it('is shown all the same', () => {
    const job = hostileJob(sampleJobs['failed-refused'] as ExportJob, `${mark} <b>Robin</b>`);
    const texts = nodesOf(exportCard(en, { job, now: sampleNow, audience: 'owner' })).map(({ text }) => text);
    assert.equal(texts.filter((text) => text === `${mark} <b>Robin</b>`).length, 4);
  });
});
