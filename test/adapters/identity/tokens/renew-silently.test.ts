/** Real msal against the simulated Entra ID: renewing for days, and everything that Entra ID may refuse. */
import assert from 'node:assert/strict';
import { entraError } from '../../../../src/sandbox/entra/entra-errors.ts';
import {
  ada,
  benno,
  challenge,
  bennoOfTeams,
  oidOf,
  signInSilently,
  useBench,
  storedText,
  type IdentityBench,
  type BenchTokens,
} from '../identity-bench.ts';

describe('renewing silently', () => {
  let bench: IdentityBench;
  let tokens: BenchTokens;

  useBench((fresh) => {
    bench = fresh;
    tokens = fresh.instance();
  });

  it('goes on after a restart, through fifty expiries with a rotating refresh token', async () => {
    bench.entra.setAccessTokenSeconds(1);
    await signInSilently(bench, tokens);
    for (let nth = 0; nth < 50; nth += 1) {
      if (nth % 10 === 5) tokens = bench.instance();
      assert.equal(oidOf(await tokens.tokenFor(ada)), ada.userId, `renewal ${nth}`);
    }
    assert.deepEqual(bench.grants(), ['obo', ...Array<string>(50).fill('refresh')]);
  });

  it('G1: skips the cached token when asked to, once for all who ask at the same time', async () => {
    await signInSilently(bench, tokens);
    const before = await tokens.tokenFor(ada);
    const renewed = await Promise.all(
      Array.from({ length: 10 }, () => tokens.tokenFor(ada, { renew: true })),
    );
    assert.equal(new Set(renewed.map((answer) => JSON.stringify(answer))).size, 1);
    assert.notDeepEqual(renewed[0], before);
    assert.deepEqual(bench.grants(), ['obo', 'refresh']);
  });

  it('never mixes two people, and loses no rotated token of either', async () => {
    await signInSilently(bench, tokens);
    await signInSilently(bench, tokens, bennoOfTeams);
    bench.entra.setAccessTokenSeconds(1);
    const people = Array.from({ length: 20 }, (_, nth) => (nth % 2 === 0 ? ada : benno));
    const answers = await Promise.all(
      people.map((person, nth) => tokens.tokenFor(person, { renew: nth % 3 === 0 })),
    );
    assert.deepEqual(
      answers.map(oidOf),
      people.map(({ userId }) => userId),
    );
    assert.equal(oidOf(await tokens.tokenFor(ada, { renew: true })), ada.userId);
    assert.equal(oidOf(await tokens.tokenFor(benno, { renew: true })), benno.userId);
  });

  it('survives two instances that renew the same refresh token at once', async () => {
    await signInSilently(bench, tokens);
    const others = [tokens, bench.instance(), bench.instance()];
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(others.map((other) => other.tokenFor(ada, { renew: true })));
      assert.deepEqual(
        answers.map(oidOf),
        others.map(() => ada.userId),
        `round ${round}`,
      );
    }
    assert.deepEqual(bench.lines, [], 'each refresh token was used once, in turn');
  });

  it('takes the turn of an instance that died while it renewed, once its lease is over', async () => {
    await signInSilently(bench, tokens);
    const minuteAgo = new Date(Date.now() - 60_000);
    const died = { turn_of: 'an instance that died', turn_until: minuteAgo };
    await bench.db.acrossTenants('a test').updateTable('token_partitions').set(died).execute();
    assert.equal((await tokens.tokenFor(ada, { renew: true })).kind, 'token');
    assert.match(await storedText(bench), /"turn_of":null/);
  });

  it('G2: passes a claims challenge on, and answers with what Entra ID wants of the person', async () => {
    await signInSilently(bench, tokens);
    assert.equal((await tokens.tokenFor(ada, { claims: challenge })).kind, 'token');
    const last = bench.entra.calls.findLast(({ op }) => op === 'token');
    assert.equal(last?.about['grant'], 'refresh');
    assert.match(last.about['claims'] ?? '', /1700000000/);
    bench.entra.script({
      match: { op: 'token' },
      times: 1,
      respond: entraError('interactionRequired', { claims: challenge }),
    });
    assert.deepEqual(await tokens.tokenFor(ada, { claims: challenge }), {
      kind: 'signInRequired',
      cause: 'claims',
      claims: challenge,
    });
    assert.equal(await tokens.holds(ada), true);
  });

  it('E4: a revoked refresh token is purged, and nobody is asked again in vain', async () => {
    await signInSilently(bench, tokens);
    bench.entra.revokeSessions(ada.userId);
    assert.deepEqual(await tokens.tokenFor(ada, { renew: true }), {
      kind: 'signInRequired',
      cause: 'signIn',
    });
    assert.equal(await storedText(bench), '[]');
    const asked = bench.grants().length;
    await tokens.tokenFor(ada);
    assert.equal(bench.grants().length, asked);
  });

  it('E6: tokens of a disabled or deleted person are purged', async () => {
    for (const state of ['disabled', 'gone'] as const) {
      bench.entra.setState(ada.userId, 'active');
      await signInSilently(bench, tokens);
      bench.entra.setState(ada.userId, state);
      assert.deepEqual(await tokens.tokenFor(ada, { renew: true }), { kind: 'userGone' });
      assert.equal(await storedText(bench), '[]');
    }
  });

  it('E5: a wrong secret is the operator’s fault, is told, and costs nobody their sign-in', async () => {
    await signInSilently(bench, tokens);
    const broken = bench.instance({ clientAuth: { kind: 'secret', secret: 'not the secret' } });
    const answer = await broken.tokenFor(ada, { renew: true });
    assert.equal(answer.kind, 'operatorFault');
    assert.match(answer.correlationId ?? '', /^[0-9a-f-]{36}$/);
    assert.deepEqual(
      bench.lines.filter(({ level }) => level === 'error').map(({ message }) => message.slice(0, 26)),
      ['Entra ID refuses this app:'],
    );
    assert.equal((await tokens.tokenFor(ada, { renew: true })).kind, 'token');
  });

  describe('E5: once the app has been refused', () => {
    let now = Date.now();
    const refuse = (): void => {
      const respond = { status: 401, body: { error: 'invalid_client' } };
      bench.entra.script({ match: { op: 'token' }, times: 1, respond });
    };
    const bothRenew = () =>
      Promise.all([ada, benno].map((person) => tokens.tokenFor(person, { renew: true })));
    beforeEach(async () => {
      now = Date.now();
      tokens = bench.instance({ clock: { now: () => new Date(now) } });
      await signInSilently(bench, tokens);
      await signInSilently(bench, tokens, bennoOfTeams);
      refuse();
      assert.equal((await tokens.tokenFor(ada, { renew: true })).kind, 'operatorFault');
    });

    it('nobody asks for a minute, then one does, and the others wait for what comes of it', async () => {
      const asked = bench.grants().length;
      assert.deepEqual(await tokens.tokenFor(benno, { renew: true }), { kind: 'operatorFault' });
      assert.equal(bench.grants().length, asked);
      now += 60_000;
      const { promise: answered, resolve } = Promise.withResolvers<undefined>();
      bench.entra.script({ match: { op: 'token' }, times: 1, after: answered });
      const renewals = bothRenew();
      while (bench.grants().length === asked) await new Promise((next) => setImmediate(next));
      const waits = { kind: 'unavailable', retryAfter: 5 } as const;
      assert.deepEqual(await Promise.race([tokens.tokenFor(benno, { renew: true }), renewals]), waits);
      resolve(undefined);
      assert.deepEqual((await renewals).map(({ kind }) => kind).sort(), ['token', 'unavailable']);
      assert.equal(oidOf(await tokens.tokenFor(benno, { renew: true })), benno.userId);
    });

    it('it is said once that the app is taken again', async () => {
      const { tenantId } = ada;
      assert.equal(await tokens.isAppMended(tenantId), true, 'a process has to find out for itself');
      assert.equal(await tokens.isAppMended(tenantId), false);
      refuse();
      assert.equal((await tokens.tokenFor(ada, { renew: true })).kind, 'operatorFault');
      refuse();
      assert.equal(await tokens.isAppMended(tenantId), false, 'still refused');
      assert.equal(await tokens.isAppMended(tenantId), true);
      assert.equal(await tokens.isAppMended(tenantId), false);
    });

    it('nobody waits for somebody who has found out nothing', async () => {
      now += 60_000;
      bench.entra.script({ match: { op: 'token' }, times: 1, respond: { status: 503, body: 'down' } });
      assert.deepEqual(await tokens.tokenFor(ada, { renew: true }), { kind: 'unavailable' });
      assert.equal(oidOf(await tokens.tokenFor(benno, { renew: true })), benno.userId);
    });

    it('a refusal of somebody’s grant shows that it is taken again', async () => {
      now += 60_000;
      bench.entra.revokeSessions(ada.userId);
      assert.equal((await tokens.tokenFor(ada, { renew: true })).kind, 'signInRequired');
      assert.equal(oidOf(await tokens.tokenFor(benno, { renew: true })), benno.userId);
    });
  });

  it('E8: an outage, a busy Entra ID and an odd answer are waited out', async () => {
    await signInSilently(bench, tokens);
    const html = { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>maintenance</p>' };
    const busy = { status: 429, headers: { 'retry-after': '7' }, body: { error: 'slow_down' } };
    const moved = { status: 302, headers: { location: `${bench.entra.url()}/elsewhere` }, body: '{}' };
    const down = { status: 503, body: 'down' };
    for (const respond of [html, busy, moved, down]) {
      bench.entra.script({ match: { op: 'token' }, times: 1, respond });
      const expected = respond === busy ? { retryAfter: 7 } : {};
      assert.deepEqual(await tokens.tokenFor(ada, { renew: true }), { kind: 'unavailable', ...expected });
    }
    assert.deepEqual(
      bench.entra.calls.filter(({ op }) => op === 'other'),
      [],
    );
    bench.entra.script({ match: { op: 'token' }, times: 1, respond: down, trouble: { kind: 'reset' } });
    assert.deepEqual(await tokens.tokenFor(ada, { renew: true }), { kind: 'unavailable' });
    assert.equal((await tokens.tokenFor(ada, { renew: true })).kind, 'token');
  });
});
