// What operators count of Graph's refusals, as they read it.
import assert from 'node:assert/strict';
import { metered } from '../../../src/app/metered.ts';
import type { FailureReason } from '../../../src/domain/exports/export-job.ts';
import { createMetrics } from '../../../src/app/metrics.ts';
import { createSources } from '../../../src/sources/sources.ts';
import { targetOf } from '../../../src/sources/goals/explorer-url.ts';
import { createScriptedGraph } from '../../support/rig/scripted-graph.ts';
import { createScriptedTeams } from '../../support/rig/scripted-teams.ts';
import { collectingLog } from '../../support/surroundings/quiet.ts';

const view = { organizationId: 'an organisation', viewId: 'a view' };

describe('figures of refusals', () => {
  for (const [row, reason] of [
    ['G4', 'noAccess'],
    ['G5', 'notValid'],
    ['G6', 'placeNotFound'],
  ] as const satisfies readonly (readonly [string, FailureReason])[])
    it(`${row} counts ${reason}, which names nobody`, async () => {
      const { metrics, render } = createMetrics(() => Promise.reject(new Error('no database here')));
      const clock = { now: () => new Date() };
      const { source, script } = createScriptedGraph(clock);
      script.create.push(() => ({ kind: 'refused', reason }));
      const { sources } = metered(
        {
          sources: createSources([source]),
          messenger: createScriptedTeams(),
          stores: {} as never,
        },
        { metrics, clock, log: collectingLog() },
      );
      await sources.of(targetOf(view)).create('a token', targetOf(view));
      const text = await render();
      assert.match(
        text,
        new RegExp(`^okr_export_graph_refusals_total\\{source="goals",reason="${reason}"\\} 1$`, 'm'),
      );
      assert.ok(!text.includes(view.viewId));
    });
});
