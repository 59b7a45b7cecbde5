// Two instances read as one person at once, and Planner answers one call of a person at a time only: both come to their end.
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { createGraphClient } from '../../../src/adapters/graph/http/graph-client.ts';
import type { ContentAnswer, SourceCalls } from '../../../src/ports/export-source.ts';
import { createGraphSimulator } from '../../../src/sandbox/graph/graph-simulator.ts';
import { createPlannerSimulator } from '../../../src/sandbox/planner/planner-simulator.ts';
import { planScenarios } from '../../../src/sandbox/planner/plan-scenarios.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { planner as source } from '../../../src/sources/planner/planner-source.ts';
import { createCollectingLog } from '../../adapters/graph/graph-rig.ts';

const [ada] = sandboxPeople;
const caller = { oid: ada.oid, tid: ada.tid, scopes: ['Tasks.Read', 'User.ReadBasic.All'] };

describe('two readers of one person', () => {
  it('wait for one another by Retry-After alone, and miss nothing', async () => {
    const graph = createGraphSimulator({
      beside: createPlannerSimulator({ people: sandboxPeople, pageSize: 10 }),
      verifyToken: () => Promise.resolve({ kind: 'caller', caller }),
    });
    await graph.start();
    let under = 0;
    let refused = 0;
    /** Each has a mutex of its own, as each instance has. */
    const instance = (): SourceCalls => {
      const client = createGraphClient({
        baseUrl: graph.url(),
        downloadHosts: [],
        maxDownloadBytes: 1_000_000,
        clock: { now: () => new Date() },
        log: createCollectingLog([]),
      });
      const ask: typeof client.ask = async (...given) => {
        if (under > 0) {
          refused += 1;
          const headers = new Headers({ 'retry-after': '1' });
          return { kind: 'reply', status: 429, headers, text: '', body: 'whole' };
        }
        under += 1;
        return client.ask(...given).finally(() => {
          under -= 1;
        });
      };
      return source.connect({ ...client, ask }, { PLANNER_GOALS: 'auto', MAX_ROWS: 100_000 });
    };
    const rowsOf = async ({ content }: SourceCalls, { planId }: (typeof planScenarios)[number]) => {
      const target = { source: 'planner', key: planId, label: planId };
      let answer: ContentAnswer = await content('token', { target });
      // The reading of an export is tried again later, five times.
      for (let again = 0; answer.kind === 'unavailable' && again < 4; again += 1) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        answer = await content('token', { target });
      }
      assert.ok(answer.kind === 'content', answer.kind);
      return parse(await new Response(answer.stream).text(), { columns: true }).length;
    };
    try {
      const [festival, greenhouse] = planScenarios;
      const rows = await Promise.all([rowsOf(instance(), festival), rowsOf(instance(), greenhouse)]);
      assert.deepEqual(rows, [27, 12]);
      assert.ok(refused > 0, 'they met');
    } finally {
      await graph.stop();
    }
  });
});
