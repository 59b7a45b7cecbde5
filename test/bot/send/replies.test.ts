import assert from 'node:assert/strict';
import { createReply } from '../../../src/bot/send/replies.ts';
import type { OutboundActivity } from '../../../src/bot/send/outbound-activities.ts';
import type { Delivery } from '../../../src/bot/send/send-outcome.ts';
import { en } from '../../../src/words/en/en.ts';
import { watchedBackground } from '../../support/surroundings/quiet.ts';
import { someConversation } from '../../support/samples/sample-exports.ts';

describe('bot/replies', () => {
  /** How often it posts, and how long it waits in between, when these are the deliveries. */
  async function replied(...deliveries: readonly Delivery[]) {
    const background = watchedBackground();
    const pauses: number[] = [];
    let posts = 0;
    const post = (): Promise<Delivery> => {
      posts += 1;
      return Promise.resolve(deliveries[posts - 1] ?? { kind: 'sent' });
    };
    const pause = (milliseconds: number): Promise<void> => Promise.resolve(void pauses.push(milliseconds));
    createReply({ connector: { post }, background, pause })(
      { conversation: someConversation(), words: en },
      'Hello',
    );
    await background.settled();
    return { posts, pauses };
  }

  it('C6 come later when the conversation has had as many messages as Teams takes', async () => {
    const outcome = await replied({ kind: 'busy', retryAfter: 12 }, { kind: 'busy' });
    assert.deepEqual(outcome, { posts: 3, pauses: [12_000, 5_000] });
  });

  it('C6 are given up when it takes too long or too often', async () => {
    const busy = { kind: 'busy' } as const;
    assert.deepEqual(await replied(busy, busy, busy), { posts: 3, pauses: [5_000, 5_000] });
    assert.deepEqual(await replied({ ...busy, retryAfter: 61 }), { posts: 1, pauses: [] });
  });

  it('C8 are not repeated when they may have arrived, or never will', async () => {
    for (const kind of ['sent', 'unknown', 'gone', 'blocked'] as const)
      assert.deepEqual(await replied({ kind }), { posts: 1, pauses: [] });
  });

  it('C5 say so when Teams takes no answer of that size', async () => {
    const background = watchedBackground();
    const said: (string | undefined)[] = [];
    const post = (_where: unknown, { text }: OutboundActivity): Promise<Delivery> => {
      said.push(text);
      return Promise.resolve({ kind: said.length === 1 ? 'tooLarge' : 'sent' });
    };
    createReply({ connector: { post }, background, pause: () => Promise.resolve() })(
      { conversation: someConversation(), words: en },
      'A very long list',
    );
    await background.settled();
    assert.deepEqual(said, ['A very long list', en.answers.tooLong]);
  });

  it('are waited for by whoever wants to, but no longer than Teams waits', async () => {
    const [sending, waiting] = [Promise.withResolvers<Delivery>(), Promise.withResolvers<undefined>()];
    const pauses: number[] = [];
    const pause = async (milliseconds: number): Promise<void> => {
      pauses.push(milliseconds);
      await waiting.promise;
    };
    const reply = createReply({
      connector: { post: () => sending.promise },
      background: watchedBackground(),
      pause,
    });
    const replying = reply({ conversation: someConversation(), words: en }, 'Hello');
    let isOut: boolean | undefined;
    const waited = replying.isOut().then((out) => {
      isOut = out;
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([isOut, pauses], [undefined, [3_000]]);
    waiting.resolve(undefined);
    await waited;
    assert.equal(isOut, false);
    const again = reply({ conversation: someConversation(), words: en }, 'Hello').isOut();
    sending.reject(new Error('out of order'));
    await again;
    assert.equal(await replying.isOut(), true);
  });
});
