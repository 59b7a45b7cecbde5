import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Card } from '../../../src/cards/blocks/adaptive-card.ts';
import type { Connector } from '../../../src/bot/send/connector.ts';
import { lettersOutside } from '../../support/words/outside.ts';
import { pseudoLanguages } from '../../support/words/pseudo.ts';
import { en } from '../../../src/words/en/en.ts';
import { createWordsFor } from '../../../src/words/words.ts';
import { createExportView, createOwnFileView } from '../../../src/bot/send/card-views.ts';
import { createMessenger } from '../../../src/bot/send/messenger.ts';
import type { OutboundActivity } from '../../../src/bot/send/outbound-activities.ts';
import type { Delivery } from '../../../src/bot/send/send-outcome.ts';
import type { ConversationKind } from '../../../src/ports/conversation.ts';
import type { Message } from '../../../src/ports/messenger.ts';
import type { SignInRequest } from '../../../src/ports/sign-ins.ts';
import { textOf } from '../../support/cards/card-text.ts';
import { clockAt, collectingLog } from '../../support/surroundings/quiet.ts';
import { someConversation, someExport, somebody, someOwnFile } from '../../support/samples/sample-exports.ts';

const kinds: readonly ConversationKind[] = ['personal', 'groupChat', 'channel'];
const clock = clockAt('2026-03-02T10:00:00Z');

const notAllowed = randomUUID();

function build(...answers: readonly Delivery[]) {
  const sent: OutboundActivity[] = [];
  const removed: string[] = [];
  const upcoming = [...answers];
  const take = (activity: OutboundActivity): Promise<Delivery> => {
    sent.push(activity);
    return Promise.resolve(upcoming.shift() ?? { kind: 'sent', activityId: '1' });
  };
  const connector: Connector = {
    post: (_conversation, activity) => take(activity),
    update: (_conversation, _activityId, activity) => take(activity),
    typing: () => assert.fail('nobody waits here'),
    remove: (_conversation, activityId) => {
      removed.push(activityId);
      return Promise.resolve(upcoming.shift() ?? { kind: 'sent' });
    },
  };
  const log = collectingLog();
  const messenger = createMessenger({
    wordsFor: createWordsFor({ en, eo: pseudoLanguages.en }),
    connector,
    log,
    newId: () => 'exchange-id',
    appIdUri: 'api://botid-sample',
    exportView: createExportView({ clock, adminConsentUrl: () => 'https://login.test/adminconsent' }),
    ownFileView: createOwnFileView({ megabytes: 20, rows: 100_000 }),
    signInUrl: (id) => `https://bot.example.com/auth/start?request=${id}`,
    isAllowedTenant: (tenantId) => tenantId !== notAllowed,
  });
  return { messenger, sent, removed, log };
}

const ready = () => someExport({ state: { status: 'ready', graphJobId: 'job', size: 4_200_000 } });
const request = (given: Partial<SignInRequest> = {}): SignInRequest => ({
  id: 'request-id',
  person: somebody(),
  conversation: someConversation(),
  cause: 'signIn',
  silent: true,
  askedAt: clock.now(),
  ...given,
});
interface OauthContent {
  readonly connectionName: string;
  readonly tokenExchangeResource?: object;
  readonly buttons: readonly { readonly type: string; readonly value: string }[];
}
const oauthIn = (activity: OutboundActivity | undefined): OauthContent => {
  const [attachment] = activity?.attachments ?? [];
  assert.equal(attachment?.contentType, 'application/vnd.microsoft.card.oauth');
  return attachment.content as OauthContent;
};

describe('bot/messenger', () => {
  it('says in the language of a person what is about them, and in the first one what is about nobody', async () => {
    const { messenger, sent } = build();
    const locale = 'eo-001';
    const address = 'https://a.test/x';
    const target = { name: 'x.csv', uploadUrl: address, contentUrl: address, uniqueId: '1' };
    const requester = somebody({ locale });
    const job = { ...ready(), requester };
    const messages: readonly Message[] = [
      { kind: 'export', job },
      { kind: 'exportMoved', job },
      { kind: 'notice', job },
      { kind: 'signIn', request: request({ person: requester }) },
      { kind: 'signInSettled', outcome: 'signedIn', locale },
      { kind: 'saved', target, locale },
      { kind: 'saved', target: { name: 'x.csv', uploadUrl: address, contentUrl: address }, locale },
      {
        kind: 'notSaved',
        why: 'noRoom',
        subject: { kind: 'export', id: job.id },
        format: 'workbook',
        locale,
      },
      { kind: 'ownFile', file: someOwnFile({ owner: requester }) },
    ];
    for (const message of messages) await messenger.post(someConversation(), message);
    assert.equal(sent.length, messages.length);
    for (const { summary = 'nothing' } of sent) assert.deepEqual(lettersOutside(summary), []);
    await messenger.post(someConversation(), { kind: 'exportForgotten' });
    assert.equal(sent.at(-1)?.summary, en.exports.card.forgotten.summary);
  });

  for (const kind of kinds) {
    it(`shows ${kind === 'personal' ? 'the details' : 'the public card only'} in a ${kind} conversation`, async () => {
      const { messenger, sent } = build();
      await messenger.post(someConversation({ kind }), { kind: 'export', job: ready() });
      assert.equal(/MB/.test(JSON.stringify(sent)), kind === 'personal');
    });

    it(`${kind === 'channel' ? 'offers only the button' : 'offers the silent way, too,'} in a ${kind} conversation`, async () => {
      const { messenger, sent } = build();
      const conversation = someConversation({ kind });
      await messenger.post(conversation, { kind: 'signIn', request: request({ conversation }) });
      const { connectionName, tokenExchangeResource, buttons } = oauthIn(sent[0]);
      assert.equal(connectionName, 'goals-graph');
      assert.deepEqual(
        tokenExchangeResource,
        kind === 'channel' ? undefined : { id: 'exchange-id', uri: 'api://botid-sample' },
      );
      assert.deepEqual(
        buttons.map(({ type, value }) => [type, value]),
        [['signin', 'https://bot.example.com/auth/start?request=request-id']],
      );
      assert.equal(sent[0]?.text, undefined);
    });
  }

  it('offers only the button once the silent way has not helped', async () => {
    const { messenger, sent } = build();
    const conversation = someConversation({ kind: 'personal' });
    const asked = request({ conversation, silent: false });
    await messenger.post(conversation, { kind: 'signIn', request: asked });
    assert.equal(oauthIn(sent[0]).tokenExchangeResource, undefined);
  });

  it('gives every card a summary and no text', async () => {
    const { messenger, sent } = build();
    const job = ready();
    const messages: readonly Message[] = [
      { kind: 'export', job } as const,
      { kind: 'exportMoved', job } as const,
      { kind: 'signIn', request: request() } as const,
      { kind: 'signInSettled', outcome: 'signedIn' },
      { kind: 'notice', job },
    ];
    for (const message of messages) {
      await messenger.post(someConversation(), message);
      await messenger.update(someConversation(), '1', message);
    }
    assert.equal(sent.length, 10);
    for (const { summary, text, attachments } of sent) {
      assert.ok((summary ?? '').length > 5);
      assert.equal(text, undefined);
      assert.equal(attachments?.length, 1);
    }
  });

  const noticeIn = (activity: OutboundActivity | undefined): Card => {
    assert.deepEqual(activity?.channelData, { notification: { alert: true } });
    return activity.attachments?.[0]?.content as Card;
  };

  it('notifies without a mention in a personal chat', async () => {
    const { messenger, sent } = build();
    await messenger.post(someConversation({ kind: 'personal' }), { kind: 'notice', job: ready() });
    assert.equal(noticeIn(sent[0]).msteams, undefined);
    assert.match(sent[0]?.summary ?? '', /^Your export of view .* is ready$/);
  });

  for (const kind of ['groupChat', 'channel'] as const) {
    it(`mentions the requester in a ${kind}, whatever their name holds`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(fc.string({ unit: 'binary' }), fc.constant('</at><a href="x">&[x](https://x)')),
          async (name) => {
            const { messenger, sent } = build();
            const requester = somebody({ name, channelUserId: '29:requester' });
            const notice = { kind: 'notice', job: { ...ready(), requester } } as const;
            await messenger.post(someConversation({ kind }), notice);
            const card = noticeIn(sent[0]);
            const [mention] = card.msteams?.entities ?? [];
            assert.equal(mention?.mentioned.id, '29:requester');
            const [title = ''] = textOf(card).split('\n');
            assert.ok(title.includes(`${mention.text}, your export`));
            assert.deepEqual(title.match(/<[^>]*>/g), ['<at>', '</at>']);
            assert.doesNotMatch(mention.mentioned.name, /[<>[\]()*_`&]/);
          },
        ),
      );
    });
  }

  it('C5 sends the shortest card when the first is too large, and says so when even that is', async () => {
    const { messenger, sent } = build({ kind: 'tooLarge' });
    const conversation = someConversation({ kind: 'personal' });
    const outcome = await messenger.post(conversation, { kind: 'export', job: ready() });
    assert.equal(outcome.kind, 'sent');
    assert.deepEqual(
      sent.map((activity) => /MB/.test(JSON.stringify(activity))),
      [true, false],
    );
    const hopeless = build({ kind: 'tooLarge' }, { kind: 'tooLarge' });
    const notice: Message = { kind: 'exportMoved', job: ready() };
    assert.deepEqual(await hopeless.messenger.post(conversation, notice), { kind: 'gone' });
    assert.equal(hopeless.log.lines[0]?.level, 'error');
  });

  it('passes every other outcome on', async () => {
    const outcomes = [{ kind: 'blocked' }, { kind: 'busy', retryAfter: 7 }, { kind: 'unknown' }] as const;
    for (const outcome of outcomes) {
      const job = someExport({ id: randomUUID() });
      assert.deepEqual(
        await build(outcome).messenger.post(someConversation(), { kind: 'export', job }),
        outcome,
      );
    }
  });

  it('takes a message away, but none in a tenant that is no longer allowed', async () => {
    const { messenger, removed } = build();
    assert.deepEqual(await messenger.remove(someConversation(), '7'), { kind: 'sent' });
    assert.deepEqual(await messenger.remove(someConversation({ tenantId: notAllowed }), '8'), {
      kind: 'blocked',
    });
    assert.deepEqual(removed, ['7']);
    const cannot = build({ kind: 'tooLarge' }).messenger;
    assert.deepEqual(await cannot.remove(someConversation(), '7'), { kind: 'unknown' });
  });

  it('sends nothing to a tenant that is no longer allowed, and says so to the operator', async () => {
    const { messenger, sent, log } = build();
    const conversation = someConversation({ tenantId: notAllowed });
    const message: Message = { kind: 'export', job: ready() };
    assert.deepEqual(await messenger.post(conversation, message), { kind: 'blocked' });
    assert.deepEqual(await messenger.update(conversation, 'activity', message), { kind: 'blocked' });
    assert.deepEqual(sent, []);
    assert.match(JSON.stringify(log.lines), /ALLOWED_TENANTS/);
  });
});
