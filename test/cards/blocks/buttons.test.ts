import assert from 'node:assert/strict';
import {
  button,
  canCarry,
  exportButton,
  saveButton,
  stateButtons,
} from '../../../src/cards/blocks/buttons.ts';
import { exportCard } from '../../../src/cards/export/export-card.ts';
import type { ExportStatus } from '../../../src/domain/exports/export-job.ts';
import { sampleJobs, sampleNow } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { en } from '../../../src/words/en/en.ts';

const subject = { kind: 'ownFile', id: '6a1f0c9e-2f4b-4d37-8c55-90b7a6f1d2e3' } as const;

describe('button', () => {
  it('carries the same data with and without Universal Actions', () => {
    const execute = button(en, { verb: 'list' }, { title: 'Show mine', style: 'positive' });
    assert.deepEqual([execute.verb, execute.data, execute.style], ['list', { verb: 'list' }, 'positive']);
    assert.deepEqual(execute.fallback, { type: 'Action.Submit', title: 'Show mine', data: { verb: 'list' } });
  });

  it('says the words of its verb, and those of the format that it saves', () => {
    assert.equal(exportButton(en, 'stop', subject.id).title, 'Stop watching');
    assert.equal(saveButton(en, subject, 'workbook').title, 'Excel workbook');
    assert.deepEqual(saveButton(en, subject, 'original').data, { verb: 'save', subject, format: 'original' });
  });

  const always: Readonly<Record<ExportStatus, readonly string[]>> = {
    requested: ['stop'],
    waitingForSignIn: ['stop'],
    starting: ['refresh', 'stop'],
    waiting: ['refresh', 'stop'],
    running: ['refresh', 'stop'],
    ready: [],
    failed: [],
    expired: [],
    stopped: ['resume'],
    parked: ['resume', 'stop'],
  };
  for (const [name, job] of Object.entries(sampleJobs))
    it(`stands on the requester’s card of an export in its states: ${name}`, () => {
      const verbs = stateButtons(en, job).map(({ verb }) => verb);
      assert.deepEqual(verbs, always[job.state.status]);
      const drawn = exportCard(en, { job, now: sampleNow, audience: 'owner' }).actions ?? [];
      const shown = drawn.flatMap((action) => (action.type === 'Action.Execute' ? [action.verb] : []));
      assert.deepEqual(
        verbs.filter((verb) => !shown.includes(verb)),
        [],
      );
    });

  it('carries only what can be read back', () => {
    assert.ok(canCarry('j!uJ00-sample_'));
    assert.ok(!canCarry('a b'));
  });
});
