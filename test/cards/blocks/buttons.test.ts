import assert from 'node:assert/strict';
import { button, canCarry, exportButton, saveButton } from '../../../src/cards/blocks/buttons.ts';
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

  it('carries only what can be read back', () => {
    assert.ok(canCarry('j!uJ00-sample_'));
    assert.ok(!canCarry('a b'));
  });
});
