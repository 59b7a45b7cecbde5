import { targetOf } from '../../../src/sources/goals/explorer-url.ts';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { summaryOf } from '../../../src/cards/blocks/adaptive-card.ts';
import { limitCard } from '../../../src/cards/talk/not-done-cards.ts';
import { linkHelpCard } from '../../../src/cards/talk/link-cards.ts';
import { listOfferCard } from '../../../src/cards/list/list-card.ts';
import { signedOutCard } from '../../../src/cards/talk/sign-in-cards.ts';
import { en } from '../../../src/words/en/en.ts';
import { messageIn, view } from '../../support/bot/activities.ts';
import { useBotFloor } from '../../support/bot/bot-suite.ts';
import type { Place } from '../../support/bot/activities.ts';
import { wordsTo } from '../../support/bot/loopback-channel.ts';

describe('bot/on-message', () => {
  const { channel, floor, start } = useBotFloor();

  const at = (kind: NonNullable<Place['kind']> = 'personal') => ({
    serviceUrl: channel().serviceUrl,
    botId: floor().botId,
    tenantId: floor().tenantId,
    kind,
    conversationId:
      kind === 'channel' ? `19:${randomUUID()}@thread.tacv2;messageid=1772445600000` : randomUUID(),
  });
  const someViews = (count: number) =>
    Array.from({ length: count }, () => ({ organizationId: randomUUID(), viewId: randomUUID() }));
  const linkOf = ({ organizationId, viewId }: { organizationId: string; viewId: string }) =>
    view(organizationId, viewId);
  const wishes = () =>
    floor()
      .asked.filter(({ useCase }) => useCase === 'startExport')
      .map(({ given }) => given);

  it('keeps where a link was said beside its export, which does not wait for that', async () => {
    const begun = Promise.withResolvers<undefined>();
    const { inbound, conversations } = floor().stores;
    await start({
      stores: {
        inbound,
        conversations: {
          ...conversations,
          remember: async (conversation) => {
            await begun.promise;
            return conversations.remember(conversation);
          },
        },
      },
      startExport: () => {
        begun.resolve(undefined);
        return Promise.resolve({ kind: 'started', exportId: randomUUID() });
      },
    });
    const [wanted] = someViews(1);
    assert.ok(wanted);
    const { status } = await floor().deliver(messageIn(at(), linkOf(wanted)));
    assert.equal(status, 200);
  });

  for (const kind of ['personal', 'groupChat', 'channel'] as const) {
    it(`starts an export for a link in a ${kind} conversation, as the sender, and says nothing itself`, async () => {
      const place = at(kind);
      const [wanted] = someViews(1);
      assert.ok(wanted);
      const message = messageIn(place, `please ${linkOf(wanted)}`);
      const { status, text } = await floor().deliver(message);
      assert.deepEqual([status, text], [200, '']);
      const [wish] = wishes();
      assert.deepEqual(wish?.target, targetOf(wanted));
      assert.deepEqual(wish.requester, {
        tenantId: place.tenantId,
        userId: message.from.aadObjectId,
        name: 'Sample Person',
        channelUserId: message.from.id,
        locale: 'en-GB',
      });
      assert.deepEqual(wish.conversation, {
        tenantId: place.tenantId,
        conversationId: place.conversationId,
        kind,
        serviceUrl: channel().serviceUrl,
        botChannelId: `28:${floor().botId}`,
      });
      assert.deepEqual(wordsTo(channel(), place.conversationId), []);
    });
  }

  it('takes five links in their order, and names the rest', async () => {
    const place = at();
    const views = someViews(7);
    await floor().deliver(messageIn(place, views.map(linkOf).join('\n')));
    assert.deepEqual(
      wishes().map(({ target }) => target),
      views.slice(0, 5).map(targetOf),
    );
    assert.deepEqual(wordsTo(channel(), place.conversationId), ['I left out 2 links']);
  });

  it('helps with a link that is no saved view, and exports the one beside it', async () => {
    const place = at();
    const [wanted] = someViews(1);
    assert.ok(wanted);
    await floor().deliver(messageIn(place, `${linkOf(wanted)} https://goals.microsoft.com/home`));
    assert.equal(wishes().length, 1);
    assert.deepEqual(wordsTo(channel(), place.conversationId), [
      summaryOf(linkHelpCard(en, 'goals', ['otherPage'])),
    ]);
  });

  it('says once that a limit is reached, and still follows what is open', async () => {
    const reached = { kind: 'limitReached', limit: 'openPerUser', max: 5 } as const;
    await start({ startExport: () => Promise.resolve(reached) });
    const place = at();
    await floor().deliver(messageIn(place, someViews(3).map(linkOf).join(' ')));
    assert.equal(wishes().length, 3);
    assert.deepEqual(wordsTo(channel(), place.conversationId), [summaryOf(limitCard(en, 'openPerUser', 5))]);
  });

  it('lists in a personal chat, and offers the list where others read along', async () => {
    for (const [kind, words] of [
      ['personal', 'Your exports'],
      ['groupChat', summaryOf(listOfferCard(en))],
      ['channel', summaryOf(listOfferCard(en))],
    ] as const) {
      const place = at(kind);
      await floor().deliver(messageIn(place, 'List'));
      assert.deepEqual(wordsTo(channel(), place.conversationId), [words]);
    }
    assert.equal(floor().asked.filter(({ useCase }) => useCase === 'listExports').length, 1);
  });

  for (const text of ['sign out', 'Signout', 'logout.']) {
    it(`signs out on ${JSON.stringify(text)}, the sender only`, async () => {
      const place = at();
      const message = messageIn(place, text);
      await floor().deliver(message);
      const given = floor().asked.find(({ useCase }) => useCase === 'signOut')?.given;
      assert.equal((given?.requester as { userId: string }).userId, message.from.aadObjectId);
      assert.deepEqual(wordsTo(channel(), place.conversationId), [
        summaryOf(signedOutCard(en, { waiting: 0, hadTokens: true })),
      ]);
    });
  }

  describe('an edit', () => {
    const edited = (message: object, text: string, eventType = 'editMessage') => ({
      ...message,
      type: 'messageUpdate',
      text,
      channelData: { eventType },
    });

    it('starts an export when the message had no link, once', async () => {
      const place = at();
      const links = someViews(2).map(linkOf);
      const message = messageIn(place, 'please wait');
      await floor().deliver(message);
      await floor().deliver(edited(message, links[0] ?? ''));
      await floor().deliver(edited(message, links[1] ?? ''));
      assert.equal(wishes().length, 1);
    });

    it('S4 is heard again when it is delivered again, because its process may have died', async () => {
      const place = at();
      const message = messageIn(place, 'please wait');
      await floor().deliver(message);
      const edit = edited(message, linkOf(someViews(1)[0] ?? assert.fail()));
      await floor().deliver(edit);
      await floor().deliver(edit);
      assert.equal(wishes().length, 2);
      const [first, second] = wishes();
      assert.deepEqual(first, second);
    });

    it('starts nothing when the message had one, nor when it is undone', async () => {
      const place = at();
      const links = someViews(2).map(linkOf);
      const message = messageIn(place, links[0] ?? '');
      await floor().deliver(message);
      await floor().deliver(edited(message, links[1] ?? ''));
      await floor().deliver(edited(message, links[0] ?? '', 'undeleteMessage'));
      assert.equal(wishes().length, 1);
    });

    it('to other words, or a deletion, is answered with nothing', async () => {
      const place = at();
      const message = messageIn(place, 'hi');
      await floor().deliver(message);
      const before = channel().sent.length;
      for (const update of [
        edited(message, 'help'),
        { ...edited(message, 'help'), channelData: undefined },
        { ...message, type: 'messageDelete', text: undefined },
      ])
        assert.equal((await floor().deliver(update)).status, 200);
      assert.equal(channel().sent.length, before);
    });
  });
});
