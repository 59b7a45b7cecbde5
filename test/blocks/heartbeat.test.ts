import assert from 'node:assert/strict';
import { withHeartbeat } from '../../src/blocks/heartbeat.ts';

describe('withHeartbeat', () => {
  it('extends while work lasts, however a beat ends, and no longer', async () => {
    const enough = Promise.withResolvers<undefined>();
    let beats = 0;
    let lost = 0;
    const extend = (): Promise<unknown> => {
      beats += 1;
      if (beats === 3) enough.resolve(undefined);
      return beats === 1 ? Promise.reject(new Error('no database')) : Promise.resolve();
    };
    const onLost = (): void => {
      lost += 1;
    };
    // Kept alive by the test: a heartbeat keeps no process from ending.
    const alive = setInterval(() => undefined, 1_000);
    const done = await withHeartbeat({ everySeconds: 0.005, extend, onLost }, async () => {
      await enough.promise;
      return 'done';
    });
    const beatsThen = beats;
    await new Promise((resolve) => setTimeout(resolve, 20));
    clearInterval(alive);
    assert.deepEqual([done, lost, beats], ['done', 1, beatsThen]);
  });

  it('ends with what the work rejects with', async () => {
    const options = { everySeconds: 60, extend: () => Promise.resolve(), onLost: () => undefined };
    await assert.rejects(
      withHeartbeat(options, () => Promise.reject(new Error('broken'))),
      /broken/,
    );
  });
});
