import assert from 'node:assert/strict';
import { withoutConsole } from '../../../src/bot/receive/sdk-console.ts';

describe('bot/sdk-console', () => {
  it('drops what is written inside, also after a wait, and nothing else', async () => {
    const { console } = globalThis;
    const heard: unknown[] = [];
    // Below the change, so that what gets through is collected.
    const write = process.stderr.write.bind(process.stderr);
    await withoutConsole(() => Promise.resolve());
    process.stderr.write = (text: string | Uint8Array) => heard.push(String(text)) > 0;
    try {
      const inside = withoutConsole(async () => {
        console.error('at once');
        await new Promise(setImmediate);
        console.error('after a wait');
      });
      console.error('outside');
      await inside;
    } finally {
      process.stderr.write = write;
    }
    assert.deepEqual(heard, ['outside\n']);
  });
});
