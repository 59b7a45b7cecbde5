import assert from 'node:assert/strict';
import { limitCard } from '../../../src/cards/talk/not-done-cards.ts';
import { ownFileCard } from '../../../src/cards/own-file/own-file-card.ts';
import type { OwnFileCardContent } from '../../../src/cards/own-file/own-file-card.ts';
import { leftOutFilesCard, unreadableFilesCard } from '../../../src/cards/own-file/sent-files-card.ts';
import type { NotTakenCause, OwnFile, OwnFileState } from '../../../src/domain/own-files/own-file.ts';
import {
  nothingChanged,
  sampleChanges,
  sampleSummary,
} from '../../../src/tools/card-pictures/sample-answers.ts';
import { en } from '../../../src/words/en/en.ts';
import { sampleFile } from '../../../src/tools/card-pictures/sample-files.ts';
import { sampleNow } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, pressableOf, textOf } from '../../support/cards/card-text.ts';

const limits = { megabytes: 20, rows: 100_000 };
const kept: OwnFile = {
  ...sampleFile,
  kind: 'xlsx',
  size: 214_300,
  keptUntil: new Date('2026-03-05T14:12:00Z'),
};
const card = (state: OwnFileState, more: Partial<OwnFileCardContent> = {}, file: OwnFile = sampleFile) =>
  ownFileCard(en, { file: { ...file, state }, limits, canSave: true, ...more });
const answer = { summary: sampleSummary, changes: sampleChanges, asOf: sampleNow };
const saving = ['Excel workbook', 'CSV for spreadsheets', 'Original file'];

describe('the card of a person’s own file', () => {
  it('follows the file by name from received to reading', () => {
    for (const [status, words] of [
      ['received', /Got your file/],
      ['reading', /Reading your file/],
    ] as const) {
      const shown = card({ status });
      assert.match(textOf(shown), words);
      assert.match(textOf(shown), /^VivaGoals_42_Company OKRs_2026_03_04\.csv$/m);
      assert.deepEqual(buttonsOf(shown), []);
    }
  });

  it('gives figures, changes and every way to take the file, with how long it is kept', () => {
    const shown = card({ status: 'read' }, { answer }, kept);
    assert.match(textOf(shown), /^35\nobjectives$/m);
    assert.match(textOf(shown), /What changed since/);
    assert.match(textOf(shown), /Excel, 214 KB/);
    assert.match(textOf(shown), /until \{\{DATE\(2026-03-05T14:12:00Z,SHORT\)\}\}/);
    assert.deepEqual(buttonsOf(shown), ['Download', 'All changes']);
    assert.deepEqual(pressableOf(shown), saving);
    assert.match(shown.speak, /35 objectives/);
  });

  it('says which sheet it speaks of when others look the same', () => {
    const summary = (others: number) => ({
      ...sampleSummary,
      gaps: [{ kind: 'otherSheets', read: 'Q3 [new](x)', others } as const],
    });
    const shown = (others: number) =>
      textOf(card({ status: 'read' }, { answer: { ...answer, summary: summary(others) } }, kept)).replaceAll(
        '\n',
        '',
      );
    assert.match(
      shown(1),
      /the sheet “Q3 \[new\]\(x\)” says\. 1 more sheet with the same columns was left out\./,
    );
    assert.match(shown(2), /2 more sheets with the same columns were left out\./);
  });

  it('says that it took the letters for those of Windows-1252', () => {
    const summary = { ...sampleSummary, gaps: [{ kind: 'windows1252' } as const] };
    const shown = card({ status: 'read' }, { answer: { ...answer, summary } }, kept);
    assert.match(
      textOf(shown),
      /not in UTF-8, so I read its letters as Windows-1252.*save it as “CSV UTF-8” first\./,
    );
  });

  it('offers no OneDrive where Teams has none, and no file that is gone', () => {
    assert.deepEqual(buttonsOf(card({ status: 'read' }, { answer, canSave: false }, kept)), [
      'Download',
      'All changes',
    ]);
    const gone = card({ status: 'read' }, { answer: { ...answer, changes: nothingChanged } });
    assert.deepEqual(buttonsOf(gone), []);
    assert.match(textOf(gone), /Nothing changed/);
  });

  it('hands over the one-time link with its end, and keeps all that it said', () => {
    const download = { url: 'https://bot.example.com/d/t', expiresAt: new Date('2026-03-04T14:17:00Z') };
    const shown = card({ status: 'read' }, { answer, download }, kept);
    assert.deepEqual(buttonsOf(shown), ['Open download page', 'Download', 'All changes']);
    assert.deepEqual(pressableOf(shown), saving);
    assert.match(textOf(shown), /^35\nobjectives$/m);
    assert.match(textOf(shown), /works until \{\{TIME\(2026-03-04T14:17:00Z\)\}\}, once for each format/);
  });

  it('says why it could not be summarised, what can be, and offers another try where that helps', () => {
    const shown = card({ status: 'unread', why: 'encrypted' });
    assert.match(
      textOf(shown),
      /It is protected with a password or a label\. In Excel, take the protection off/,
    );
    assert.match(textOf(shown), /CSV or Excel \(\.xlsx\), up to 20 MB and 100,000 rows/);
    assert.deepEqual(buttonsOf(shown), []);
    assert.deepEqual(buttonsOf(card({ status: 'unread', why: 'crashed' })), ['Read again']);
  });

  const notTaken: readonly (readonly [NotTakenCause, RegExp])[] = [
    ['linkTooOld', /send the file again/],
    ['hostNotAllowed', /may not fetch files from/],
    ['tooLarge', /up to 20 MB/],
    ['notATable', /CSV or Excel/],
    ['unreachable', /send it once more/],
    ['redirected', /leads on to another place.*send the file again/],
    ['empty', /This file is empty/],
    ['archive', /unpack the archive and send me the CSV or Excel/],
    ['numbers', /In Numbers, choose File > Export To > CSV or Excel/],
    ['otherSpreadsheet', /save it as \.xlsx or CSV/],
  ];
  for (const [why, words] of notTaken)
    it(`says what to do when it was not taken: ${why}`, () => {
      assert.match(textOf(card({ status: 'notTaken', why })), words);
    });

  it('answers files that are no exports, too many, or too many a day', () => {
    assert.match(
      textOf(unreadableFilesCard(en, ['a.docx', 'b.png'], limits)),
      /these kinds[^]*a\.docx[^]*b\.png/,
    );
    assert.match(textOf(unreadableFilesCard(en, ['a.docx'], limits)), /this kind of file/);
    for (const [name, words] of [
      ['OKRs.zip', /can’t look into archives[^]*unpack the archive[^]*OKRs\.zip/],
      ['OKRs.NUMBERS', /can’t read Numbers files[^]*File > Export To/],
      ['OKRs.xls', /this kind of spreadsheet[^]*save it as \.xlsx or CSV/],
      ['OKRs.xlsb', /this kind of spreadsheet/],
      ['OKRs.ods', /this kind of spreadsheet/],
      ['OKRs.pdf', /this kind of file[^]*I read Viva Goals exports as CSV or Excel/],
      ['OKRs.json', /this kind of file[^]*I read Viva Goals exports as CSV or Excel/],
    ] as const)
      assert.match(textOf(unreadableFilesCard(en, [name], limits)), words);
    const mixed = textOf(unreadableFilesCard(en, ['a.zip', 'b.rar', 'c.numbers', 'd.docx'], limits));
    assert.match(
      mixed,
      /these kinds of files[^]*unpack the archive[^]*In Numbers[^]*I read Viva Goals exports/,
    );
    assert.match(textOf(leftOutFilesCard(en, ['6.csv'], 5)), /left out one file[^]*I take 5 files/);
    assert.match(textOf(limitCard(en, 'dailyPerUser', 20, 'file')), /20 files within a day/);
    assert.match(textOf(limitCard(en, 'dailyPerUser', 1, 'file')), /1 file within a day/);
    assert.match(textOf(limitCard(en, 'openPerUser', 5, 'file')), /read 5 files of yours at a time/);
  });
});
