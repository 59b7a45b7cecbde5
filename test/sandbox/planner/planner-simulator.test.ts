import assert from 'node:assert/strict';
import { createGraphSimulator } from '../../../src/sandbox/graph/graph-simulator.ts';
import { planScenarios } from '../../../src/sandbox/planner/plan-scenarios.ts';
import { createPlannerSimulator } from '../../../src/sandbox/planner/planner-simulator.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';

const [ada] = sandboxPeople;
const [festival] = planScenarios;
const caller = { oid: ada.oid, tid: ada.tid, scopes: ['Tasks.Read'] };
const stepMs = 30_000;

describe('a plan of the simulated Planner', () => {
  it('moves on from its first reading, however long the sandbox has been running by then', async () => {
    let now = Date.UTC(2026, 0, 5);
    const planner = createPlannerSimulator({ people: sandboxPeople, stepMs, clock: () => now });
    const graph = createGraphSimulator({
      beside: planner,
      verifyToken: () => Promise.resolve({ kind: 'caller', caller }),
    });
    await graph.start();
    const tasks = async (): Promise<number> => {
      const url = `${graph.url()}/v1.0/planner/plans/${festival.planId}/tasks`;
      const answer = await fetch(url, { headers: { authorization: 'Bearer a-token' } });
      return ((await answer.json()) as { value: unknown[] }).value.length;
    };
    try {
      now += 20 * stepMs;
      assert.equal(await tasks(), 24);
      now += stepMs;
      assert.equal(await tasks(), 25);
    } finally {
      await graph.stop();
    }
  });
});
