/** What always holds of the machine, whatever happens in whatever order. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ExportEvent, ExportEventType } from '../../../src/domain/exports/export-event.ts';
import type { ExportJob, ExportStatus } from '../../../src/domain/exports/export-job.ts';
import { graphJobIdOf, isOpen } from '../../../src/domain/exports/export-job.ts';
import type { Transition } from '../../../src/domain/exports/moves.ts';
import { transition } from '../../../src/domain/exports/transition.ts';
import { exportIn, freshExport, later, sampleEvents, sampleStates } from './sample-exports.ts';

const statuses = Object.keys(sampleStates) as ExportStatus[];
const eventTypes = Object.keys(sampleEvents) as ExportEventType[];
const anyExport = fc.constantFrom(...statuses).map((status) => exportIn(sampleStates[status]));
const anyEvent = fc.constantFrom(...eventTypes).map((type) => sampleEvents[type]);
const walk = fc.array(
  fc.tuple(anyEvent, fc.integer({ min: 0, max: 4000 }), fc.double({ min: 0, max: 0.999, noNaN: true })),
  {
    maxLength: 60,
  },
);

/** Follows random events from a fresh export and shows each step to `check`. */
function alongWalks(
  check: (before: ExportJob, event: ExportEvent, outcome: Transition, seconds: number) => void,
): void {
  fc.assert(
    fc.property(fc.option(anyExport), walk, (start, steps) => {
      let job = start ?? freshExport;
      let seconds = 0;
      for (const [event, pause, random] of steps) {
        seconds += pause;
        const outcome = transition(job, event, { now: later(seconds), random });
        check(job, event, outcome, seconds);
        if (outcome.kind === 'moved') job = outcome.job;
      }
    }),
    { numRuns: 1500 },
  );
}

describe('transition: what always holds', () => {
  it('an open export always has something due', () => {
    alongWalks((_before, event, outcome) => {
      if (outcome.kind === 'moved' && isOpen(outcome.job)) assert.ok(outcome.job.due, event.type);
    });
  });

  it('what is due fits the state: no look at Graph without a job, no start with one', () => {
    const fitting: { readonly [S in ExportStatus]: readonly (string | undefined)[] } = {
      requested: ['start'],
      waitingForSignIn: ['abandonSignIn'],
      starting: ['start'],
      waiting: ['poll'],
      running: ['poll'],
      ready: ['expire', undefined],
      failed: [undefined],
      expired: [undefined],
      stopped: [undefined],
      parked: ['resume', undefined],
    };
    alongWalks((_before, _event, outcome) => {
      if (outcome.kind !== 'moved') return;
      const { state, due } = outcome.job;
      assert.ok(fitting[state.status].includes(due?.step), `${state.status} with ${String(due?.step)}`);
    });
  });

  it('a Graph job once known is kept for the run; only a re-adopted job replaces it', () => {
    alongWalks((before, event, outcome) => {
      const known = graphJobIdOf(before.state);
      if (outcome.kind !== 'moved' || known === undefined || event.type === 'retried') return;
      const kept = graphJobIdOf(outcome.job.state);
      assert.ok(kept === known || event.type === 'exportJoined', `${known} became ${String(kept)}`);
    });
  });

  it('a run that ended keeps its job in the history', () => {
    alongWalks((before, event, outcome) => {
      if (outcome.kind !== 'moved' || event.type !== 'retried') return;
      assert.equal(outcome.job.pastRuns.at(-1)?.graphJobId, graphJobIdOf(before.state));
      assert.equal(outcome.job.pastRuns.length, before.pastRuns.length + 1);
    });
  });

  it('a settled export opens again only when somebody retries or resumes it', () => {
    alongWalks((before, event, outcome) => {
      if (outcome.kind !== 'moved' || isOpen(before) || !isOpen(outcome.job)) return;
      assert.ok(event.type === 'retried' || event.type === 'resumed', event.type);
    });
  });

  it('the version grows by one exactly when cards must show something new', () => {
    alongWalks((before, event, outcome) => {
      if (outcome.kind !== 'moved') return;
      const shown = outcome.effects.some(({ kind }) => kind === 'showCards');
      assert.equal(outcome.job.version - before.version, shown ? 1 : 0);
      const { job } = outcome;
      if (job.state.status === before.state.status) return;
      // What passes within a moment is shown with what comes of it.
      assert.equal(shown, event.type !== 'startDue', 'a new status is shown');
    });
  });

  it('the time of entry moves exactly with the status', () => {
    alongWalks((before, _event, outcome, seconds) => {
      if (outcome.kind !== 'moved') return;
      const same = outcome.job.state.status === before.state.status;
      assert.deepEqual(outcome.job.since, same ? before.since : later(seconds));
    });
  });

  it('who asked, for what, and the id never change', () => {
    alongWalks((before, _event, outcome) => {
      if (outcome.kind !== 'moved') return;
      const { id, requester, target } = outcome.job;
      assert.deepEqual(
        { id, requester, target },
        { id: before.id, requester: before.requester, target: before.target },
      );
    });
  });
});
