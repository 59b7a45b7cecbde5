import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { readCardAction } from '../../../src/cards/blocks/card-actions.ts';
import { answerCards, exportCards, otherCards } from '../../../src/tools/card-pictures/sample-cards.ts';
import { fileCards } from '../../../src/tools/card-pictures/sample-files.ts';
import { scheduleCards } from '../../../src/tools/card-pictures/sample-schedules.ts';
import { subscriptionCards } from '../../../src/tools/card-pictures/sample-subscriptions.ts';
import { nodesOf } from '../../support/cards/card-validator.ts';

const exportId = '6a1f0c9e-2f4b-4d37-8c55-90b7a6f1d2e3';

/** What a person has written already. */
const filledIn: ReadonlySet<string> = new Set(['days', 'at', 'condition', 'until', 'sent']);

describe('readCardAction', () => {
  it('reads what every button of every card carries, with and without Universal Actions', () => {
    const nodes = nodesOf({
      ...answerCards,
      ...fileCards,
      ...scheduleCards,
      ...subscriptionCards,
      ...exportCards,
      ...otherCards,
    });
    const buttons = nodes.filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit');
    assert.ok(buttons.length > 100);
    for (const { data, verb = (data as { verb: string }).verb } of buttons) {
      const action = readCardAction(JSON.parse(JSON.stringify(data)));
      assert.ok(action);
      assert.equal(action.verb, verb);
      // What makes a client open a dialog is for the client.
      const { msteams: _dialog, ...carried } = { msteams: undefined, ...(data as object) };
      assert.deepEqual(action, carried);
      const none = { from: undefined, format: undefined, source: undefined };
      const { from: _from, format: _format, source: _source, ...told } = { ...none, ...action };
      const fixed = Object.keys(told).filter((key) => !filledIn.has(key));
      assert.ok(fixed.length <= 2, 'a verb and one opaque id');
    }
  });

  it('leaves out what is not ours', () => {
    const data = {
      verb: 'show',
      subject: { kind: 'export', id: exportId, owner: 'somebody-else' },
      userId: 'somebody-else',
      tenantId: 'elsewhere',
      msteams: { type: 'x' },
    };
    const subject = { kind: 'export', id: exportId };
    assert.deepEqual(readCardAction(data), { verb: 'show', subject });
    assert.deepEqual(readCardAction({ ...data, from: 'elsewhere' })?.verb, 'show');
  });

  const older: readonly (readonly [verb: string, asOfToday: object])[] = [
    ['view', { verb: 'show' }],
    ['refresh', { verb: 'refresh' }],
    ['download', { verb: 'download' }],
    ['stop', { verb: 'stop' }],
    ['retry', { verb: 'retry' }],
    ['resume', { verb: 'resume' }],
    ['exportAgain', { verb: 'exportAgain' }],
    ['exportForMe', { verb: 'exportForMe' }],
    ['allChanges', { verb: 'allChanges' }],
    ['readAgain', { verb: 'readAgain' }],
    ['share', { verb: 'share' }],
    ['shareNow', { verb: 'shareNow' }],
    ['saveWorkbook', { verb: 'save', format: 'workbook' }],
    ['saveSpreadsheetCsv', { verb: 'save', format: 'spreadsheetCsv' }],
    ['saveOriginal', { verb: 'save', format: 'original' }],
  ];
  const olderOfFiles: typeof older = [
    ['showFile', { verb: 'show' }],
    ['downloadFile', { verb: 'download' }],
    ['fileChanges', { verb: 'allChanges' }],
    ['readFileAgain', { verb: 'readAgain' }],
    ['saveFileWorkbook', { verb: 'save', format: 'workbook' }],
    ['saveFileSpreadsheetCsv', { verb: 'save', format: 'spreadsheetCsv' }],
    ['saveFileOriginal', { verb: 'save', format: 'original' }],
  ];
  it('still reads every button of older cards', () => {
    const id = exportId;
    for (const [verb, now] of older)
      assert.deepEqual(readCardAction({ verb, exportId }), { ...now, subject: { kind: 'export', id } });
    for (const [verb, now] of olderOfFiles)
      assert.deepEqual(readCardAction({ verb, fileId: id }), { ...now, subject: { kind: 'ownFile', id } });
    const listed = { verb: 'show', subject: { kind: 'export', id }, from: 'list' };
    assert.deepEqual(readCardAction({ verb: 'view', exportId, from: 'list' }), listed);
  });

  it('reads whose job a list of before offered, which it did not say', () => {
    const job = { verb: 'followGraphJob', graphJobId: 'j!1' };
    assert.deepEqual(readCardAction(job), job);
    assert.deepEqual(readCardAction({ ...job, source: 'goals' }), { ...job, source: 'goals' });
  });

  const refused: readonly unknown[] = [
    undefined,
    null,
    'view',
    7,
    [],
    {},
    { verb: 'view' },
    { exportId },
    { verb: 'erase', exportId },
    { verb: 'view', exportId: `${exportId}'--` },
    { verb: 'view', exportId: [exportId] },
    { verb: 'view', exportId: '' },
    { verb: 'followGraphJob', graphJobId: '../../me' },
    { verb: 'followGraphJob', graphJobId: '' },
    { verb: 'followGraphJob', graphJobId: 'x'.repeat(257) },
    { verb: 'followGraphJob', exportId },
    { verb: 'followGraphJob', graphJobId: 'j!1', source: '../goals' },
    { verb: 'show', subject: { kind: 'export' } },
    { verb: 'show', subject: { kind: 'somethingElse', id: exportId } },
    { verb: 'stop', subject: { kind: 'ownFile', id: exportId } },
    { verb: 'stop', fileId: exportId },
    { verb: 'save', subject: { kind: 'export', id: exportId } },
    { verb: 'save', subject: { kind: 'export', id: exportId }, format: 'pdf' },
    { verb: 'constructor', exportId },
    { verb: ['list'] },
    { verb: 'LIST' },
    { verb: '__proto__' },
  ];
  for (const data of refused) {
    it(`refuses ${inspect(data).slice(0, 60)}`, () => {
      assert.equal(readCardAction(data), undefined);
    });
  }

  it('never throws and gives ids of our alphabet only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (extra, id) => {
        for (const verb of ['show', 'followGraphJob', 'list', extra])
          for (const named of [{ exportId: id }, { subject: { kind: 'export', id } }, { subject: extra }]) {
            const action = readCardAction({ verb, ...named, graphJobId: id, extra });
            if (action !== undefined && 'graphJobId' in action)
              assert.match(action.graphJobId, /^[A-Za-z0-9!_-]{1,256}$/);
            if (action !== undefined && 'subject' in action)
              assert.match(action.subject.id, /^[0-9a-f-]{36}$/i);
          }
      }),
    );
  });
});
