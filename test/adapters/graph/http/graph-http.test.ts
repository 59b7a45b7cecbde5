/** Calls that get no answer: whether Graph may have acted, and whether TLS is to blame. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { faultOf } from '../../../../src/blocks/http/network-faults.ts';
import { startGraphRig, view, type GraphRig } from '../graph-rig.ts';
import { makeUntrustedCertificate } from '../untrusted-certificate.ts';

describe('calls without an answer', () => {
  let rig: GraphRig;
  beforeEach(async () => {
    rig = await startGraphRig();
  });
  afterEach(() => rig.stop());
  const createAt = (baseUrl: string) => rig.create({ baseUrl }).create('sample-token', view);
  const listening = async (server: Server): Promise<string> => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return String((server.address() as AddressInfo).port);
  };

  it('T1 a host that does not exist: nothing was sent', async () => {
    const answer = await createAt('http://graph.invalid');
    assert.deepEqual(answer, { kind: 'unavailable', trouble: 'unreachable', notSent: true });
  });

  it('T3 a refused connection: nothing was sent', async () => {
    const server = createTcpServer();
    const port = await listening(server);
    server.close();
    await once(server, 'close');
    const answer = await createAt(`http://127.0.0.1:${port}`);
    assert.deepEqual(answer, { kind: 'unavailable', trouble: 'unreachable', notSent: true });
  });

  const byCode: readonly (readonly [name: string, code: string, trouble: string])[] = [
    ['T1 a name server that does not answer', 'EAI_AGAIN', 'unreachable'],
    ['T2 a certificate that has expired', 'CERT_HAS_EXPIRED', 'insecure'],
    ['T2 a certificate of another name', 'ERR_TLS_CERT_ALTNAME_INVALID', 'insecure'],
    ['T2 a certificate that its owner has signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'insecure'],
    ['T3 a connection that does not come about within 10 s', 'UND_ERR_CONNECT_TIMEOUT', 'unreachable'],
  ];
  for (const [name, code, trouble] of byCode)
    it(`${name}: nothing was sent`, () => {
      const fault = faultOf(
        new TypeError('fetch failed', { cause: Object.assign(new Error(name), { code }) }),
      );
      assert.deepEqual(fault, { kind: 'unavailable', trouble, notSent: true });
    });

  it('T2 a certificate that nobody vouches for: nothing was sent, and it is said', async () => {
    let requests = 0;
    const server = createTlsServer(makeUntrustedCertificate(), (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => (requests += 1));
    });
    const port = await listening(server);
    const answer = await createAt(`https://localhost:${port}`);
    server.close();
    assert.deepEqual(answer, { kind: 'unavailable', trouble: 'insecure', notSent: true });
    assert.equal(requests, 0);
  });

  it('T2 a server that speaks no TLS: nothing was sent', async () => {
    const answer = await createAt(rig.server.url().replace('http:', 'https:'));
    assert.deepEqual(answer, { kind: 'unavailable', trouble: 'insecure', notSent: true });
  });

  it('T2 a connection that turns insecure in the middle: the request may have arrived', () => {
    const cause = Object.assign(new Error('bad record mac'), { code: 'ERR_SSL_BAD_RECORD_MAC' });
    const fault = faultOf(new TypeError('fetch failed', { cause }));
    assert.deepEqual(fault, { kind: 'unavailable', trouble: 'insecure', notSent: false });
  });

  it('G15 a connection reset after the request: it may have arrived', async () => {
    rig.server.script({ match: {}, trouble: { kind: 'reset' } });
    const answer = await rig.goals.create('sample-token', view);
    assert.deepEqual(answer, { kind: 'unavailable', trouble: 'unreachable', notSent: false });
    assert.equal(rig.server.calls.length, 1, 'a POST is never repeated');
  });

  it('G15 no answer in time: it may have arrived', async () => {
    rig.server.script({ match: {}, trouble: { kind: 'hang' } });
    const answer = await rig.create({ limits: { headers: 50 } }).create('sample-token', view);
    assert.deepEqual(answer, { kind: 'unavailable', trouble: 'unreachable', notSent: false });
  });

  const respond = {
    status: 404,
    body: { error: { code: 'notFound', innerError: { code: 'exportJobNotFound' } } },
  };
  for (const how of ['contentLength', 'chunked', 'reset'] as const)
    it(`T5 an answer that is cut (${how}) says nothing`, async () => {
      rig.server.script({ match: {}, respond, trouble: { kind: 'cut', how, atByte: 9 } });
      const answer = await rig.goals.get('sample-token', 'j!1');
      assert.deepEqual(answer, { kind: 'unavailable', trouble: 'unreachable', notSent: false });
    });

  it('G16 a 201 that is cut: a job was made', async () => {
    rig.server.script({
      match: {},
      respond: { status: 201, headers: { location: '/x/exportJobs/j!7' }, body: { id: 'j!7' } },
      trouble: { kind: 'cut', how: 'contentLength', atByte: 3 },
    });
    assert.deepEqual(await rig.goals.create('sample-token', view), { kind: 'created', jobId: 'j!7' });
  });

  it('takes anything unclear as "may have arrived"', () => {
    const unclear = { kind: 'unavailable', trouble: 'unreachable', notSent: false };
    const circle = new Error('a');
    circle.cause = circle;
    for (const error of [circle, new TypeError('fetch failed'), 'a string', undefined, { code: 7 }])
      assert.deepEqual(faultOf(error), unclear);
    const timedOut = Object.assign(new Error('x'), { code: 'ETIMEDOUT' });
    assert.equal(faultOf(timedOut).notSent, false, 'a read may time out too');
    assert.equal(faultOf(Object.assign(timedOut, { syscall: 'connect' })).notSent, true);
  });
});
