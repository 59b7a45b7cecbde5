import assert from 'node:assert/strict';
import { withTimeout } from '../../src/blocks/with-timeout.ts';

const never = new Promise<string>(() => undefined);

describe('withTimeout', () => {
  it('gives the value, or what the work rejects with', async () => {
    assert.equal(await withTimeout(60_000, Promise.resolve('done')), 'done');
    await assert.rejects(withTimeout(60_000, Promise.reject(new Error('no'))), /no/);
  });

  for (const milliseconds of [-1, 0, 5])
    it(`gives nothing once ${milliseconds} ms are over`, async () => {
      assert.equal(await withTimeout(milliseconds, never), undefined);
    });

  it('gives or throws what is wanted instead', async () => {
    assert.equal(await withTimeout(1, never, () => 'late'), 'late');
    const late = withTimeout(1, never, () => {
      throw new Error('late');
    });
    await assert.rejects(late, /late/);
  });

  it('hears a failure that comes later', async () => {
    const { promise, reject } = Promise.withResolvers<string>();
    assert.equal(await withTimeout(1, promise), undefined);
    reject(new Error('nobody waits for it'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});
