import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { OwnFile } from '../../src/domain/own-files/own-file.ts';
import { sampleChanges, sampleSummary } from '../../src/tools/card-pictures/sample-answers.ts';
import { sampleFile } from '../../src/tools/card-pictures/sample-files.ts';
import { activityIn, executeIn, messageIn, view } from '../support/activities.ts';
import type { Place } from '../support/activities.ts';
import { startBotFloor } from '../support/bot-floor.ts';
import type { Answered, BotFloor, Overrides } from '../support/bot-floor.ts';
import { answer, startLoopbackChannel } from '../support/loopback-channel.ts';
import type { LoopbackChannel } from '../support/loopback-channel.ts';
import { sentTo, wordsTo } from '../support/sent-words.ts';

const fileId = sampleFile.id;
const asOf = new Date('2026-03-02T10:00:00Z');
const reading = { summary: sampleSummary, changes: sampleChanges, asOf, bytes: 214_300 };
const file: OwnFile = {
  ...{ ...sampleFile, kind: 'csv', size: 214_300, state: { status: 'read' } },
  keptUntil: new Date('2026-03-03T10:00:00Z'),
};
const offerId = 'o'.repeat(43);
const uploadInfo = {
  ...{ name: 'OKRs.xlsx', uniqueId: 'unique', fileType: 'xlsx' },
  uploadUrl: 'https://sample.sharepoint.com/upload?tempauth=secret',
  contentUrl: 'https://sample.sharepoint.com/personal/OKRs.xlsx',
};

describe('bot: files', () => {
  let channel: LoopbackChannel;
  let floor: BotFloor;
  let started: BotFloor[] = [];
  const start = async (overrides: Overrides = {}) => {
    floor = await startBotFloor(channel, overrides);
    started.push(floor);
  };
  before(async () => {
    channel = await startLoopbackChannel();
  });
  beforeEach(() => start());
  afterEach(async () => {
    for (const each of started) await each.stop();
    started = [];
  });
  after(() => channel.stop());

  const at = (kind: NonNullable<Place['kind']> = 'personal') => ({
    ...{ serviceUrl: channel.serviceUrl, botId: floor.botId, tenantId: floor.tenantId, kind },
    conversationId: randomUUID(),
  });
  const attached = (name: string) => ({
    ...{ contentType: 'application/vnd.microsoft.teams.file.download.info', name },
    content: { downloadUrl: `https://sample.sharepoint.com/${name}`, fileType: name.split('.')[1] },
  });
  const asked = (useCase: string) => floor.asked.filter((one) => one.useCase === useCase);
  const shown = ({ status, body }: Answered) => {
    assert.equal(status, 200);
    const { statusCode, value } = body as { statusCode: number; value: unknown };
    assert.equal(statusCode, 200);
    return JSON.stringify(value);
  };
  const press = async (place: ReturnType<typeof at>, data: object) =>
    shown(await floor.deliver(executeIn(place, data)));

  describe('that people send', () => {
    it('are received as the sender’s, and the bot says nothing more itself', async () => {
      const place = at();
      const attachments = [attached('a.csv'), attached('b.xlsx')];
      const message = messageIn(place, '', { attachments });
      await floor.deliver(message);
      const [received] = asked('receiveOwnFile');
      assert.deepEqual(received?.given.files, [
        { name: 'a.csv', downloadUrl: 'https://sample.sharepoint.com/a.csv' },
        { name: 'b.xlsx', downloadUrl: 'https://sample.sharepoint.com/b.xlsx' },
      ]);
      assert.equal(received.given.activityId, message.id);
      assert.equal((received.given.requester as { userId: string }).userId, message.from.aadObjectId);
      assert.deepEqual(wordsTo(channel, place.conversationId), []);
    });

    it('are received again when the message is: what happened to the first delivery is not known here', async () => {
      const message = messageIn(at(), 'here', { attachments: [attached('a.csv')] });
      await floor.deliver(message);
      await floor.deliver(message);
      assert.equal(asked('receiveOwnFile').length, 2);
    });

    it('get a word once when they are no tables, too many, or beyond the limit', async () => {
      await start({
        receiveOwnFile: () => Promise.resolve({ kind: 'limitReached', limit: 'dailyPerUser', most: 3 }),
      });
      const place = at();
      const six = ['1', '2', '3', '4', '5', '6'].map((name) => attached(`${name}.csv`));
      const message = messageIn(place, '', { attachments: [...six, attached('a.docx')] });
      await floor.deliver(message);
      await floor.deliver(message);
      assert.deepEqual(wordsTo(channel, place.conversationId), [
        'I can’t read this kind of file',
        'Not taken – that is all for today',
      ]);
      await start();
      const other = at();
      await floor.deliver(messageIn(other, '', { attachments: six }));
      assert.deepEqual(wordsTo(channel, other.conversationId), ['I left out one file']);
    });

    it('may come with a link, which starts its export', async () => {
      const place = at();
      const link = view(randomUUID(), randomUUID());
      await floor.deliver(messageIn(place, link, { attachments: [attached('a.csv')] }));
      assert.equal(asked('receiveOwnFile').length, 1);
      assert.equal(asked('startExport').length, 1);
    });

    it('are wanted in the personal chat when they come elsewhere', async () => {
      const place = at('groupChat');
      await floor.deliver(messageIn(place, '', { attachments: [attached('a.csv')] }));
      assert.equal(asked('receiveOwnFile').length, 0);
      assert.match(String(wordsTo(channel, place.conversationId)), /in our personal chat/);
    });
  });

  describe('and their buttons', () => {
    it('show, compare, read again and hand over, to their owner', async () => {
      const own = () => Promise.resolve({ kind: 'own' as const, file, reading });
      const url = `https://bot.example.com/d/${'x'.repeat(43)}`;
      await start({
        ownFile: { show: own, readAgain: own },
        offerOwnFile: () => Promise.resolve({ kind: 'link', url, expiresAt: asOf, file }),
      });
      const place = at();
      assert.match(await press(place, { verb: 'showFile', fileId }), /Here is what your file says/);
      assert.match(await press(place, { verb: 'readFileAgain', fileId }), /Here is what your file says/);
      assert.match(await press(place, { verb: 'fileChanges', fileId }), /Your file: 10 changes/);
      assert.ok((await press(place, { verb: 'downloadFile', fileId })).includes(url));
      assert.deepEqual(new Set(asked('show').map(({ given }) => given.fileId)), new Set([fileId]));
    });

    it('say that a file is gone, or that there is nothing to compare with', async () => {
      const place = at();
      for (const verb of ['showFile', 'readFileAgain', 'fileChanges', 'downloadFile'])
        assert.match(await press(place, { verb, fileId }), /don’t have that file any more/);
      await start({
        ownFile: {
          show: () =>
            Promise.resolve({ kind: 'own', file, reading: { summary: sampleSummary, asOf, bytes: 1 } }),
        },
      });
      assert.match(await press(at(), { verb: 'fileChanges', fileId }), /nothing to compare it with/);
    });
  });

  describe('saved to OneDrive', () => {
    const offering: Overrides = {
      saveToOneDrive: {
        offer: () => Promise.resolve({ kind: 'offer', offerId, fileName: 'OKRs.xlsx', bytes: 4096 }),
      },
    };
    const consentIn = (place: ReturnType<typeof at>, value: unknown) =>
      activityIn(place, { type: 'invoke', name: 'fileConsent/invoke', replyToId: '177244', value });

    for (const [verb, source, format] of [
      ['saveWorkbook', { kind: 'export', id: fileId }, 'workbook'],
      ['saveOriginal', { kind: 'export', id: fileId }, 'original'],
      ['saveFileSpreadsheetCsv', { kind: 'ownFile', id: fileId }, 'spreadsheetCsv'],
    ] as const)
      it(`${verb}: Teams asks, with nothing but an opaque id`, async () => {
        await start(offering);
        const place = at();
        const id = source.kind === 'export' ? { exportId: fileId } : { fileId };
        assert.match(await press(place, { verb, ...id }), /Teams asks you below/);
        const [offered] = asked('offer');
        assert.deepEqual([offered?.given.source, offered?.given.format], [source, format]);
        const [posted] = sentTo(channel, place.conversationId);
        const [card] = posted?.body.attachments as { contentType: string; name: string; content: object }[];
        assert.equal(card?.contentType, 'application/vnd.microsoft.teams.card.file.consent');
        assert.equal(card.name, 'OKRs.xlsx');
        assert.deepEqual(card.content, {
          description: 'Made from your export. Shall I save it to your OneDrive?',
          ...{ sizeInBytes: 4096, acceptContext: { offerId }, declineContext: { offerId } },
        });
      });

    it('is not asked where Teams has no such question', async () => {
      await start(offering);
      assert.match(
        await press(at('groupChat'), { verb: 'saveWorkbook', exportId: fileId }),
        /personal chat only/,
      );
      assert.equal(asked('offer').length, 0);
    });

    it('says why when there is nothing to save', async () => {
      const place = at();
      assert.match(await press(place, { verb: 'saveWorkbook', exportId: fileId }), /Not an export of yours/);
      assert.match(await press(place, { verb: 'saveFileOriginal', fileId }), /don’t have that file/);
      await start({ saveToOneDrive: { offer: () => Promise.resolve({ kind: 'notReady' }) } });
      assert.match(await press(at(), { verb: 'saveWorkbook', exportId: fileId }), /no file to save/);
    });

    it('goes on when the person accepts, and the question goes away', async () => {
      const place = at();
      const accepted = consentIn(place, {
        ...{ type: 'fileUpload', action: 'accept', context: { offerId }, uploadInfo },
      });
      assert.equal((await floor.deliver(accepted)).status, 200);
      const [given] = asked('accept').map((one) => one.given);
      assert.deepEqual([given?.offerId, given?.target], [offerId, uploadInfo]);
      assert.equal((given?.requester as { userId: string }).userId, accepted.from.aadObjectId);
      const sent = sentTo(channel, place.conversationId);
      assert.deepEqual(
        sent.map(({ method, path }) => [method, path.split('/').at(-1)]),
        [['DELETE', '177244']],
      );
    });

    it('offers the download when the person declines', async () => {
      await start({
        saveToOneDrive: {
          decline: () =>
            Promise.resolve({ kind: 'declined', source: { kind: 'export', id: fileId }, format: 'workbook' }),
        },
      });
      const place = at();
      const declined = consentIn(place, { type: 'fileUpload', action: 'decline', context: { offerId } });
      assert.equal((await floor.deliver(declined)).status, 200);
      assert.ok(wordsTo(channel, place.conversationId).includes('Not saved, as you wished'));
    });

    it('says so when the question is not open any more, or not this person’s', async () => {
      await start({ saveToOneDrive: { accept: () => Promise.resolve('notFound') } });
      const place = at();
      await floor.deliver(consentIn(place, { action: 'accept', context: { offerId }, uploadInfo }));
      assert.match(String(wordsTo(channel, place.conversationId)), /not open any more/);
    });

    for (const value of [
      undefined,
      { action: 'accept', context: { offerId } },
      { action: 'accept', context: { offerId: '../x' }, uploadInfo },
      { action: 'accept', context: { offerId }, uploadInfo: { ...uploadInfo, uploadUrl: 'javascript:x' } },
      { action: 'erase', context: { offerId } },
    ])
      it(`refuses ${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'}`, async () => {
        assert.equal((await floor.deliver(consentIn(at(), value))).status, 400);
        assert.deepEqual([...asked('accept'), ...asked('decline')], []);
      });

    it('tells the person when something broke, and keeps the question', async () => {
      await start({ saveToOneDrive: { accept: () => Promise.reject(new Error('no database')) } });
      const place = at();
      const given = await floor.deliver(
        consentIn(place, { action: 'accept', context: { offerId }, uploadInfo }),
      );
      assert.equal(given.status, 200);
      assert.deepEqual(
        sentTo(channel, place.conversationId).map(({ method }) => method),
        ['POST'],
      );
      assert.match(String(wordsTo(channel, place.conversationId)), /Something went wrong/);
    });

    it('leaves a question that the channel cannot take away', async () => {
      channel.misbehave((response) => answer(response, 501, { error: { code: 'NotImplemented' } }));
      const accepted = consentIn(at(), { action: 'accept', context: { offerId }, uploadInfo });
      assert.equal((await floor.deliver(accepted)).status, 200);
      assert.equal(asked('accept').length, 1);
    });
  });
});
