import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { OwnFile } from '../../src/domain/own-files/own-file.ts';
import { sampleChanges, sampleSummary } from '../../src/tools/card-pictures/sample-answers.ts';
import { sampleFile } from '../../src/tools/card-pictures/sample-files.ts';
import { messageIn, view } from '../support/bot/activities.ts';
import { useBotFloor } from '../support/bot/bot-suite.ts';
import { wordsTo } from '../support/bot/loopback-channel.ts';

const fileId = sampleFile.id;
const asOf = new Date('2026-03-02T10:00:00Z');
const reading = { summary: sampleSummary, changes: sampleChanges, asOf, bytes: 214_300 };
const file: OwnFile = {
  ...sampleFile,
  kind: 'csv',
  size: 214_300,
  state: { status: 'read' },
  keptUntil: new Date('2026-03-03T10:00:00Z'),
};

describe('bot: files', () => {
  const suite = useBotFloor();
  const attached = (name: string) => ({
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    name,
    content: { downloadUrl: `https://sample.sharepoint.com/${name}`, fileType: name.split('.')[1] },
  });

  describe('that people send', () => {
    it('are received as the sender’s, and the bot says nothing more itself', async () => {
      const place = suite.at();
      const attachments = [attached('a.csv'), attached('b.xlsx')];
      const message = messageIn(place, '', { attachments });
      await suite.floor().deliver(message);
      const [received] = suite.asked('receiveOwnFile');
      assert.deepEqual(received?.given.files, [
        { name: 'a.csv', downloadUrl: 'https://sample.sharepoint.com/a.csv' },
        { name: 'b.xlsx', downloadUrl: 'https://sample.sharepoint.com/b.xlsx' },
      ]);
      assert.equal(received.given.activityId, message.id);
      assert.equal((received.given.requester as { userId: string }).userId, message.from.aadObjectId);
      assert.deepEqual(wordsTo(suite.channel(), place.conversationId), []);
    });

    it('are received again when the message is: what happened to the first delivery is not known here', async () => {
      const message = messageIn(suite.at(), 'here', { attachments: [attached('a.csv')] });
      await suite.floor().deliver(message);
      await suite.floor().deliver(message);
      assert.equal(suite.asked('receiveOwnFile').length, 2);
    });

    it('get a word once when they are no tables, too many, or beyond the limit', async () => {
      await suite.start({
        receiveOwnFile: () => Promise.resolve({ kind: 'limitReached', limit: 'dailyPerUser', max: 3 }),
      });
      const place = suite.at();
      const six = ['1', '2', '3', '4', '5', '6'].map((name) => attached(`${name}.csv`));
      const message = messageIn(place, '', { attachments: [...six, attached('a.docx')] });
      await suite.floor().deliver(message);
      await suite.floor().deliver(message);
      assert.deepEqual(wordsTo(suite.channel(), place.conversationId), [
        'I can’t read this kind of file',
        'Not read – that is all for today',
      ]);
      await suite.start({});
      const other = suite.at();
      await suite.floor().deliver(messageIn(other, '', { attachments: six }));
      assert.deepEqual(wordsTo(suite.channel(), other.conversationId), ['I left out one file']);
    });

    it('may come with a link, which starts its export', async () => {
      const place = suite.at();
      const link = view(randomUUID(), randomUUID());
      await suite.floor().deliver(messageIn(place, link, { attachments: [attached('a.csv')] }));
      assert.equal(suite.asked('receiveOwnFile').length, 1);
      assert.equal(suite.asked('startExport').length, 1);
    });

    it('are wanted in the personal chat when they come elsewhere', async () => {
      const place = suite.at('groupChat');
      await suite.floor().deliver(messageIn(place, '', { attachments: [attached('a.csv')] }));
      assert.equal(suite.asked('receiveOwnFile').length, 0);
      assert.match(String(wordsTo(suite.channel(), place.conversationId)), /in our personal chat/);
    });
  });

  describe('and their buttons', () => {
    it('show, compare, read again and hand over, to their owner', async () => {
      const own = () => Promise.resolve({ kind: 'own' as const, file, reading });
      const url = `https://bot.example.com/d/${'x'.repeat(43)}`;
      await suite.start({
        ownFile: { show: own, readAgain: own },
        offerDownload: () => Promise.resolve({ kind: 'link', url, expiresAt: asOf }),
      });
      const place = suite.at();
      assert.match(await suite.press(place, { verb: 'showFile', fileId }), /Here is what your file says/);
      assert.match(
        await suite.press(place, { verb: 'readFileAgain', fileId }),
        /Here is what your file says/,
      );
      assert.match(await suite.press(place, { verb: 'fileChanges', fileId }), /Your file: 10 changes/);
      assert.ok((await suite.press(place, { verb: 'downloadFile', fileId })).includes(url));
      assert.deepEqual(new Set(suite.asked('show').map(({ given }) => given.fileId)), new Set([fileId]));
    });

    it('say that a file is gone, or that there is nothing to compare with', async () => {
      const place = suite.at();
      for (const verb of ['showFile', 'readFileAgain', 'fileChanges', 'downloadFile'])
        assert.match(await suite.press(place, { verb, fileId }), /don’t have that file any more/);
      await suite.start({
        ownFile: {
          show: () =>
            Promise.resolve({ kind: 'own', file, reading: { summary: sampleSummary, asOf, bytes: 1 } }),
        },
      });
      assert.match(
        await suite.press(suite.at(), { verb: 'fileChanges', fileId }),
        /nothing to compare it with/,
      );
    });
  });
});
