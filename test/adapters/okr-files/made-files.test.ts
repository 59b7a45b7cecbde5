/** Workbooks and spreadsheet CSVs as the port gives them: made in a worker, whole, and nothing of them left behind. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createOkrFiles, type OkrFilesDeps } from '../../../src/adapters/okr-files/okr-files.ts';
import { isOutOfRoom } from '../../../src/blocks/out-of-room.ts';
import { streamOf } from './pieces.ts';
import { sampleOrigin, valuesOf } from './workbook/made-workbook.ts';
import { openWorkbookFile } from './workbook/opened-workbook.ts';
import { inlineRow, workbookOf } from './workbooks.ts';

const limits = { maxBytes: 1e6, maxRows: 1_000, maxUnpackedBytes: 10e6 };
const csvOptions = { kind: 'csv', limits } as const;
const workbookOptions = { ...csvOptions, today: '2025-06-30', origin: sampleOrigin } as const;
const csv = 'Id,Title,Checkins\n1,Grow,"Note: a\nb"\n2,=1+1,x,y\n';

describe('files made of exports', () => {
  const usual = process.env['TMPDIR'];
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'made-files-'));
    process.env['TMPDIR'] = folder;
  });
  after(async () => {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    await rm(folder, { recursive: true });
  });
  afterEach(async () => assert.deepEqual(await readdir(folder), []));

  /** Each file is more than that. */
  const littleWork = { bytes: 0, rows: 0 };
  const filesWith = (deps: Partial<OkrFilesDeps> = {}) =>
    createOkrFiles({ log: { warn: () => undefined }, ...deps });

  it('are workbooks, of CSV and of workbooks', async () => {
    const xlsx = workbookOf({ sheets: [inlineRow('Title') + inlineRow('Grow')] });
    for (const [source, kind] of [
      [csv, 'csv'],
      [xlsx, 'xlsx'],
    ] as const) {
      const made = await filesWith().workbook(streamOf(source), { ...workbookOptions, kind });
      assert.ok(made.kind === 'made');
      const bytes = await buffer(made.stream);
      assert.equal(bytes.length, made.length);
      const sheets = openWorkbookFile(bytes);
      assert.deepEqual(
        sheets.map(({ name }) => name),
        ['Summary', 'OKR tree', 'Check-ins', 'Changes', 'Info'],
      );
      assert.equal(valuesOf(sheets[1])[1]?.[0], 'Grow');
    }
  });

  it('are CSVs for spreadsheets', async () => {
    const made = await filesWith().spreadsheetCsv(streamOf(csv), csvOptions);
    assert.ok(made.kind === 'made');
    const bytes = await buffer(made.stream);
    assert.equal(bytes.length, made.length);
    const expected = `\uFEFFId,Title,Checkins,Check-in 2\r\n1,Grow,"Note: a\nb"\r\n2,'=1+1,x,y\r\n`;
    assert.equal(bytes.toString(), expected);
  });

  it('are in UTF-8, also where their source is not', async () => {
    const source = Buffer.from('Id,Title\n1,Gr\xf6\xdfe\n', 'latin1');
    const made = await filesWith().spreadsheetCsv(streamOf(source), csvOptions);
    assert.ok(made.kind === 'made');
    assert.equal((await buffer(made.stream)).toString(), '\uFEFFId,Title\r\n1,Größe\r\n');
    const workbook = await filesWith().workbook(streamOf(source), workbookOptions);
    assert.ok(workbook.kind === 'made');
    const sheets = openWorkbookFile(await buffer(workbook.stream));
    assert.equal(valuesOf(sheets[1])[1]?.[0], 'Größe');
    assert.match(JSON.stringify(valuesOf(sheets.at(-1))), /I read its letters as Windows-1252/);
  });

  it('say why they cannot be made', async () => {
    const unreadable = { kind: 'unreadable', why: 'noTitleColumn' };
    assert.deepEqual(await filesWith().workbook(streamOf('Name\nx\n'), workbookOptions), unreadable);
    assert.deepEqual(await filesWith().spreadsheetCsv(streamOf('Name\nx\n'), csvOptions), unreadable);
    const empty = await filesWith().workbook(streamOf('Title\n'), workbookOptions);
    assert.deepEqual(empty, { kind: 'unreadable', why: 'noRows' });
  });

  it('are seen by nobody else while they are made, and end with their source', async () => {
    const broken = new Error('the source broke');
    const seen: string[] = [];
    const source = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          for (const entry of await readdir(folder, { recursive: true })) {
            const { mode } = await stat(path.join(folder, entry));
            seen.push((mode & 0o777).toString(8));
          }
          controller.error(broken);
        },
      },
      { highWaterMark: 0 },
    );
    await assert.rejects(filesWith().workbook(source, workbookOptions), broken);
    assert.deepEqual(seen.slice(0, 2), ['700', '600']);
  });

  it('leave nothing when they are called off, or nobody wants them any more', async () => {
    const reason = new Error('called off');
    const files = filesWith();
    const endless = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
    const going = new AbortController();
    const making = files.workbook(endless, { ...workbookOptions, signal: going.signal });
    going.abort(reason);
    await assert.rejects(making, reason);
    const made = await files.spreadsheetCsv(streamOf(csv), csvOptions);
    assert.ok(made.kind === 'made');
    await made.stream.cancel();
  });

  it('leave nothing of what is read, although memory does not hold it, or its worker dies with a file at hand', async () => {
    const readOptions = { ...csvOptions, today: '2025-06-30' } as const;
    const large = await filesWith().read(
      streamOf(`Title\n${`${'x'.repeat(1_000)}\n`.repeat(900)}`),
      readOptions,
    );
    assert.equal(large.kind, 'read');
    const code = `import { writeFileSync } from 'node:fs';
      import { parentPort } from 'node:worker_threads';
      parentPort.once('message', ({ job }) => {
        writeFileSync(job.scratch, 'x');
        process.exit();
      });`;
    const entry = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const dying = await filesWith({ entry, littleWork }).read(streamOf(csv), readOptions);
    assert.deepEqual(dying, { kind: 'unreadable', why: 'damaged' });
  });

  it('reject when the disk fails the worker: that is no fault of the file', async () => {
    const code = `throw Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'write' });`;
    const entry = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const files = filesWith({ entry, littleWork });
    const making = files.workbook(streamOf(csv), workbookOptions);
    await assert.rejects(making, (error) => isOutOfRoom(error) && /read or made: ENOSPC/.test(String(error)));
    const reading = files.read(streamOf(csv), { ...csvOptions, today: '2025-06-30' });
    await assert.rejects(reading, isOutOfRoom);
  });
});
