import assert from 'node:assert/strict';
import { createAccessTokenCache } from '../../../../src/adapters/identity/tokens/access-token-cache.ts';
import { ada, benno, signInSilently, startBench } from '../identity-bench.ts';

const inAnHour = { accessToken: 'token of ada', expiresAt: new Date('2026-03-02T10:00:00Z') };

function rig() {
  const time = { now: new Date('2026-03-02T09:00:00Z') };
  const known = createAccessTokenCache({ clock: { now: () => time.now } });
  known.keep(ada, scopes, 'row 1', inAnHour);
  return { known, time };
}

const scopes = ['a', 'b'];

describe('adapters/identity/tokens/access-token-cache', () => {
  it('gives a token to its person only, while the sealed row is the one it came from', () => {
    const { known } = rig();
    assert.equal(known.find(ada, scopes, 'row 1'), 'token of ada');
    assert.equal(known.find(benno, scopes, 'row 1'), undefined);
    assert.equal(known.find(ada, scopes, 'row 2'), undefined);
    assert.equal(known.find(ada, scopes, 'row 1'), undefined, 'and is forgotten once the row has changed');
  });

  it('keeps what is for other permissions apart', () => {
    const { known } = rig();
    assert.equal(known.find(ada, ['c'], 'row 1'), undefined);
    assert.equal(known.find(ada, scopes, 'row 1'), 'token of ada');
  });

  it('gives none that expires within five minutes', () => {
    const { known, time } = rig();
    time.now = new Date('2026-03-02T09:54:59Z');
    assert.equal(known.find(ada, scopes, 'row 1'), 'token of ada');
    time.now = new Date('2026-03-02T09:55:00Z');
    assert.equal(known.find(ada, scopes, 'row 1'), undefined);
  });

  it('remembers ten thousand people, and forgets the first of more', () => {
    const { known } = rig();
    for (let nth = 0; nth < 10_000; nth += 1)
      known.keep({ ...benno, userId: `person ${nth}` }, scopes, 'row', inAnHour);
    assert.equal(known.find(ada, scopes, 'row 1'), undefined);
    assert.equal(known.find({ ...benno, userId: 'person 9999' }, scopes, 'row'), 'token of ada');
  });

  it('outlives neither a sign-out nor a renewal at another instance', async () => {
    const bench = await startBench();
    try {
      const [one, other] = [bench.instance(), bench.instance()];
      await signInSilently(bench, one);
      const first = await one.tokenFor(ada);
      assert.deepEqual(await one.tokenFor(ada), first);
      const renewed = await other.tokenFor(ada, { renew: true });
      assert.notDeepEqual(renewed, first);
      assert.deepEqual(await one.tokenFor(ada), renewed);
      await other.forget(ada);
      assert.equal((await one.tokenFor(ada)).kind, 'signInRequired');
    } finally {
      await bench.stop();
    }
  });
});
