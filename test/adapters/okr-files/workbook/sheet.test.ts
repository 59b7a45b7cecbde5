/** What a sheet can hold: rows and links up to Excel's limits. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { WorkbookWriter, type WorkbookWriterOptions } from '@cj-tech-master/excelts';
import { linkCell, textCell } from '../../../../src/adapters/okr-files/workbook/cells.ts';
import { addSheet } from '../../../../src/adapters/okr-files/workbook/sheet.ts';
import { openWorkbookFile } from './opened-workbook.ts';

describe('a sheet', () => {
  it('takes no more rows and links than Excel does: links beyond stay text, rows beyond are refused', async () => {
    const sink = new PassThrough();
    const stream = sink as unknown as NonNullable<WorkbookWriterOptions['stream']>;
    const workbook = new WorkbookWriter({ stream, useStyles: true });
    const setting = { breathe: () => Promise.resolve(), cutMark: '…' };
    const sheet = addSheet(workbook, { name: 'Small', widths: [10, 10] }, setting, { rows: 4, links: 2 });
    await sheet.addHeader([{ header: 'Link' }, { header: 'Text' }]);
    const taken: boolean[] = [];
    for (let nth = 0; nth < 5; nth += 1) {
      taken.push(
        await sheet.add([
          linkCell(`https://goals.microsoft.com/${nth}`, ['goals.microsoft.com']),
          textCell('x'),
        ]),
      );
    }
    sheet.end();
    const [bytes] = await Promise.all([buffer(sink), workbook.commit()]);
    assert.deepEqual(taken, [true, true, true, false, false]);
    const [small] = openWorkbookFile(bytes);
    assert.deepEqual(
      small?.rows.map(([cell]) => [cell?.value, cell?.link]),
      [
        ['Link', undefined],
        ['https://goals.microsoft.com/0', 'https://goals.microsoft.com/0'],
        ['https://goals.microsoft.com/1', 'https://goals.microsoft.com/1'],
        ['https://goals.microsoft.com/2', undefined],
      ],
    );
  });
});
