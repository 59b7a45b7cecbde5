import assert from 'node:assert/strict';
import { allChangesCard, fitInMessage } from '../../../src/cards/figures/all-changes-card.ts';
import { changesBlock } from '../../../src/cards/figures/changes-block.ts';
import { exportButton } from '../../../src/cards/blocks/buttons.ts';
import { createCard } from '../../../src/cards/blocks/adaptive-card.ts';
import type { ChangedOkr } from '../../../src/domain/okrs/changes/okr-changes.ts';
import { en } from '../../../src/words/en/en.ts';
import { changesOf, manyChanges, sampleChanges } from '../../../src/tools/card-pictures/sample-answers.ts';
import { sampleJob } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, textOf } from '../../support/cards/card-text.ts';
import { nodesOf, sizeOf } from '../../support/cards/card-validator.ts';

const name = 'Export of view e5e7a3c1';
const back = exportButton(en, 'show', sampleJob.id, { title: 'Back' });

describe('all changes', () => {
  it('stand kind by kind, the weightiest kind first, each with its numbers', () => {
    const card = allChangesCard(en, { changes: sampleChanges, name, back, onlyYou: true });
    const text = textOf(card);
    const kinds = [
      '▲ 2 newly at risk',
      '↓ 1 went down',
      '− 1 no longer there',
      '✓ 1 recovered',
      '↑ 2 went up',
      '+ 1 new',
      '↔ 1 changed status',
      '⇄ 1 changed owner',
    ];
    assert.deepEqual(
      text.split('\n').filter((one) => kinds.includes(one)),
      kinds,
      'few changes need no folding',
    );
    const line = text.replaceAll('\n', '');
    assert.match(line, /Hire 12 techniciansOn Track → At Risk/);
    assert.match(line, /Train every team lead20% → 64% \(\+44 points\)/);
    assert.match(line, /Halve waiting timeKim Probe → Noor Sample/);
    assert.match(line, /Answer nine of ten calls within a minuteNoor Sample/);
    assert.match(text, /Only you see this/);
    assert.deepEqual(buttonsOf(card), ['Back']);
    assert.doesNotMatch(text, /more in the workbook/);
  });

  it('says days in the reader’s own way, here and on the card of the export', () => {
    const okr = { title: 'Sow in time', level: 'other' } as const;
    const found = changesOf([
      { ...okr, kind: 'newlyOverdue', endedOn: '2026-03-01' },
      { ...okr, kind: 'dueMoved', from: '2026-03-01', to: '2026-04-01' },
      { ...okr, kind: 'dueMoved', from: '2026-03-01' },
      { ...okr, kind: 'progressUp', from: 1, to: 2 },
    ]);
    const changes = { ...found, counts: { ...found.counts, newlyOverdue: 1, dueMoved: 2 } };
    const day = (on: string) => `{{DATE(${on}T10:00:00Z,SHORT)}}`;
    const moved = `${day('2026-03-01')} → ${day('2026-04-01')}`;
    const all = textOf(allChangesCard(en, { changes, name, back }));
    const lines = changesBlock(en, changes);
    const told = textOf({ body: lines } as unknown as Parameters<typeof textOf>[0]);
    for (const text of [all, told]) {
      assert.ok(text.includes(moved) && text.includes(`${day('2026-03-01')} → no day`), text);
      assert.doesNotMatch(text, /(?<!(?:DATE|TIME)\()\d{4}-\d{2}-\d{2}/);
    }
    assert.match(told, /^▲ Newly overdue: \{\{DATE/m);
    assert.match(told, /^↑ *\n1% → 2% \(/m);
  });

  it('shows ten of the weightiest kind, folds the others away, and counts in English', () => {
    const card = allChangesCard(en, { changes: manyChanges, name, back });
    assert.match(card.speak, /1,400 changes\. 21 went down, 1,379 went up\./);
    assert.match(textOf(card), /^↓ 21 went down$/m);
    const toggle = nodesOf(card).find(({ type }) => type === 'Action.ToggleVisibility');
    assert.equal(toggle?.title, '↑ 1,379 went up');
    const hidden = nodesOf(card).find(({ isVisible }) => isVisible === false);
    assert.deepEqual(toggle.targetElements, [hidden?.id]);
    const left = textOf(card).match(/^… and .* more in the workbook\.$/gm);
    assert.deepEqual(left, ['… and 11 more in the workbook.', '… and 1,369 more in the workbook.']);
    assert.equal(textOf(card).match(/^Made-up key result/gm)?.length, 20);
  });

  it('shows fewer of each when a message could not carry them', () => {
    const words = { level: 'objective', from: '字'.repeat(127), to: '符'.repeat(127) } as const;
    const numbers = { level: 'objective', from: 1, to: 2 } as const;
    const changed = Array.from({ length: 30 }, (_, index): readonly ChangedOkr[] => {
      const title = `${index} ${'漢'.repeat(120)}`;
      return [
        { ...words, kind: 'newlyAtRisk', title },
        { ...numbers, kind: 'progressDown', title },
        { ...words, kind: 'recovered', title },
        { ...numbers, kind: 'progressUp', title },
        { ...words, kind: 'statusChanged', title },
        { ...words, kind: 'ownerChanged', title },
      ];
    }).flat();
    const card = allChangesCard(en, { changes: changesOf(changed), name, back });
    assert.ok(sizeOf(card) <= 70_000, `${sizeOf(card)} bytes`);
    const shown = textOf(card).match(/^\d+ 漢/gm)?.length ?? 0;
    const left = [...textOf(card).matchAll(/… and (\d+) more/g)].map(([, amount]) => Number(amount));
    assert.equal(
      left.reduce((total, amount) => total + amount, shown),
      180,
    );
    assert.ok(shown > 40 && shown < 60, `${shown} shown`);
  });

  it('names who and what is missing', () => {
    const changes = changesOf([
      { kind: 'ownerChanged', title: 'a', level: 'objective', to: 'Noor Sample' },
      { kind: 'newlyAtRisk', title: 'b', level: 'objective', to: 'At Risk' },
    ]);
    const line = textOf(allChangesCard(en, { changes, name, back })).replaceAll('\n', '');
    assert.match(line, /nobody → Noor Sample/);
    assert.match(line, /No status → At Risk/);
  });
});

describe('fitting', () => {
  const withItems = (items: number) =>
    createCard({ summary: 'x', body: [{ type: 'TextBlock', wrap: true, text: 'y'.repeat(items * 10) }] });
  const empty = sizeOf(withItems(0));

  it('takes all that fit, else the most that do', () => {
    for (const room of [0, 9, 10, 11, 95, 1000])
      assert.equal(
        sizeOf(fitInMessage(20, withItems, empty + room)) - empty,
        Math.min(20, Math.floor(room / 10)) * 10,
      );
  });
});
