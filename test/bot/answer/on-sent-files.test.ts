import assert from 'node:assert/strict';
import { readActivity } from '../../../src/bot/receive/turn.ts';
import { readSentFiles } from '../../../src/bot/answer/on-sent-files.ts';

const fileOf = (name: string | undefined, content: unknown) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  content,
  ...(name === undefined ? {} : { name }),
});
const sent = (name: string, fileType?: string) =>
  fileOf(name, {
    downloadUrl: `https://sample.sharepoint.com/download.aspx?tempauth=${name.length}`,
    ...(fileType === undefined ? {} : { fileType }),
  });
const read = (attachments: readonly unknown[]) =>
  readSentFiles(readActivity({ type: 'message', attachments }) ?? { type: 'message' });
const names = (files: readonly { readonly name: string }[]) => files.map(({ name }) => name);

describe('bot/on-sent-files', () => {
  it('takes what may be a table, by its type or its ending, with the link of Teams', () => {
    const { taken, leftOut, otherKinds } = read([
      { contentType: 'text/html', content: '<p>see</p>' },
      sent('okrs.csv', 'csv'),
      sent('OKRs.XLSX'),
      sent('report', 'xlsx'),
      sent('no ending'),
    ]);
    assert.deepEqual(names(taken), ['okrs.csv', 'OKRs.XLSX', 'report', 'no ending']);
    assert.equal(taken[0]?.downloadUrl, 'https://sample.sharepoint.com/download.aspx?tempauth=8');
    assert.deepEqual([leftOut, otherKinds], [[], []]);
  });

  it('names what is no table, or has no link', () => {
    const { taken, otherKinds } = read([
      sent('Minutes.docx', 'docx'),
      sent('old.xls', 'xls'),
      fileOf('lost.csv', {}),
      fileOf('odd.csv', { downloadUrl: 'no address' }),
      fileOf(undefined, null),
    ]);
    assert.deepEqual(taken, []);
    assert.deepEqual(otherKinds, ['Minutes.docx', 'old.xls', 'lost.csv', 'odd.csv', 'file']);
  });

  it('takes five, and names the rest', () => {
    const { taken, leftOut } = read(['1', '2', '3', '4', '5', '6', '7'].map((name) => sent(`${name}.csv`)));
    assert.equal(taken.length, 5);
    assert.deepEqual(leftOut, ['6.csv', '7.csv']);
  });

  it('finds no files in what else a message may bring', () => {
    for (const attachments of [
      [],
      [{ contentType: 'image/png', contentUrl: 'https://smba.test/picture' }],
      [{ contentType: 'reference', name: 'a.csv' }],
      [null, 7, 'x'],
    ])
      assert.deepEqual(read(attachments), { taken: [], leftOut: [], otherKinds: [] });
  });

  it('cuts a name that is longer than names are', () => {
    assert.equal(read([sent(`${'n'.repeat(999)}.csv`, 'csv')]).taken[0]?.name.length, 255);
  });
});
