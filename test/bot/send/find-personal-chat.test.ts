import assert from 'node:assert/strict';
import { createFindPersonalChat } from '../../../src/bot/send/find-personal-chat.ts';
import { useScriptedRoster } from '../../support/bot/scripted-roster.ts';
import { clockAt } from '../../support/surroundings/quiet.ts';
import { someConversation, somebody } from '../../support/samples/sample-exports.ts';

describe('bot/find-personal-chat', () => {
  const roster = useScriptedRoster();
  const person = somebody({ channelUserId: '29:her' });
  const known = () =>
    someConversation({
      tenantId: person.tenantId,
      conversationId: '19:sample@thread.tacv2;messageid=1772445600000',
      serviceUrl: roster.serviceUrl(),
      kind: 'channel',
      botChannelId: '28:bot',
    });
  const find = (where = known(), isAllowed = true) =>
    createFindPersonalChat({ ...roster.deps(isAllowed), clock: clockAt('2026-03-02T10:00:00Z') })(
      person,
      where,
    );

  it('opens the chat of that person, by the service that is known', async () => {
    roster.answer([201, { id: 'a:hers' }]);
    const conversation = { ...known(), conversationId: 'a:hers', kind: 'personal' };
    assert.deepEqual(await find(), { kind: 'found', conversation });
    assert.deepEqual(roster.asked, ['/v3/conversations']);
    assert.deepEqual(roster.bodies, [
      {
        bot: { id: '28:bot' },
        members: [{ id: '29:her' }],
        isGroup: false,
        tenantId: person.tenantId,
        channelData: { tenant: { id: person.tenantId } },
      },
    ]);
  });

  it('is worth another try while Teams is busy or not well', async () => {
    for (const status of [412, 429, 500, 502, 503]) {
      roster.answer([status, {}]);
      assert.deepEqual(await find(), { kind: 'busy' }, String(status));
    }
  });

  for (const [what, given] of [
    ['refuses', [403, { error: { code: 'BotNotInConversationRoster' } }]],
    ['does not know the person', [400, { error: { code: 'BadSyntax' } }]],
    ['says nothing sensible', [200, { chat: 7 }]],
  ] as const)
    it(`finds none where Teams ${what}`, async () => {
      roster.answer(given);
      assert.deepEqual(await find(), { kind: 'none' });
    });

  it('asks neither a host that is not allowed, nor in another tenant', async () => {
    roster.answer([201, { id: 'a:hers' }]);
    assert.deepEqual(await find(known(), false), { kind: 'none' });
    assert.deepEqual(await find({ ...known(), tenantId: 'another' }), { kind: 'none' });
    assert.deepEqual(roster.asked, []);
  });
});
