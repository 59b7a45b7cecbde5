import assert from 'node:assert/strict';
import type { OkrFiles } from '../../../src/ports/okr-files.ts';
import type { Reading } from '../../../src/ports/readings.ts';
import { ownFileSubject } from '../../../src/usecases/files/subject-kinds.ts';
import { convert } from '../../../src/usecases/files/hand-over.ts';
import { createSources } from '../../../src/sources/sources.ts';
import { noLog } from '../../support/databases/databases.ts';
import { somebody } from '../../support/samples/sample-exports.ts';

const asOf = new Date('2025-11-20T08:00:00Z');
const empty = { count: 0, byStatus: [] };
const reading: Reading = {
  asOf,
  bytes: 5,
  summary: {
    rows: 0,
    objectives: empty,
    keyResults: empty,
    others: empty,
    overdue: 0,
    withoutCheckIn: 0,
    attention: [],
    today: '2025-11-20',
    gaps: [],
  },
};

const unasked = () => assert.fail('nobody asked for it');
const clock = { now: () => new Date('2026-03-02T09:00:00Z') };
const file = {
  id: 'f',
  owner: somebody(),
  name: 'Sales.csv',
  receivedAt: clock.now(),
  version: 1,
  state: { status: 'read' },
} as const;

/** Of Graph's answer to request `r-42`. */
const workbookBy = (workbook: OkrFiles['workbook']) =>
  convert(
    {
      stores: { readings: { find: () => Promise.resolve(reading), ofExports: unasked, keep: unasked } },
      okrFiles: { workbook, spreadsheetCsv: unasked },
      clock,
      log: noLog,
      sources: createSources([]),
    },
    ownFileSubject(file),
    {
      kind: 'original',
      stream: new Blob(['Title']).stream(),
      fileKind: 'csv',
      columns: [],
      limits: { maxBytes: 1, maxRows: 1, maxUnpackedBytes: 1 },
      requestId: 'r-42',
    },
    'workbook',
  );

describe('a workbook', () => {
  it('is made as of the reading that the card shows, and names Graph’s request', async () => {
    const asked: Parameters<OkrFiles['workbook']>[1][] = [];
    const made = await workbookBy((stream, options) => {
      asked.push(options);
      return Promise.resolve({ kind: 'made', stream, length: 5 });
    });
    assert.ok(typeof made === 'object');
    assert.equal(made.length, 5);
    assert.deepEqual(
      asked.map(({ today, origin }) => [today, origin.exportedAt, origin.requestId]),
      [['2025-11-20', asOf, 'r-42']],
    );
  });

  it('that finds the disk full is told from one that cannot be made', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    assert.equal(await workbookBy(() => Promise.reject(full)), 'noRoom');
    assert.equal(await workbookBy(() => Promise.reject(new Error('made up'))), 'notConverted');
  });
});
