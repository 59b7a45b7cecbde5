import assert from 'node:assert/strict';
import { createCountOthers } from '../../../src/bot/answer/count-others.ts';
import { useScriptedRoster } from '../../support/bot/scripted-roster.ts';
import { someConversation, somebody } from '../../support/samples/sample-exports.ts';

describe('bot/count-others', () => {
  const roster = useScriptedRoster();
  const people = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `29:${index}` }));
  const asker = somebody({ userId: 'F0E1D2C3-0000-4000-8000-000000000001', channelUserId: '29:asker' });
  const count = (conversationId: string, isAllowed = true) => {
    const there = { serviceUrl: roster.serviceUrl(), kind: 'channel', botChannelId: '28:bot' } as const;
    return createCountOthers(roster.deps(isAllowed))(someConversation({ conversationId, ...there }), asker);
  };

  it('adds up the pages of the channel’s roster, not the thread’s', async () => {
    roster.answer([200, { members: people(500), continuationToken: 'next' }], [200, { members: people(37) }]);
    assert.equal(await count('19:sample@thread.tacv2;messageid=1772445600000'), 537);
    assert.deepEqual(roster.asked, [
      '/v3/conversations/19:sample@thread.tacv2/pagedmembers?pageSize=500',
      '/v3/conversations/19:sample@thread.tacv2/pagedmembers?pageSize=500&continuationToken=next',
    ]);
  });

  it('leaves out whoever asks, and every bot', async () => {
    roster.answer([
      200,
      {
        members: [
          ...people(2),
          // Teams names the same person by either id.
          { id: '29:asker', aadObjectId: null },
          { id: '29:in-a-channel', aadObjectId: asker.userId.toLowerCase() },
          { id: '28:bot' },
          { id: '28:another', aadObjectId: 'x' },
        ],
      },
    ]);
    assert.equal(await count('19:sample@thread.v2'), 2);
    roster.answer([200, { members: [{ id: '29:asker' }, { id: '28:bot' }] }]);
    assert.equal(await count('19:sample@thread.v2'), 0, 'nobody else, and that is known');
  });

  for (const [what, given] of [
    ['refuses', [[403, { error: { code: 'BotNotInConversationRoster' } }]]],
    [
      'breaks off',
      [
        [200, { members: people(500), continuationToken: 'next' }],
        [404, {}],
      ],
    ],
    ['says nothing sensible', [[200, { people: 7 }]]],
    ['names nobody', [[200, { members: [] }]]],
  ] as const)
    it(`does not know when Teams ${what}`, async () => {
      roster.answer(...given);
      assert.equal(await count('19:sample@thread.v2'), undefined);
    });

  it('asks no host that is not allowed', async () => {
    roster.answer([200, { members: people(2) }]);
    assert.equal(await count('19:sample@thread.v2', false), undefined);
    assert.deepEqual(roster.asked, []);
  });
});
