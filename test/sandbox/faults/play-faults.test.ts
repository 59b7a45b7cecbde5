import assert from 'node:assert/strict';
import { createGraphHttp, usualTimeLimits } from '../../../src/adapters/graph/http/graph-http.ts';
import { createOpenHttp, createSendHttp } from '../../../src/blocks/http/send-http.ts';
import { createLoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';
import type { Astray } from '../../../src/sandbox/faults/fault-link.ts';
import { createWayToGraph } from '../../../src/sandbox/faults/play-faults.ts';

describe('the way to the simulated Graph', () => {
  const server = createLoopbackServer({ handle: () => ({ status: 201 }) });
  before(() => server.start());
  after(() => server.stop());

  const cases: readonly (readonly [Astray, string])[] = [
    ['unknownName', 'unreachable'],
    ['closedPort', 'unreachable'],
    ['noTls', 'insecure'],
  ];
  for (const [astray, trouble] of cases)
    it(`leads the first starts of a view astray (${astray}), and nothing else`, async () => {
      const way = createWayToGraph();
      const http = createGraphHttp({
        send: createSendHttp(way.addressOf),
        open: createOpenHttp(),
        limits: usualTimeLimits,
      });
      way.mislead('the-view', astray, 2);
      const start = async (view: string): Promise<string> => {
        const url = `${server.url()}/exportJobs`;
        const reply = await http.ask({ method: 'POST', url, json: { view }, accept: 'application/json' });
        return reply.kind === 'reply' ? 'arrived' : reply.trouble;
      };
      assert.equal(await start('another-view'), 'arrived');
      const starts: string[] = [];
      for (let nth = 0; nth < 4; nth += 1) starts.push(await start('the-view'));
      assert.deepEqual(starts, [trouble, trouble, 'arrived', trouble]);
    });
});
