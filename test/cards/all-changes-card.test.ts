import assert from 'node:assert/strict';
import { allChangesCard } from '../../src/cards/all-changes-card.ts';
import { exportButton } from '../../src/cards/export-story.ts';
import { fitting } from '../../src/cards/fitting.ts';
import { createCard } from '../../src/cards/adaptive-card.ts';
import type { ChangedOkr } from '../../src/domain/okrs/okr-changes.ts';
import { changesOf, manyChanges, sampleChanges } from '../../src/tools/card-pictures/sample-answers.ts';
import { sampleJob } from '../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, textOf } from '../support/card-text.ts';
import { sizeOf } from '../support/card-validator.ts';

const name = 'Export of view e5e7a3c1';
const back = exportButton('view', sampleJob.id, { title: 'Back' });

describe('all changes', () => {
  it('stand kind by kind, the weightiest kind first, each with its numbers', () => {
    const card = allChangesCard({ changes: sampleChanges, name, back, onlyYou: true });
    const text = textOf(card);
    const kinds = [
      ...['Newly at risk', 'Progress down', 'No longer there', 'Recovered'],
      ...['Progress up', 'New', 'Status changed', 'Owner changed'],
    ];
    const places = kinds.map((kind) => text.search(new RegExp(`^${kind}$`, 'm')));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(places.every((place) => place >= 0));
    const line = text.replaceAll('\n', '');
    assert.match(line, /Hire 12 techniciansOn Track → At Risk/);
    assert.match(line, /Train every team lead20% → 64% \(\+44 points\)/);
    assert.match(line, /Halve waiting timeKim Probe → Noor Sample/);
    assert.match(line, /Answer nine of ten calls within a minuteNoor Sample/);
    assert.match(text, /Only you see this/);
    assert.deepEqual(buttonsOf(card), ['Back']);
    assert.doesNotMatch(text, /more in the workbook/);
  });

  it('ends at a hundred, and says how many more there are', () => {
    const card = allChangesCard({ changes: manyChanges, name, back });
    assert.match(textOf(card), /… and 1,300 more in the workbook/);
    assert.match(card.fallbackText, /1,400 changes/);
  });

  it('ends earlier when a message could not carry them', () => {
    const long = Array.from({ length: 100 }, (_, index): ChangedOkr => ({
      ...{ kind: 'ownerChanged', level: 'objective', title: `${index} ${'漢'.repeat(120)}` },
      ...{ from: '字'.repeat(127), to: '符'.repeat(127) },
    }));
    const card = allChangesCard({ changes: changesOf(long), name, back });
    assert.ok(sizeOf(card) <= 70_000, `${sizeOf(card)} bytes`);
    assert.ok(sizeOf(card) > 65_000, 'and not much earlier');
    const left = Number(/… and (\d+) more/.exec(textOf(card))?.[1]);
    const shown = textOf(card).match(/^\d+ 漢/gm)?.length ?? 0;
    assert.equal(shown + left, 100);
  });

  it('names who and what is missing', () => {
    const changes = changesOf([
      { kind: 'ownerChanged', title: 'a', level: 'objective', to: 'Noor Sample' },
      { kind: 'newlyAtRisk', title: 'b', level: 'objective', to: 'At Risk' },
    ]);
    const line = textOf(allChangesCard({ changes, name, back })).replaceAll('\n', '');
    assert.match(line, /nobody → Noor Sample/);
    assert.match(line, /no status → At Risk/);
  });
});

describe('fitting', () => {
  const withItems = (items: number) =>
    createCard({ summary: 'x', body: [{ type: 'TextBlock', wrap: true, text: 'y'.repeat(items * 10) }] });
  const empty = sizeOf(withItems(0));

  it('takes all that fit, else the most that do', () => {
    for (const room of [0, 9, 10, 11, 95, 1000])
      assert.equal(
        sizeOf(fitting(20, withItems, empty + room)) - empty,
        Math.min(20, Math.floor(room / 10)) * 10,
      );
  });
});
