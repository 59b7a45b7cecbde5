/** Calls that do not leave: what one answer of Graph means for the calls after it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../../../../src/sandbox/loopback/script.ts';
import type { GoalsExports } from '../../../../src/sources/goals/goals-api.ts';
import { job } from '../answers-of-graph.ts';
import type { GraphRig } from '../graph-rig.ts';
import { now, startGraphRig, view } from '../graph-rig.ts';
import { makeUntrustedCertificate } from '../untrusted-certificate.ts';

const tokenOf = (tenant: string, person = 'a'): string =>
  `${person}.${Buffer.from(JSON.stringify({ tid: tenant })).toString('base64url')}.signature`;
const [ada, benno] = [tokenOf('t1', 'ada'), tokenOf('t1', 'benno')];
const elsewhere = tokenOf('t2');
const running: Answer = { status: 200, body: job };
const heldBack = (trouble: string, retryAfter: number): unknown => ({
  kind: 'unavailable',
  trouble,
  retryAfter,
  notSent: true,
});

describe('calls that Graph asked not to make', () => {
  let rig: GraphRig;
  let goals: GoalsExports;
  let skipped: number;
  const moved: string[] = [];
  const clock = { now: () => new Date(now.getTime() + skipped * 1000) };
  const watch = {
    callHeldBack: (why: string) => void moved.push(why),
    breakerMoved: (_host: string, to: string) => void moved.push(to),
  };
  beforeEach(async () => {
    rig = await startGraphRig();
    skipped = 0;
    moved.length = 0;
    goals = rig.create({ clock, watch });
  });
  afterEach(() => rig.stop());
  const look = async (token = ada) => await goals.get(token, 'j!1');
  const asked = (): number => rig.server.calls.length;
  const answerOnce = (answer: Answer): void => {
    rig.answerWith(running);
    rig.server.script({ match: {}, times: 1, respond: answer });
  };

  it('G11 a 429 pauses all calls of the tenant for as long as it says, and nobody else’s', async () => {
    answerOnce({ status: 429, headers: { 'retry-after': '30' } });
    await look();
    skipped = 10;
    for (const call of [look(benno), goals.create(benno, view), goals.list(ada), goals.content(ada, 'j!1')]) {
      const answer = await call;
      assert.deepEqual(answer, heldBack('busy', 21));
    }
    assert.equal(asked(), 1);
    assert.equal((await look(elsewhere)).kind, 'job');
    skipped = 30;
    assert.equal((await look(benno)).kind, 'job');
    assert.equal(asked(), 3);
  });

  it('G12 a 429 pauses until the date it names, for an hour at most', async () => {
    answerOnce({ status: 429, headers: { 'retry-after': 'Fri, 01 Jan 2027 00:00:00 GMT' } });
    await look();
    skipped = 3_599;
    assert.equal((await look()).kind, 'unavailable');
    skipped = 3_600;
    assert.equal((await look()).kind, 'job');
    assert.equal(asked(), 2);
  });

  for (const [row, headers] of [
    ['G12 a 429 with junk', { 'retry-after': 'soon' }],
    ['G13 a 429 without a time', {}],
  ] as const)
    it(`${row} holds back the one call only`, async () => {
      answerOnce({ status: 429, headers });
      assert.deepEqual(await look(), { kind: 'unavailable', trouble: 'busy', notSent: true });
      assert.equal((await look()).kind, 'job');
    });

  it('G11 a token that cannot be read counts for itself', async () => {
    answerOnce({ status: 429, headers: { 'retry-after': '30' } });
    await look('opaque-1');
    assert.equal((await look('opaque-1')).kind, 'unavailable');
    assert.equal((await look('opaque-2')).kind, 'job');
    assert.equal(asked(), 2);
  });

  it('G14 a host that fails is left alone for 30 s, then asked by one call at a time', async () => {
    rig.answerWith({ status: 503 });
    for (let nth = 0; nth < 20; nth += 1) await look(tokenOf(`t${nth}`));
    assert.deepEqual(await look(), heldBack('unreachable', 30));
    assert.equal(asked(), 20);
    assert.ok(rig.logged.some(({ message }) => message.includes('nothing is sent to it for 30 s')));
    skipped = 30;
    const answers = await Promise.all([look(), look(benno), look(elsewhere)]);
    assert.equal(asked(), 21);
    assert.deepEqual(answers[1], heldBack('unreachable', 5));
    skipped = 60;
    rig.answerWith(running);
    assert.equal((await look()).kind, 'job');
    assert.equal((await look(benno)).kind, 'job');
    assert.deepEqual(moved, ['open', 'host', 'halfOpen', 'host', 'host', 'open', 'halfOpen', 'closed']);
  });

  it('G14 refusals are no failures of the host', async () => {
    rig.answerWith({ status: 403 });
    for (let nth = 0; nth < 30; nth += 1) await look();
    assert.equal(asked(), 30);
  });

  it('a reader who goes away is no failure of the host', async () => {
    rig.answerWith(running);
    for (let nth = 0; nth < 25; nth += 1) await goals.content(ada, 'j!1', AbortSignal.abort());
    assert.equal((await look()).kind, 'job');
  });

  it('T1 T3 a host that cannot be reached is left alone, too', async () => {
    const away = rig.create({ clock, baseUrl: 'http://127.0.0.1:1' });
    for (let nth = 0; nth < 20; nth += 1) await away.get(ada, 'j!1');
    assert.deepEqual(await away.get(ada, 'j!1'), heldBack('unreachable', 30));
  });

  it('T2 a certificate that nobody vouches for closes the host at once, and the operator hears of it', async () => {
    let connections = 0;
    const server = createTlsServer(makeUntrustedCertificate(), (socket) => {
      socket.on('error', () => undefined);
    });
    server.on('connection', () => (connections += 1));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const untrusted = rig.create({ clock, baseUrl: `https://localhost:${port}` });
    await untrusted.get(ada, 'j!1');
    const before = connections;
    assert.deepEqual(await untrusted.get(ada, 'j!1'), heldBack('insecure', 30));
    assert.equal(connections, before);
    assert.ok(rig.logged.some(({ level, message }) => level === 'error' && /certificate/.test(message)));
    server.close();
  });
});
