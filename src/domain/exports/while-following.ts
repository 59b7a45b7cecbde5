/** Answers for the states in which Graph has a job that is not done: waiting and running. */
import type { ExportEvent } from './export-event.ts';
import type { ExportJob, ExportState, Following } from './export-job.ts';
import { lookAgainForMissing, lookNow, retryLater, secondLookForMissing } from './retry-or-park.ts';
import type { Moment, Transition } from './moves.ts';
import { askSignIn, fail, follow, ignored, moved, nextLook, stopWatching } from './moves.ts';
import { parkFor } from './parking.ts';
import { present } from '../present.ts';
import { refusal } from './while-opening.ts';

export function whileFollowing(job: ExportJob, state: Following, event: ExportEvent, at: Moment): Transition {
  const { graphJobId } = state;
  switch (event.type) {
    case 'stillWaiting':
      return follow(job, at, { status: 'waiting', graphJobId }, nextLook(job, at, event.retryAfter, false));
    case 'stillRunning': {
      const unknown = event.unknownStatus;
      const running: Following = { status: 'running', graphJobId, ...present({ graphStatus: unknown }) };
      return follow(job, at, running, nextLook(job, at, event.retryAfter, unknown !== undefined));
    }
    case 'exportSucceeded':
      return becomeReady(job, at, graphJobId, event.expiresAt);
    case 'exportFailed':
      return fail(job, at, refusal({ ...event, reason: 'graphFailed' }));
    case 'exportJoined':
      return follow(job, at, { status: 'waiting', graphJobId: event.graphJobId }, 0, true);
    case 'lookRequested':
      return lookNow(job, at);
    case 'jobMissing':
      return whenMissing(job, state, at);
    case 'graphRefused':
      return fail(job, at, refusal(event));
    case 'graphUnavailable':
      return retryLater(job, at, event.kind, event.retryAfter);
    case 'oddAnswer':
      return retryLater(job, at, 'oddAnswer');
    case 'signInRequired':
      return askSignIn(job, at, event);
    case 'watchStopped':
      return stopWatching(job, at, 'person');
    case 'operatorFault':
    case 'crashedTooOften':
    case 'followedTooLong':
      return parkFor(job, at, event);
    default:
      return ignored;
  }
}

/** Counts as gone only when it is still missing after the second look; a Refresh in between is no second look. */
function whenMissing(job: ExportJob, state: Following, at: Moment): Transition {
  const stillEarly = state.missingSince === undefined || at.now < secondLookForMissing(state.missingSince);
  return stillEarly ? lookAgainForMissing(job, at, state) : fail(job, at, { reason: 'gone' });
}

function becomeReady(
  job: ExportJob,
  at: Moment,
  graphJobId: string,
  expiresAt: Date | undefined,
): Transition {
  const state: ExportState = {
    status: 'ready',
    graphJobId,
    reading: { kind: 'underWay', attempts: 0 },
    ...present({ expiresAt }),
  };
  const due = expiresAt === undefined ? undefined : ({ at: expiresAt, step: 'expire' } as const);
  return moved(job, at, { state, due }, [
    { kind: 'showCards' },
    { kind: 'notifyRequester', about: 'ready' },
    { kind: 'readContent', after: 0 },
  ]);
}
