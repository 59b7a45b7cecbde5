import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { summaryOf, type Card } from '../../../src/cards/blocks/adaptive-card.ts';
import { helpCard } from '../../../src/cards/talk/help-cards.ts';
import { hintCard, nearestCommandCard } from '../../../src/cards/talk/hint-card.ts';
import { en } from '../../../src/words/en/en.ts';
import { activityIn, messageIn, view } from '../../support/bot/activities.ts';
import { useBotFloor } from '../../support/bot/bot-suite.ts';
import { sentTo, wordsTo } from '../../support/bot/loopback-channel.ts';
import { buttonsOf, textOf } from '../../support/cards/card-text.ts';

describe('bot/answer-words', () => {
  const suite = useBotFloor();
  const firstWords = async (message: { conversation: { id: string } }) => {
    await suite.floor().deliver(message);
    const words = wordsTo(suite.channel(), message.conversation.id);
    assert.equal(words.length, 1);
    return words[0];
  };

  for (const text of ['help', 'HELP', 'hElP!', '/help', 'what can you do?', '“help”', '?'])
    it(`answers ${JSON.stringify(text)} with help`, async () => {
      assert.equal(await firstWords(messageIn(suite.at(), text)), summaryOf(helpCard(en)));
    });

  const hints = {
    Hi: 'greeted',
    HI: 'greeted',
    hELLo: 'greeted',
    'Hello!': 'greeted',
    'thanks a lot': 'thanked',
    '👍': 'thanked',
    'what is this thing': 'notUnderstood',
    '': 'noText',
    '   ': 'noText',
  } as const;
  for (const [text, occasion] of Object.entries(hints))
    it(`answers ${JSON.stringify(text)} in a line or two`, async () => {
      assert.equal(await firstWords(messageIn(suite.at(), text)), summaryOf(hintCard(en, occasion)));
    });

  for (const kind of ['personal', 'groupChat', 'channel'] as const)
    it(`answers nonsense in a ${kind} shortly, with one thing to do and the help a button away`, async () => {
      for (const nonsense of ['asdfgh', '§§§', '42', 'lorem ipsum dolor sit amet '.repeat(40)]) {
        const message = messageIn(suite.at(kind), nonsense);
        await suite.floor().deliver(message);
        const [sent, ...others] = sentTo(suite.channel(), message.conversation.id);
        assert.deepEqual(others, []);
        const [attachment] = sent?.body.attachments as readonly { readonly content: Card }[];
        const card = attachment?.content ?? assert.fail('it is a card');
        assert.deepEqual(buttonsOf(card), [en.buttons.help]);
        const read = `${textOf(card)} ${buttonsOf(card).join(' ')}`;
        assert.ok(read.length <= 300 && card.speak.length <= 300, read);
      }
    });

  it('answers a message without any text', async () => {
    assert.equal(await firstWords(activityIn(suite.at())), summaryOf(hintCard(en, 'noText')));
  });

  for (const [text, command] of [
    ['lits', 'list'],
    ['status', 'list'],
    ['sing out', 'signOut'],
    ['delte my data', 'deleteMyData'],
  ] as const)
    it(`points to the nearest command on ${JSON.stringify(text)}, and does nothing itself`, async () => {
      assert.equal(await firstWords(messageIn(suite.at(), text)), summaryOf(nearestCommandCard(en, command)));
      assert.deepEqual(
        suite.floor().asked.map(({ useCase }) => useCase),
        ['remember'],
      );
    });

  it('asks for no file where it takes none', async () => {
    for (const text of ['Hi', 'what is this thing', 'whatever']) {
      const message = messageIn(suite.at('groupChat'), text);
      await suite.floor().deliver(message);
      const [sent] = sentTo(suite.channel(), message.conversation.id);
      assert.match(
        JSON.stringify(sent?.body),
        /Mention me with a link to a Planner plan or a Viva Goals link/,
      );
      assert.doesNotMatch(JSON.stringify(sent?.body), /send me a/);
    }
  });

  const thread = () => ({
    ...suite.at('channel'),
    conversationId: `19:${randomUUID()}@thread.tacv2;messageid=1772445600000`,
  });
  const html = (content: string) => [{ contentType: 'text/html', content }];
  const quote = `<blockquote itemtype="http://schema.skype.com/Reply">${view(randomUUID(), randomUUID())}</blockquote>`;
  const others: readonly (readonly [what: string, message: () => ReturnType<typeof messageIn>])[] = [
    ['in a thread', () => messageIn(thread(), 'export this please')],
    ['in a group', () => messageIn(suite.at('groupChat'), '')],
    [
      'in a reply',
      () => messageIn(suite.at(), 'export this please', { attachments: html(`${quote}export this please`) }),
    ],
    [
      'in a reply with a placeholder',
      () => messageIn(suite.at(), '<quoted messageId="1"/> export this please'),
    ],
  ];
  for (const [what, message] of others)
    it(`says ${what} that it cannot read somebody else’s message`, async () => {
      assert.equal(await firstWords(message()), summaryOf(hintCard(en, 'othersMessage')));
      assert.deepEqual(suite.asked('startExport'), []);
    });

  it('says how to copy the link when it leads elsewhere', async () => {
    for (const text of ['https://bit.ly/3abcdef', 'export https://example.com/okr please'])
      assert.equal(await firstWords(messageIn(suite.at(), text)), en.answers.otherLink);
  });

  describe('a file that Teams does not hand over', () => {
    const placeholder = '<div><attachment id="f3a0"></attachment></div>';
    const link = 'https://sample.sharepoint.com/sites/okr/Goals.csv';
    const messages: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      'as a placeholder': { attachments: html(placeholder) },
      'as a reference': {
        attachments: [
          { contentType: 'reference', name: 'Goals.csv', contentUrl: link },
          ...html(placeholder),
        ],
      },
      'as a link': { attachments: html(`<a href="${link}">Goals.csv</a>`) },
      'with its own type': { attachments: [{ contentType: 'text/csv', name: 'Goals.csv' }] },
    };
    for (const [what, given] of Object.entries(messages))
      it(`is answered with words about files: ${what}`, async () => {
        for (const kind of ['groupChat', 'channel'] as const)
          for (const text of ['', 'what does it say'])
            assert.equal(
              await firstWords(messageIn(suite.at(kind), text, given)),
              en.answers.filesInPersonalChat,
            );
        assert.equal(await firstWords(messageIn(suite.at(), '', given)), en.answers.fileLink);
      });

    it('does not hinder a command, nor is a quoted message or a card a file', async () => {
      const placed = messages['as a placeholder'] ?? {};
      assert.equal(
        await firstWords(messageIn(suite.at('groupChat'), 'help', placed)),
        summaryOf(helpCard(en)),
      );
      const quoted = { attachments: [{ contentType: 'messageReference' }, ...html(placeholder)] };
      assert.equal(
        await firstWords(messageIn(suite.at('groupChat'), 'x', quoted)),
        summaryOf(hintCard(en, 'notUnderstood')),
      );
    });
  });
});
