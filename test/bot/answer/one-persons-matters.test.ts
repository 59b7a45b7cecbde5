// What concerns one person alone is begun and ended in their personal chat: the Teams store asks for that, see docs/store.md.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { activityIn, messageIn } from '../../support/bot/activities.ts';
import { useBotFloor } from '../../support/bot/bot-suite.ts';
import { wordsTo } from '../../support/bot/loopback-channel.ts';

const between = (word: string): string =>
  `That is between you and me. Write “${word}” to me in our personal chat.`;

/** Each way in, and the use cases behind it. */
const matters = [
  { said: ['sign in', 'LOGIN'], verb: 'signIn', word: 'sign in' },
  { said: ['delete my data', 'Forget me'], verb: 'myData', word: 'delete my data' },
  { said: [], verb: 'deleteMyData', word: 'delete my data' },
  { said: ['debug', 'DEBUG'], verb: 'debug', word: 'debug' },
  { said: ['schedules', 'my schedules'], verb: 'schedules', word: 'schedules' },
] as const;

describe('one person’s matters', () => {
  const suite = useBotFloor();
  /** Which use cases were asked, beside where the conversation is. */
  const asked = () => suite.floor().asked.map(({ useCase }) => useCase);
  const work = () => asked().filter((useCase) => !['remember', 'listHere'].includes(useCase));

  for (const kind of ['groupChat', 'channel'] as const)
    for (const { said, verb, word } of matters)
      it(`${word} (${verb}) is led to the personal chat from a ${kind}, and nothing of it is begun there`, async () => {
        for (const text of said) {
          const place = suite.at(kind);
          await suite.floor().deliver(messageIn(place, text));
          assert.deepEqual(wordsTo(suite.channel(), place.conversationId), [between(word)]);
        }
        assert.ok((await suite.press(suite.at(kind), { verb })).includes(between(word)), 'the button');
        assert.deepEqual(work(), []);
      });

  for (const { verb, word } of matters)
    it(`${word} (${verb}) is done in the personal chat`, async () => {
      assert.ok(!(await suite.press(suite.at(), { verb })).includes(between(word)));
      assert.notDeepEqual(work(), []);
    });

  for (const kind of ['groupChat', 'channel'] as const)
    it(`a file of somebody’s own, saving one, and the form of a schedule are not begun in a ${kind}`, async () => {
      const place = suite.at(kind);
      const contentUrl = 'https://sample.sharepoint.com/Goals.csv';
      const attachments = [
        {
          contentType: 'application/vnd.microsoft.teams.file.download.info',
          name: 'Goals.csv',
          contentUrl,
          content: { downloadUrl: contentUrl, uniqueId: 'unique', fileType: 'csv' },
        },
      ];
      await suite.floor().deliver(messageIn(place, '', { attachments }));
      assert.match(String(wordsTo(suite.channel(), place.conversationId)), /to me in our personal chat/);
      const save = { verb: 'save', subject: { kind: 'export', id: randomUUID() }, format: 'workbook' };
      assert.match(await suite.press(place, save), /our personal chat only/);
      const value = { data: { verb: 'scheduleIt', msteams: { type: 'task/fetch' } } };
      const form = activityIn(place, { type: 'invoke', name: 'task/fetch', value });
      assert.match(
        JSON.stringify((await suite.floor().deliver(form)).body),
        /Write “schedule”, the name and when/,
      );
      assert.deepEqual(work(), []);
    });
});
