// The sandbox channel's authority, as the bot's SDK sees it: keys by address, kept for a day.
import assert from 'node:assert/strict';
import { createChannelAuthority } from '../../../src/sandbox/chat/channel-keys.ts';
import { testPort } from '../../support/servers/test-port.ts';

describe('channel authority', () => {
  it('has another address for other keys, also on a port that is used again', async () => {
    const port = await testPort();
    const first = await createChannelAuthority({ port });
    await first.start();
    const firstUrl = first.openIdUrl();
    await first.stop();
    const second = await createChannelAuthority({ port });
    await second.start();
    try {
      assert.notEqual(second.openIdUrl(), firstUrl);
      const { jwks_uri } = (await (await fetch(second.openIdUrl())).json()) as { jwks_uri: string };
      const { keys } = (await (await fetch(jwks_uri)).json()) as { keys: { kid: string }[] };
      assert.deepEqual(
        keys.map(({ kid }) => kid),
        [second.key.kid],
      );
      assert.equal(
        (await fetch(firstUrl.replace(/^[^/]+\/\/[^/]+/, new URL(second.openIdUrl()).origin))).status,
        404,
      );
    } finally {
      await second.stop();
    }
  });
});
