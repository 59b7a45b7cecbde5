import assert from 'node:assert/strict';
import { exportCard, type ExportCardContent } from '../../../src/cards/export/export-card.ts';
import { sampleChanges, sampleSummary } from '../../../src/tools/card-pictures/sample-answers.ts';
import { sampleJob, sampleNow } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { en } from '../../../src/words/en/en.ts';
import { pressableOf, textOf } from '../../support/cards/card-text.ts';
import { cardProblems, nodesOf } from '../../support/cards/card-validator.ts';

const asOf = new Date('2026-03-04T14:05:00Z');
const job = {
  ...sampleJob,
  state: { status: 'ready', graphJobId: 'j', reading: { kind: 'done' } },
} as const;

describe('the card of a finished export', () => {
  const shown = (answer: object, more: Partial<ExportCardContent> = {}) => {
    const told = { summary: sampleSummary, asOf, ...answer };
    return exportCard(en, { job, now: sampleNow, audience: 'owner', canSave: true, answer: told, ...more });
  };
  const schedules = (part: unknown) => nodesOf(part).filter(({ title }) => title === 'Schedule it').length;
  const titlesOf = (buttons: readonly unknown[]) =>
    buttons.map((one) => (one as { readonly title: string }).title);
  const rowOf = (card: ReturnType<typeof shown>) => {
    const isRow = ({ type, actions }: (typeof card.body)[number] & { readonly actions?: unknown }): boolean =>
      type === 'ActionSet' && Array.isArray(actions) && actions.length > 1;
    const row = card.body.find(isRow) as { readonly actions: readonly unknown[] } | undefined;
    return row?.actions ?? assert.fail('a row of buttons');
  };

  it('can be scheduled from the row of its buttons, while that has room', () => {
    const card = shown({});
    assert.deepEqual([schedules(card), schedules(rowOf(card)), rowOf(card).length], [1, 1, 6]);
  });

  it('can be scheduled from its details, where six others fill the row', () => {
    const card = shown({ changes: sampleChanges });
    const details = nodesOf(card).filter(({ id }) => id === 'details');
    assert.deepEqual([schedules(card), schedules(details), rowOf(card).length], [1, 1, 6]);
  });

  it('offers the same, wherever it does so, when it was opened from the list, and leads back there', () => {
    for (const answer of [{}, { changes: sampleChanges }]) {
      const [card, opened] = [shown(answer), shown(answer, { from: 'list' })];
      assert.deepEqual(titlesOf(rowOf(opened)), titlesOf(rowOf(card)));
      assert.equal(schedules(opened), 1);
      assert.ok(pressableOf(opened).includes('Back to the list'));
      assert.deepEqual(cardProblems(opened), []);
    }
  });

  it('says that a schedule asked for it, where one did', () => {
    const says = /A schedule of yours asked for this/;
    assert.doesNotMatch(textOf(shown({})), says);
    assert.match(textOf(shown({}, { job: { ...job, bySchedule: true } })), says);
  });

  it('cannot be scheduled where others are', () => {
    assert.equal(schedules(shown({ changes: sampleChanges }, { onlyYou: true })), 0);
  });
});
