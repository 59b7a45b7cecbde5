import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readActivity, isReplyInThread, readTurn, type Turn } from '../../../src/bot/receive/turn.ts';
import { createWordsFor, languages } from '../../../src/words/words.ts';
import { activityIn, messageIn } from '../../support/bot/activities.ts';

const place = { serviceUrl: 'https://smba.trafficmanager.net/emea/', botId: 'bot', tenantId: randomUUID() };
const read = (activity: object): Turn | undefined => {
  const reading = readActivity(activity);
  return reading && readTurn(reading, createWordsFor(languages));
};

describe('bot/turn', () => {
  it('reads who and where', () => {
    const userId = randomUUID();
    const from = { id: '29:person', name: 'Sample Person', aadObjectId: userId.toUpperCase() };
    const turn = read(messageIn({ ...place, kind: 'channel' }, 'help', { from }));
    assert.deepEqual(turn?.requester, {
      tenantId: place.tenantId,
      userId,
      name: 'Sample Person',
      channelUserId: '29:person',
      locale: 'en-GB',
    });
    assert.deepEqual(turn.conversation, {
      tenantId: place.tenantId,
      kind: 'channel',
      serviceUrl: place.serviceUrl,
      botChannelId: '28:bot',
      conversationId: '19:sample-channel@thread.tacv2;messageid=1772445600000',
    });
  });

  it('keeps the language with the person, and passes over one that is none', () => {
    const from = { id: '29:person', name: 'Sample Person', aadObjectId: randomUUID() };
    const localeOf = (locale: unknown) => read(activityIn(place, { from, locale }))?.requester?.locale;
    assert.deepEqual(['de-DE', 'zh-Hans-CN'].map(localeOf), ['de-DE', 'zh-Hans-CN']);
    assert.deepEqual(['', 'a', '../de', 7, null, undefined].map(localeOf), Array(6).fill(undefined));
  });

  it('takes the tenant from the channel data when the conversation names none', () => {
    const conversation = { id: 'a:1', conversationType: 'personal' };
    assert.equal(read(activityIn(place, { conversation }))?.conversation.tenantId, place.tenantId);
  });

  for (const aadObjectId of [undefined, '', 'sample.person@example.com', 7, null]) {
    it(`knows no person by the object id ${JSON.stringify(aadObjectId)}`, () => {
      const turn = read(activityIn(place, { from: { id: '29:x', name: 'X', aadObjectId } }));
      assert.ok(turn);
      assert.equal(turn.requester, undefined);
    });
  }

  const nowhere: readonly (readonly [string, object])[] = [
    ['no conversation', { conversation: undefined }],
    ['a conversation without id', { conversation: { tenantId: place.tenantId } }],
    ['no recipient', { recipient: undefined }],
    ['no tenant', { conversation: { id: 'a:1' }, channelData: undefined }],
    ['a tenant that is no text', { conversation: { id: 'a:1', tenantId: 7 }, channelData: { tenant: null } }],
  ];
  for (const [what, given] of nowhere) {
    it(`reads no turn from an activity with ${what}`, () => {
      assert.equal(read(activityIn(place, { ...given })), undefined);
    });
  }

  const kinds = [
    [{ conversationType: 'personal' }, 'personal'],
    [{ conversationType: 'personal', isGroup: true }, 'groupChat'],
    [{ conversationType: 'groupChat' }, 'groupChat'],
    [{ conversationType: 'channel' }, 'channel'],
    [{ conversationType: 'somethingNew' }, 'groupChat'],
    [{}, 'groupChat'],
  ] as const;
  for (const [given, kind] of kinds) {
    it(`takes ${JSON.stringify(given)} for ${kind}`, () => {
      const conversation = { id: 'x', tenantId: place.tenantId, ...given };
      assert.equal(read(activityIn(place, { conversation }))?.conversation.kind, kind);
    });
  }

  it('tells a reply in a thread from the post that opens it', () => {
    const inChannel = { ...place, kind: 'channel' as const };
    const reply = read(messageIn(inChannel, 'export this'));
    const post = read(messageIn(inChannel, 'export this', { id: '1772445600000' }));
    assert.deepEqual([reply && isReplyInThread(reply), post && isReplyInThread(post)], [true, false]);
  });
});
