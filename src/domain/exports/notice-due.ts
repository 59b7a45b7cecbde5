/** Decides when an export is worth a message of its own beside its card. */
import type { ExportJob } from './export-job.ts';
import { graphJobIdOf } from './export-job.ts';

/** Where a state is told: derived from what is stored, so that the queue's safety net can make up for a crash. */
export function noticePlaces({ state, contact }: ExportJob): 'everywhere' | 'sharedOnly' | 'nowhere' {
  switch (state.status) {
    case 'ready':
    case 'failed':
      return 'everywhere';
    case 'parked':
      // It was said the first time, and what went on in between has changed nothing.
      return state.cause === 'operatorFault' && (contact.operatorFaults ?? 1) > 1 ? 'nowhere' : 'everywhere';
    case 'stopped':
      return state.by === 'noSignIn' ? 'everywhere' : 'nowhere';
    case 'waitingForSignIn':
      // The prompt is the message, but where others are it mentions nobody. Before Graph was asked its person has just written.
      return state.quiet === true || graphJobIdOf(state) === undefined ? 'nowhere' : 'sharedOnly';
    case 'requested':
    case 'starting':
    case 'waiting':
    case 'running':
    case 'expired':
      return 'nowhere';
  }
}

/** Milliseconds: whoever has just written looks at the card, and sees its end there. */
const stillLooking = 10_000;

/** @param placedAt when the card was put where it stands; unknown for cards of an earlier release */
export function isStillLooking(
  { since, requestedAt }: ExportJob,
  { placedAt = requestedAt }: { readonly placedAt?: Date },
): boolean {
  const written = Math.max(requestedAt.getTime(), placedAt.getTime());
  return since.getTime() - written < stillLooking;
}

/** The state and when it was entered: one message at most for each. */
export const noticeKey = ({ state, since }: ExportJob): string => `${state.status} ${since.toISOString()}`;

/** Graph calls some files ready that are a web page or an error. */
export const isNoFile = ({ state }: ExportJob): boolean =>
  state.status === 'ready' && state.reading?.kind === 'unread' && state.reading.why === 'notATable';

/** What a message that stands says; where this differs from the export's, it is changed. */
export const noticeSays = (job: ExportJob): string =>
  isNoFile(job) ? `${noticeKey(job)} no file` : noticeKey(job);
