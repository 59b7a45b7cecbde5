import assert from 'node:assert/strict';
import { exportCard } from '../../../src/cards/export/export-card.ts';
import type { ExportCardContent } from '../../../src/cards/export/export-card.ts';
import type { ExportJob, ReadingProgress } from '../../../src/domain/exports/export-job.ts';
import type { UnreadCause } from '../../../src/domain/okrs/file/okr-file.ts';
import {
  changesOf,
  nothingChanged,
  rightToLeftSummary,
  sampleChanges,
  sampleSummary,
  thinSummary,
} from '../../../src/tools/card-pictures/sample-answers.ts';
import { sampleJob, sampleNow } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, pressableOf, textOf } from '../../support/cards/card-text.ts';
import { nodesOf } from '../../support/cards/card-validator.ts';
import { en } from '../../../src/words/en/en.ts';

const readyJob = (reading?: ReadingProgress): ExportJob => ({
  ...sampleJob,
  state: { status: 'ready', graphJobId: 'j', ...(reading === undefined ? {} : { reading }) },
});
const asOf = new Date('2026-03-04T14:05:00Z');
const sampleCard = exportCard(en, { job: sampleJob, now: sampleNow, audience: 'public' });
const none = { count: 0, byStatus: [] };
const card = (reading: ReadingProgress | undefined, more: Partial<ExportCardContent> = {}) =>
  exportCard(en, { job: readyJob(reading), now: sampleNow, audience: 'owner', ...more });
const read = (answer: Omit<NonNullable<ExportCardContent['answer']>, 'asOf'>, more = {}) =>
  card({ kind: 'done' }, { answer: { asOf, ...answer }, ...more });

describe('what an export says on its requester’s card', () => {
  it('gives every figure in words: counts, statuses, progress, what is late, as of when', () => {
    const text = textOf(read({ summary: sampleSummary }));
    assert.match(text, /^35\nobjectives\n93\nkey results\n62%\naverage progress$/m);
    assert.match(text, /^17\nat risk\n9\noverdue\n31\nno check-in for 14 days$/m);
    assert.match(
      text.replaceAll('\n', ''),
      /Objectives4\u00A0Not Started · 17\u00A0On Track · 6\u00A0Behind/,
    );
    assert.match(text.replaceAll('\n', ''), /Key results11\u00A0Not Started .* 3\u00A0Postponed/);
    assert.match(text, /Data as of \{\{DATE\(2026-03-04T14:05:00Z,SHORT\)\}\}/);
  });

  it('draws the same as a ring where the client can, in words of ours only', () => {
    const [ring] = nodesOf(read({ summary: sampleSummary })).filter(({ type }) => type === 'Chart.Donut');
    assert.equal(ring?.fallback, 'drop');
    const data = ring.data as readonly { readonly legend: string; readonly value: number }[];
    assert.deepEqual(
      data.map(({ legend, value }) => `${legend} ${value}`),
      ['Not Started 15', 'On Track 61', 'Behind 22', 'At Risk 17', 'Closed 10', 'Postponed 3'],
      'objectives and key results together, as in the tiles: 17 at risk',
    );
    assert.match(textOf(read({ summary: sampleSummary })), /^35 objectives and 93 key results by status$/m);
    const strange = {
      count: 6,
      byStatus: [
        { status: 'On Track', count: 1 },
        { status: '[win](https://evil.example)', count: 2 },
        { status: '', count: 3 },
      ],
    };
    const [other] = nodesOf(
      read({ summary: { ...sampleSummary, objectives: none, keyResults: strange } }),
    ).filter(({ type }) => type === 'Chart.Donut');
    assert.deepEqual(
      (other?.data as typeof data).map(({ legend, value }) => `${legend} ${value}`),
      ['On Track 1', 'Other 2', 'No status 3'],
    );
  });

  it('draws no ring of one colour', () => {
    const keyResults = { count: 2, byStatus: [{ status: 'On Track', count: 2 }] };
    const nodes = nodesOf(read({ summary: { ...sampleSummary, objectives: none, keyResults } }));
    assert.ok(!nodes.some(({ type }) => type === 'Chart.Donut'));
  });

  it('keeps what needs attention behind a button, each with why and whose', () => {
    const shown = read({ summary: sampleSummary });
    const [toggle] = nodesOf(shown).filter(({ type }) => type === 'Action.ToggleVisibility');
    assert.equal(toggle?.title, 'Needs attention');
    const hidden = nodesOf(shown).find(({ id }) => id === (toggle.targetElements as readonly string[])[0]);
    assert.equal(hidden?.isVisible, false);
    const text = nodesOf(hidden)
      .map(({ text: one }) => one)
      .filter((one) => typeof one === 'string')
      .join('\n');
    assert.match(
      text,
      /^Hire 12 technicians\nOverdue since \{\{DATE\(2026-02-15T10:00:00Z,SHORT\)\}\} · at 41\.7%\nRobin Sample$/m,
    );
    assert.match(text, /△ Behind · No check-in yet/);
    assert.match(text, /No check-in since \{\{DATE\(2026-01-12/);
    assert.match(text, /No progress yet · at 0%/);
  });

  it('says what the file lacks instead of counting nothing', () => {
    const text = textOf(read({ summary: thinSummary })).replaceAll('\n', '');
    assert.match(text, /6rows–average progress–at risk–overdue–no check-in for 14 days/);
    assert.match(read({ summary: thinSummary }).speak, /Ready.*6 rows\./);
    assert.match(text, /There is no column “Status” in the file/);
    assert.match(text, /2 cells in “Progress %” hold a number like 1,234, and the file does not show/);
    assert.match(text, /3 rows hold bytes that are no text; .* the original file has them as they/);
    assert.match(text, /… and 5 more under Details/);
    assert.ok(!nodesOf(read({ summary: thinSummary })).some(({ type }) => type === 'Chart.Donut'));
  });

  it('tells what changed: how many of each kind, and the first three with their numbers', () => {
    const shown = read({ summary: sampleSummary, changes: sampleChanges });
    const text = textOf(shown);
    assert.match(text, /What changed since \{\{DATE\(2026-02-25T14:12:00Z,SHORT\)\}\}/);
    assert.match(text, /2 newly at risk · 1 went down · 1 no longer there · 1 recovered · 2 went up · 1 new/);
    assert.match(text.replaceAll('\n', ''), /Supplier quality above 98%↓ 58% → 41\.7% \(−16\.3 points\)/);
    assert.ok(!text.includes('Pilot with two partner depots'));
    assert.ok(buttonsOf(shown).includes('All changes'));
    assert.match(shown.speak, /2 newly at risk/);
  });

  it('tells each OKR once, with all that happened to it, and counts only what it does not tell', () => {
    const moved = { title: 'Hire 12 technicians', level: 'keyResult', owner: 'Robin Sample' } as const;
    const few = changesOf([
      { ...moved, kind: 'newlyAtRisk', from: 'On Track', to: 'At Risk' },
      { ...moved, kind: 'progressDown', from: 58, to: 38 },
      { ...moved, kind: 'ownerChanged', from: 'Kim Probe', to: 'Robin Sample', owner: 'Kim Probe' },
    ]);
    const shown = read({ summary: { ...sampleSummary, attention: [] }, changes: few });
    assert.match(
      textOf(shown).replaceAll('\n', ''),
      /Hire 12 technicians▲ Newly at risk: On Track → At Risk · ↓ 58% → 38% \(−20 points\)Hire 12 technicians⇄ Changed owner/,
      'of two owners, so another one',
    );
    assert.doesNotMatch(textOf(shown), /1 newly at risk/);
    assert.ok(!buttonsOf(shown).includes('All changes'));
    const all = textOf(read({ summary: sampleSummary, changes: sampleChanges }));
    assert.match(all, /^2 newly at risk · /m);
  });

  it('keeps ring, statuses and facts behind Details, below buttons that stay where they are', () => {
    const { body, actions } = read({ summary: sampleSummary, changes: sampleChanges }, { canSave: true });
    assert.equal(actions, undefined);
    const at = body.findIndex(({ type }) => type === 'ActionSet');
    const buttons = nodesOf(body[at])
      .filter(({ type }) => type === 'Action.Execute' || type === 'Action.ToggleVisibility')
      .map(({ title }) => title);
    assert.deepEqual(buttons, [
      'Download',
      'Save to OneDrive',
      'All changes',
      'Needs attention',
      'Details',
      'Export again',
    ]);
    const below = body.slice(at + 1);
    assert.deepEqual(
      below.map(({ id, isVisible }) => [id, isVisible]),
      ['save-to-onedrive', 'needs-attention', 'details'].map((id) => [id, false]),
    );
    const isRing = ({ type }: { readonly type?: unknown }): boolean => type === 'Chart.Donut';
    assert.ok(!nodesOf(body.slice(0, at)).some(isRing));
    assert.ok(nodesOf(below.at(-1)).some(isRing));
    assert.doesNotMatch(textOf({ ...sampleCard, body: body.slice(0, at) }), /Objectives|Organisation|CSV/);
  });

  it('says that nothing changed, or that there was nothing to compare with', () => {
    const same = read({ summary: sampleSummary, changes: nothingChanged });
    assert.match(textOf(same), /Nothing changed since \{\{DATE/);
    assert.ok(!buttonsOf(same).includes('All changes'));
    assert.match(textOf(read({ summary: sampleSummary })), /Next time I’ll also tell you what changed/);
  });

  it('reads the figures to a screen reader, without a stranger’s word', () => {
    const { speak } = read({ summary: rightToLeftSummary });
    assert.match(speak, /35 objectives and 93 key results, average progress 62%, 17 at risk, 9 overdue/);
  });

  it('sets titles that are written from right to left apart', () => {
    const titles = nodesOf(read({ summary: rightToLeftSummary })).filter(({ rtl }) => rtl === true);
    assert.equal(titles.length, 4, 'two titles and two names; Japanese reads from left to right');
  });

  it('says that it is reading, and why it could not read; the file can be had all along', () => {
    assert.match(textOf(card({ kind: 'underWay', attempts: 0 })), /Reading what it says…/);
    assert.match(textOf(card({ kind: 'underWay', attempts: 0, soFar: 1_200 })), /1,200 rows so far/);
    const words = causes.map((why) => textOf(card({ kind: 'unread', why })));
    assert.equal(new Set(words).size, causes.length);
    for (const text of words) assert.match(text, /I could not summarise it: .|what came is not a CSV file/);
    assert.match(words[0] ?? '', /it has no “Title” column/);
    const again = causes.filter((why) => buttonsOf(card({ kind: 'unread', why })).includes('Read again'));
    assert.deepEqual(again, ['tookTooLong', 'crashed', 'later', 'signInNeeded']);
    for (const why of causes) assert.ok(buttonsOf(card({ kind: 'unread', why })).includes('Download'));
  });

  it('offers to share where others are, and OneDrive where Teams can', () => {
    const everywhere = read({ summary: sampleSummary, changes: sampleChanges }, { onlyYou: true });
    assert.deepEqual(pressableOf(everywhere), ['Name it']);
    assert.deepEqual(buttonsOf(everywhere), ['Download', 'All changes', 'Share', 'Export again']);
    const personal = read({ summary: sampleSummary }, { canSave: true });
    assert.deepEqual(buttonsOf(personal), ['Download', 'Export again']);
    assert.deepEqual(pressableOf(personal), ['Name it', ...Object.values(en.formats)]);
    assert.ok(
      nodesOf(personal).some(
        ({ type, title }) => type === 'Action.ToggleVisibility' && title === 'Save to OneDrive',
      ),
    );
  });

  it('opens one part at a time, so that none opens below another, out of sight', () => {
    const shown = read({ summary: sampleSummary }, { canSave: true });
    const toggles = nodesOf(shown).filter(({ type }) => type === 'Action.ToggleVisibility');
    assert.deepEqual(
      toggles.map(({ targetElements }) => targetElements),
      [
        ['save-to-onedrive', closed('needs-attention'), closed('details')],
        ['needs-attention', closed('save-to-onedrive'), closed('details')],
        ['details', closed('save-to-onedrive'), closed('needs-attention')],
      ],
    );
  });

  it('still says it when the file can no longer be had', () => {
    const job: ExportJob = { ...sampleJob, state: { status: 'expired', graphJobId: 'j', expiredAt: asOf } };
    const answer = { asOf, summary: sampleSummary, changes: sampleChanges };
    const shown = exportCard(en, { job, now: sampleNow, audience: 'owner', answer });
    assert.match(textOf(shown), /^35\nobjectives$/m);
    assert.deepEqual(buttonsOf(shown), ['Export again', 'All changes']);
  });

  it('is never on the card that everybody sees', () => {
    const answer = { asOf, summary: sampleSummary, changes: sampleChanges };
    const job = readyJob({ kind: 'done' });
    const withIt = exportCard(en, { job, now: sampleNow, audience: 'public', answer, canSave: true });
    assert.deepEqual(withIt, exportCard(en, { job, now: sampleNow, audience: 'public' }));
  });
});

const causes: readonly UnreadCause[] = [
  'noTitleColumn',
  'noRows',
  'notATable',
  'tooLarge',
  'tooManyRows',
  'unpacksTooLarge',
  'encrypted',
  'damaged',
  'tookTooLong',
  'crashed',
  'later',
  'signInNeeded',
];

const closed = (elementId: string): object => ({ elementId, isVisible: false });
