import assert from 'node:assert/strict';
import type { Overrides } from '../support/bot/bot-floor.ts';
import { sampleFile } from '../../src/tools/card-pictures/sample-files.ts';
import { activityIn } from '../support/bot/activities.ts';
import type { PlaceIn } from '../support/bot/bot-suite.ts';
import { useBotFloor } from '../support/bot/bot-suite.ts';
import { answer, sentTo, wordsTo } from '../support/bot/loopback-channel.ts';

const fileId = sampleFile.id;
const offerId = 'o'.repeat(43);
const uploadInfo = {
  name: 'OKRs.xlsx',
  uniqueId: 'unique',
  fileType: 'xlsx',
  uploadUrl: 'https://sample.sharepoint.com/upload?tempauth=secret',
  contentUrl: 'https://sample.sharepoint.com/personal/OKRs.xlsx',
};

describe('bot: saving to OneDrive', () => {
  const suite = useBotFloor();
  const offering: Overrides = {
    saveToOneDrive: {
      offer: () => Promise.resolve({ kind: 'offer', offerId, fileName: 'OKRs.xlsx', bytes: 4096 }),
    },
  };
  const consentIn = (place: PlaceIn, value: unknown) =>
    activityIn(place, { type: 'invoke', name: 'fileConsent/invoke', replyToId: '177244', value });

  for (const [verb, subject, format] of [
    ['saveWorkbook', { kind: 'export', id: fileId }, 'workbook'],
    ['saveOriginal', { kind: 'export', id: fileId }, 'original'],
    ['saveFileSpreadsheetCsv', { kind: 'ownFile', id: fileId }, 'spreadsheetCsv'],
  ] as const)
    it(`${verb}: Teams asks, with nothing but an opaque id`, async () => {
      await suite.start(offering);
      const place = suite.at();
      const id = subject.kind === 'export' ? { exportId: fileId } : { fileId };
      assert.match(await suite.press(place, { verb, ...id }), /Teams asks you below/);
      const [offered] = suite.asked('offer');
      assert.deepEqual([offered?.given.subject, offered?.given.format], [subject, format]);
      const [posted] = sentTo(suite.channel(), place.conversationId);
      const [card] = posted?.body.attachments as { contentType: string; name: string; content: object }[];
      assert.equal(card?.contentType, 'application/vnd.microsoft.teams.card.file.consent');
      assert.equal(card.name, 'OKRs.xlsx');
      assert.deepEqual(card.content, {
        description: 'Shall I save this file to your OneDrive?',
        sizeInBytes: 4096,
        acceptContext: { offerId },
        declineContext: { offerId },
      });
    });

  it('is not asked where Teams has no such question', async () => {
    await suite.start(offering);
    assert.match(
      await suite.press(suite.at('groupChat'), { verb: 'saveWorkbook', exportId: fileId }),
      /personal chat only/,
    );
    assert.equal(suite.asked('offer').length, 0);
  });

  it('says why when there is nothing to save', async () => {
    const place = suite.at();
    assert.match(
      await suite.press(place, { verb: 'saveWorkbook', exportId: fileId }),
      /Not an export of yours/,
    );
    assert.match(await suite.press(place, { verb: 'saveFileOriginal', fileId }), /don’t have that file/);
    await suite.start({ saveToOneDrive: { offer: () => Promise.resolve({ kind: 'notReady' }) } });
    assert.match(
      await suite.press(suite.at(), { verb: 'saveWorkbook', exportId: fileId }),
      /no file to save/,
    );
  });

  it('goes on when the person accepts, and names the question, which is to go', async () => {
    const place = suite.at();
    const accepted = consentIn(place, {
      type: 'fileUpload',
      action: 'accept',
      context: { offerId },
      uploadInfo,
    });
    assert.equal((await suite.floor().deliver(accepted)).status, 200);
    const [given] = suite.asked('accept').map((one) => one.given);
    assert.deepEqual([given?.offerId, given?.target], [offerId, uploadInfo]);
    assert.equal((given?.requester as { userId: string }).userId, accepted.from.aadObjectId);
    assert.equal((given?.question as { activityId: string }).activityId, '177244');
    assert.deepEqual(sentTo(suite.channel(), place.conversationId), []);
  });

  for (const action of ['accept', 'decline'])
    it(`takes no card away from a group, whoever says that they ${action} there`, async () => {
      const place = suite.at('groupChat');
      const value = { type: 'fileUpload', action, context: { offerId }, uploadInfo };
      assert.equal((await suite.floor().deliver(consentIn(place, value))).status, 200);
      assert.equal(suite.asked(action as 'accept').at(-1)?.given.question, undefined);
    });

  const { uniqueId: _id, fileType: _type, ...bare } = uploadInfo;
  for (const [name, given, target] of [
    ['without a type', { ...bare, uniqueId: 'unique' }, { ...bare, uniqueId: 'unique' }],
    ['without an id', { ...bare, fileType: 'xlsx' }, { ...bare, fileType: 'xlsx' }],
    ['without both', bare, bare],
    ['with null for both', { ...bare, uniqueId: null, fileType: null }, bare],
  ] as const)
    it(`takes a consent ${name}`, async () => {
      const value = { type: 'fileUpload', action: 'accept', context: { offerId }, uploadInfo: given };
      assert.equal((await suite.floor().deliver(consentIn(suite.at(), value))).status, 200);
      assert.deepEqual(suite.asked('accept').at(-1)?.given.target, target);
    });

  it('offers the download when the person declines', async () => {
    await suite.start({
      saveToOneDrive: {
        decline: () =>
          Promise.resolve({ kind: 'declined', subject: { kind: 'export', id: fileId }, format: 'workbook' }),
      },
    });
    const place = suite.at();
    const declined = consentIn(place, { type: 'fileUpload', action: 'decline', context: { offerId } });
    assert.equal((await suite.floor().deliver(declined)).status, 200);
    assert.ok(wordsTo(suite.channel(), place.conversationId).includes('Not saved'));
  });

  it('says so when the question is not open any more, or not this person’s', async () => {
    await suite.start({ saveToOneDrive: { accept: () => Promise.resolve('notFound') } });
    const place = suite.at();
    await suite.floor().deliver(consentIn(place, { action: 'accept', context: { offerId }, uploadInfo }));
    assert.match(String(wordsTo(suite.channel(), place.conversationId)), /no longer open/);
  });

  for (const value of [
    null,
    { action: 'accept', context: { offerId } },
    { action: 'accept', context: { offerId: '../x' }, uploadInfo },
    { action: 'accept', context: { offerId }, uploadInfo: { ...uploadInfo, uploadUrl: 'javascript:x' } },
    { action: 'erase', context: { offerId } },
  ])
    it(`refuses ${JSON.stringify(value).slice(0, 60)}`, async () => {
      assert.equal((await suite.floor().deliver(consentIn(suite.at(), value))).status, 400);
      assert.deepEqual([...suite.asked('accept'), ...suite.asked('decline')], []);
    });

  it('tells the person when something broke, and keeps the question', async () => {
    await suite.start({ saveToOneDrive: { accept: () => Promise.reject(new Error('no database')) } });
    const place = suite.at();
    const given = await suite
      .floor()
      .deliver(consentIn(place, { action: 'accept', context: { offerId }, uploadInfo }));
    assert.equal(given.status, 200);
    assert.deepEqual(
      sentTo(suite.channel(), place.conversationId).map(({ method }) => method),
      ['POST'],
    );
    assert.match(String(wordsTo(suite.channel(), place.conversationId)), /Something went wrong/);
  });

  it('leaves a question that the channel cannot take away', async () => {
    suite.channel().misbehave((response) => answer(response, 501, { error: { code: 'NotImplemented' } }));
    const accepted = consentIn(suite.at(), { action: 'accept', context: { offerId }, uploadInfo });
    assert.equal((await suite.floor().deliver(accepted)).status, 200);
    assert.equal(suite.asked('accept').length, 1);
  });
});
