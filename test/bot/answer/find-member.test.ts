import assert from 'node:assert/strict';
import { createFindMember, createNameOf } from '../../../src/bot/answer/find-member.ts';
import { useScriptedRoster } from '../../support/bot/scripted-roster.ts';
import { someConversation, somebody } from '../../support/samples/sample-exports.ts';

describe('bot/find-member', () => {
  const roster = useScriptedRoster();
  const person = somebody({ userId: 'f0e1d2c3-0000-4000-8000-000000000001', channelUserId: '29:her' });
  const find = (isAllowed = true) => {
    const conversationId = '19:sample@thread.tacv2;messageid=1772445600000';
    const there = { serviceUrl: roster.serviceUrl(), kind: 'channel' } as const;
    return createFindMember(roster.deps(isAllowed))(someConversation({ conversationId, ...there }), person);
  };
  const her = { id: '29:her', aadObjectId: person.userId, userRole: 'user' };

  it('asks the channel’s roster, not the thread’s, for that one person', async () => {
    roster.answer([200, her]);
    assert.equal(await find(), 'member');
    assert.deepEqual(roster.asked, ['/v3/conversations/19:sample@thread.tacv2/members/29:her']);
  });

  it('tells the owners of a team from its members and guests', async () => {
    for (const [userRole, standing] of [
      ['owner', 'owner'],
      ['Owner', 'owner'],
      ['user', 'member'],
      ['guest', 'member'],
      [undefined, 'member'],
    ] as const) {
      roster.answer([200, { ...her, userRole }]);
      assert.equal(await find(), standing, userRole);
    }
  });

  it('says what somebody is called, where Teams does', async () => {
    const name = () =>
      createNameOf(roster.deps())(someConversation({ serviceUrl: roster.serviceUrl() }), person);
    roster.answer([200, { ...her, name: 'Noor Sample' }], [404, {}]);
    assert.equal(await name(), 'Noor Sample');
    assert.equal(await name(), undefined);
  });

  it('knows who has gone', async () => {
    roster.answer([404, { error: { code: 'MemberNotFoundInConversation', message: 'made up' } }]);
    assert.equal(await find(), 'gone');
  });

  for (const [what, given] of [
    ['does not know the conversation', [404, { error: { code: 'ConversationNotFound' } }]],
    ['does not know the bot there', [403, { error: { code: 'BotNotInConversationRoster' } }]],
    ['is busy', [429, {}]],
    ['is not well', [500, {}]],
    ['answers 404 without saying of what', [404, {}]],
    ['says nothing sensible', [200, { people: 7 }]],
    ['names somebody else', [200, { id: '29:another', aadObjectId: 'x', userRole: 'owner' }]],
  ] as const)
    it(`does not know when Teams ${what}`, async () => {
      roster.answer(given);
      assert.equal(await find(), 'unknown');
    });

  it('asks no host that is not allowed', async () => {
    roster.answer([200, her]);
    assert.equal(await find(false), 'unknown');
    assert.deepEqual(roster.asked, []);
  });
});
