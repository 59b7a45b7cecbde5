/** What the connector’s refusals mean: for one message, or for its whole conversation. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { textActivity } from '../../../src/bot/send/outbound-activities.ts';
import {
  answer,
  startLoopbackChannel,
  type LoopbackChannel,
  type Misbehaviour,
} from '../../support/bot/loopback-channel.ts';
import { clockAt, collectingLog } from '../../support/surroundings/quiet.ts';
import { someConversation } from '../../support/samples/sample-exports.ts';
import { connectTo } from '../../support/bot/teams-connection.ts';

describe('bot/send-outcome', () => {
  let channel: LoopbackChannel;
  before(async () => {
    channel = await startLoopbackChannel();
  });
  after(() => channel.stop());

  const said =
    (status: number, body: object): Misbehaviour =>
    (response) =>
      answer(response, status, body);
  const coded = (status: number, code: string): Misbehaviour =>
    said(status, { error: { code, message: 'Sample' } });
  const onTheWay =
    (status: number): Misbehaviour =>
    (response) => {
      response.writeHead(status, { 'Content-Type': 'text/html' });
      response.end('<html><title>No</title><p>BotNotInConversationRoster</p></html>');
    };
  /** How Microsoft documents it: without an envelope, the code in JSON within a string. */
  const subCode = said(403, {
    errorCode: 209,
    message: '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "Thread is blocked."\r\n}',
  });
  const innerHttpError = { statusCode: 403, body: { error: { code: 'BotNotInConversationRoster' } } };

  const ofConversation = { post: 'blocked', put: 'blocked' };
  const ofOneMessage = { post: 'busy', put: 'refused' };
  const forGood = { post: 'gone', put: 'gone' };
  const rows: readonly { fault: string; answered: Misbehaviour; post: string; put: string }[] = [
    ...[
      'BotNotInConversationRoster',
      'botnotinconversationroster',
      'BotDisabledByAdmin',
      'ConversationBlockedByUser',
      'ForbiddenOperationException',
      'InvalidBotApiHost',
      'MessageWritesBlocked',
    ].map((code) => ({ fault: `C2 403 ${code}`, answered: coded(403, code), ...ofConversation })),
    {
      fault: 'C1 404 BotNotInConversationRoster',
      answered: coded(404, 'BotNotInConversationRoster'),
      ...ofConversation,
    },
    {
      fault: 'C1 403 whose code is the whole error',
      answered: said(403, { error: 'BotNotInConversationRoster' }),
      ...ofConversation,
    },
    {
      fault: 'C1 403 whose code is in an inner error',
      answered: said(403, { error: { code: 'ServiceError', message: 'Unknown', innerHttpError } }),
      ...ofConversation,
    },
    { fault: 'C2 403 with a subCode in its message', answered: subCode, ...ofConversation },
    { fault: 'C3 403 ServiceError', answered: coded(403, 'ServiceError'), ...ofOneMessage },
    { fault: 'C3 403 NotEnoughPermissions', answered: coded(403, 'NotEnoughPermissions'), ...ofOneMessage },
    { fault: 'C3 403 with a code to come', answered: coded(403, 'SomethingNew'), ...ofOneMessage },
    { fault: 'C3 403 with an empty object', answered: said(403, {}), ...ofOneMessage },
    { fault: 'C3 403 of a gateway', answered: onTheWay(403), ...ofOneMessage },
    { fault: 'C3 404 of a gateway', answered: onTheWay(404), ...ofOneMessage },
    { fault: 'C3 404 ConversationNotFound', answered: coded(404, 'ConversationNotFound'), ...forGood },
    {
      fault: 'C3 404 ActivityNotFoundInConversation',
      answered: coded(404, 'ActivityNotFoundInConversation'),
      ...forGood,
    },
    { fault: 'C3 400 BadArgument', answered: coded(400, 'BadArgument'), ...forGood },
  ];
  for (const { fault, answered, post, put } of rows)
    it(`${fault}: ${post} for a post, ${put} for a change`, async () => {
      const clock = clockAt('2026-03-02T10:00:00Z');
      const { connector } = connectTo(channel, { botId: randomUUID(), log: collectingLog(), clock });
      const conversation = someConversation({ serviceUrl: channel.serviceUrl });
      const before = channel.sent.length;
      channel.misbehave(answered);
      const posted = await connector.post(conversation, textActivity('Hello'));
      channel.misbehave(answered);
      const changed = await connector.update(conversation, '1', textActivity('Hello'));
      assert.deepEqual([posted.kind, changed.kind], [post, put]);
      assert.equal(channel.sent.length - before, 2, 'neither is repeated at once');
    });
});
