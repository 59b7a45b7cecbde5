/** What a worker sees of a source. */
import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { pulledPieces } from '../../../../src/adapters/okr-files/worker/feed.ts';

describe('the pieces of a source', () => {
  it('end with the port of their job, also for whoever waits for one', async () => {
    const { port1: worker, port2: bot } = new MessageChannel();
    const next = pulledPieces(worker).next();
    worker.close();
    assert.deepEqual(await next, { done: true, value: undefined });
    bot.close();
  });
});
