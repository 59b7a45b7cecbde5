import assert from 'node:assert/strict';
import path from 'node:path';
import { summarizeFile } from '../../../../src/adapters/okr-files/rows/summarize-file.ts';
import type { ReadJob } from '../../../../src/adapters/okr-files/worker/worker-protocol.ts';
import { inPieces, scratchPath } from '../pieces.ts';
import { inlineRow, workbookOf } from '../workbooks.ts';

const limits = { maxBytes: 20e6, maxRows: 100_000, maxUnpackedBytes: 200e6 };
const job: Omit<ReadJob, 'scratch'> = { kind: 'read', fileKind: 'csv', today: '2025-06-30', limits };
const read = (file: string | Buffer, options: Partial<ReadJob> = {}) =>
  summarizeFile(inPieces(Buffer.from(file)), { ...job, scratch: scratchPath(), ...options });

const header = 'Id,Title,Object Type,Progress %,Status,End Date,Last Check-in';

describe('reading an export', () => {
  it('gives the figures and the little that is kept', async () => {
    const { summary, snapshot } = await read(
      `${header}\n1,Grow,Objective,40%,On Track,2025-12-31,2025-06-29\n2,Trials,Key result,20,At Risk,2025-03-31,soon\n,,,,,,\n`,
    );
    assert.equal(summary.rows, 2);
    assert.deepEqual(summary.objectives, { count: 1, byStatus: [{ status: 'On Track', count: 1 }] });
    assert.equal(summary.averageProgress, 30);
    assert.equal(summary.overdue, 1);
    assert.deepEqual(summary.gaps, [
      { kind: 'unreadableCells', column: 'Last Check-in', rows: 1, why: 'other' },
    ]);
    assert.deepEqual([snapshot.takenOn, snapshot.capped], ['2025-06-30', false]);
    assert.deepEqual(
      snapshot.rows.map(({ keyWithoutId, ...row }) => {
        assert.match(keyWithoutId ?? '', /^~[\w-]{22}$/);
        return row;
      }),
      [
        { key: '1', title: 'Grow', level: 'objective', status: 'On Track', progress: 40 },
        { key: '2', title: 'Trials', level: 'keyResult', status: 'At Risk', progress: 20 },
      ],
    );
  });

  it('gives rows in the order of the file, also of one that does not stay in memory', async () => {
    const titles = Array.from({ length: 3_000 }, (_, nth) => `${nth} ${'long '.repeat(100)}`.trim());
    const { snapshot } = await read(
      `Id,Title\n${titles.map((title, nth) => `${nth},${title}`).join('\n')}\n`,
    );
    assert.deepEqual(
      snapshot.rows.map(({ key }) => key),
      titles.map((_, nth) => String(nth)),
    );
  });

  it('makes a file on disk for one only that does not stay in memory', async () => {
    const nowhere = { scratch: path.join(scratchPath(), 'records') };
    assert.equal((await read('Title\nGrow\n', nowhere)).summary.rows, 1);
    await assert.rejects(read(`Title\n${`${'x'.repeat(1_000)}\n`.repeat(600)}`, nowhere), { code: 'ENOENT' });
  });

  it('finds the table among the sheets of a workbook, below a heading', async () => {
    const file = workbookOf({
      sheets: [
        inlineRow('Made for', 'somebody'),
        inlineRow('Our OKRs') + inlineRow('ID', ' title ', 'Progress %') + inlineRow('7', 'Grow', '12.5'),
      ],
    });
    const { summary, snapshot } = await read(file, { fileKind: 'xlsx' });
    assert.equal(summary.averageProgress, 12.5);
    assert.equal(snapshot.rows[0]?.key, '7');
  });

  it('does not blame rows for check-ins that the file says nothing about', async () => {
    const { summary } = await read('Title,Status\na,On Track\n');
    assert.equal(summary.withoutCheckIn, 0);
    assert.deepEqual(summary.attention, []);
    assert.deepEqual(
      summary.gaps.map((gap) => 'column' in gap && gap.column),
      ['Object Type', 'Progress %', 'End Date', 'Last Check-in'],
    );
  });

  it('counts all rows, keeps the first 50,000, and says so', async () => {
    const { summary, snapshot } = await read(`Title\n${'x\n'.repeat(50_001)}`);
    assert.equal(summary.rows, 50_001);
    assert.equal(snapshot.rows.length, 50_000);
    assert.equal(snapshot.capped, true);
    assert.deepEqual(summary.gaps.at(-1), { kind: 'capped', what: 'changes', rows: 50_000 });
  });

  const refused: readonly (readonly [name: string, file: string, why: string])[] = [
    ['without a title column', 'Name,Status\na,b\n', 'noTitleColumn'],
    ['whose title stands too far down', `${'x\n'.repeat(200)}Title\na\n`, 'noTitleColumn'],
    ['without rows', header, 'noRows'],
    ['whose rows have no title', `${header}\n1,,,,,,\n`, 'noRows'],
    ['that is empty', '', 'empty'],
    ['with nothing but a mark', '\uFEFF', 'empty'],
    ['with nothing but blanks', ' \r\n\t\r\n ,, \r\n\r\n', 'empty'],
    ['with too many rows', `Title\n${'x\n'.repeat(4)}`, 'tooManyRows'],
  ];
  for (const [name, file, why] of refused) {
    it(`refuses a file ${name}`, async () => {
      await assert.rejects(read(file, { limits: { ...limits, maxRows: 3 } }), { name: 'Unreadable', why });
    });
  }
  it('takes as many rows as are allowed', async () => {
    const { summary } = await read('Title\nx\nx\nx\n', { limits: { ...limits, maxRows: 3 } });
    assert.equal(summary.rows, 3);
  });
});
