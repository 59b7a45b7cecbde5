// Cards about trouble contradict nothing, promise nothing, and name one reference.
import assert from 'node:assert/strict';
import { exportCard } from '../../src/cards/export/export-card.ts';
import type { ExportJob, Ready } from '../../src/domain/exports/export-job.ts';
import type { UnreadCause } from '../../src/domain/okrs/file/okr-file.ts';
import { sampleJobs, sampleNow } from '../../src/tools/card-pictures/sample-jobs.ts';
import { pressableOf, textOf } from '../support/cards/card-text.ts';
import { en } from '../../src/words/en/en.ts';

const jobOf = (name: string): ExportJob => {
  const job = sampleJobs[name];
  assert.ok(job, name);
  return job;
};

describe('a card about trouble', () => {
  const failedAgain: ExportJob = {
    ...jobOf('failed-graphFailed'),
    pastRuns: [{ requestedAt: sampleNow, endedAt: sampleNow, outcome: 'failed', graphJobId: 'j!1' }],
  };

  it('promises nothing of another try that has not helped', () => {
    const once = textOf(
      exportCard(en, { job: jobOf('failed-graphFailed'), now: sampleNow, audience: 'owner' }),
    );
    const twice = textOf(exportCard(en, { job: failedAgain, now: sampleNow, audience: 'owner' }));
    assert.match(once, /Try again: this often passes by itself/);
    assert.match(twice, /It has failed before, too/);
    assert.doesNotMatch(once + twice, /second time/);
  });

  for (const [name, job] of Object.entries(sampleJobs))
    it(`${name}: has one reference at most, and names it by its name`, () => {
      const withBoth = { ...job, state: { ...job.state, correlationId: 'c0ffee' } } as ExportJob;
      const text = textOf(exportCard(en, { job: withBoth, now: sampleNow, audience: 'owner' }));
      const shown = text.match(/^(Reference|Request id|.*’s reference)$/gm) ?? [];
      assert.ok(shown.length <= 1, shown.join());
      if (shown[0] === 'Request id') assert.doesNotMatch(text, /the reference/);
      if (shown[0] === 'Reference') assert.doesNotMatch(text, /request id/);
    });

  it('does not say both that nobody knows whether Graph took it and that nothing was sent', () => {
    const job = jobOf('running-insecure');
    const starting: ExportJob = { ...job, state: { status: 'starting', outcomeUnknown: false } };
    const text = textOf(exportCard(en, { job: starting, now: sampleNow, audience: 'owner' }));
    assert.match(text, /has not taken this export yet/);
    assert.match(text, /nothing was sent this time/);
    assert.doesNotMatch(text, /didn’t say|asking Microsoft Graph/);
  });

  it('offers no workbook of a file that could not be read', () => {
    const readyWith = (why: UnreadCause): ReturnType<typeof exportCard> => {
      const job = jobOf('ready');
      const state = { ...(job.state as Ready), reading: { kind: 'unread', why } } as const;
      return exportCard(en, { job: { ...job, state }, now: sampleNow, audience: 'owner', canSave: true });
    };
    for (const why of ['notATable', 'damaged', 'empty', 'tooManyRows', 'crashed'] as const) {
      const titles = pressableOf(readyWith(why));
      assert.ok(titles.includes('Original file'), why);
      assert.ok(!titles.includes('Excel workbook') && !titles.includes('CSV for spreadsheets'), why);
    }
    assert.ok(pressableOf(readyWith('later')).includes('Excel workbook'), 'nobody has looked yet');
    assert.match(textOf(readyWith('notATable')), /what came is not a CSV file/);
    assert.doesNotMatch(
      textOf(readyWith('notATable')),
      /ready to download|may still work|could not summarise/,
    );
  });

  it('says how long it usually takes only while it is there', () => {
    const usual = { from: 60, to: 120, of: 'target' } as const;
    const told = (name: string) =>
      textOf(exportCard(en, { job: jobOf(name), now: sampleNow, audience: 'owner', usual }));
    assert.match(told('running'), /[Uu]sually/);
    assert.doesNotMatch(told('running-missing'), /[Uu]sually/);
  });
});
