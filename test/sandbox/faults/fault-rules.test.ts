// Calls that are answered one after the other, as the fault links script them.
import assert from 'node:assert/strict';
import { byPath, inTurn } from '../../../src/sandbox/faults/fault-rules.ts';
import { type LoopbackServer, createLoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';

describe('answers in turn', () => {
  let server: LoopbackServer;
  beforeEach(async () => {
    server = createLoopbackServer({ handle: () => ({ status: 200 }) });
    await server.start();
  });
  afterEach(() => server.stop());

  const ask = async (path: string, times: number): Promise<readonly number[]> => {
    const statuses: number[] = [];
    for (let call = 0; call < times; call += 1) statuses.push((await fetch(`${server.url()}${path}`)).status);
    return statuses;
  };
  const steps = [{ respond: { status: 503 } }, { respond: { status: 429 } }];
  const script = (again?: boolean): void => {
    const turns = { match: { pathIncludes: '/odd' }, by: byPath, steps };
    for (const rule of inTurn(again === undefined ? turns : { ...turns, again })) server.script(rule);
  };

  it('come once for each key, and leave everything else alone', async () => {
    script();
    assert.deepEqual(await ask('/odd/1', 4), [503, 429, 200, 200]);
    assert.deepEqual(await ask('/usual', 2), [200, 200]);
    assert.deepEqual(await ask('/odd/2', 3), [503, 429, 200]);
  });

  it('come again after one call as usual, where that is wanted', async () => {
    script(true);
    assert.deepEqual(await ask('/odd/1', 7), [503, 429, 200, 503, 429, 200, 503]);
  });
});
