/** Does what the requester asks of their own export: show, refresh, stop, retry, resume, export again. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob, Requester } from '../../domain/exports/export-job.ts';
import { isOpen } from '../../domain/exports/export-job.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Background, Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { Advance } from '../machine/advance.ts';
import { questionOf } from '../sign-in/ask-sign-in.ts';
import type { BringUpToDate } from './bring-up-to-date.ts';
import type { FollowUp } from './follow-up.ts';
import type { LimitReached, Limits } from '../machine/limits.ts';
import { limitReached } from '../machine/limits.ts';
import type { StartExport } from './start-export.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';

export interface OwnExportDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly background: Background;
  readonly advance: Advance;
  readonly followUp: FollowUp;
  readonly bringUpToDate: BringUpToDate;
  readonly startExport: StartExport;
  readonly limits: Limits;
}

interface Act {
  readonly requester: Requester;
  readonly exportId: string;
  readonly conversation: Conversation;
}

type ActOutcome =
  | { readonly kind: 'own'; readonly job: ExportJob; readonly note?: 'alreadyOpenElsewhere' | 'nothingToDo' }
  | { readonly kind: 'notFound' }
  | ({ readonly kind: 'limitReached' } & LimitReached);

/** "Not yours" and "not there" are the same answer. */
type ActOnExport = (act: Act) => Promise<ActOutcome>;

export interface OwnExport {
  readonly show: ActOnExport;
  /** Looks at Graph now if that is not too soon, and answers after 2.5 s at the latest with what is known. */
  readonly refresh: ActOnExport;
  readonly stop: ActOnExport;
  readonly retry: ActOnExport;
  /** Goes on with a stopped or parked export; for one that waits for a sign-in, asks again. */
  readonly resume: ActOnExport;
  /** A new export of the same, in a card of its own: the file of this one stays. */
  readonly exportAgain: ActOnExport;
  /** Reads once more what the file says, where that may help. */
  readonly readAgain: ActOnExport;
}

const patienceMilliseconds = 2500;

export function createOwnExport(deps: OwnExportDeps): OwnExport {
  function own(act: (job: ExportJob, given: Act) => Promise<ActOutcome>): ActOnExport {
    return async function actOnOwn(given) {
      const job = await deps.stores.exports.loadOwn(given.requester, given.exportId);
      return job === undefined ? { kind: 'notFound' } : act(job, given);
    };
  }
  return {
    show: own((job) => {
      deps.background.run('show', () => deps.bringUpToDate(job.id));
      return Promise.resolve({ kind: 'own', job });
    }),
    refresh: own((job, given) => refresh(deps, job, given)),
    stop: own((job) => apply(deps, job, { type: 'watchStopped' })),
    retry: own((job) => reopen(deps, job, { type: 'retried' })),
    resume: own((job, given) => resume(deps, job, given)),
    exportAgain: own((job, given) => exportAgain(deps, job, given)),
    readAgain: own((job) => apply(deps, job, { type: 'readingWished' })),
  };
}

async function refresh(deps: OwnExportDeps, job: ExportJob, { requester }: Act): Promise<ActOutcome> {
  const asked = await deps.advance(job.id, { type: 'lookRequested' }, { leave: ['startNow'] });
  const look: Promise<unknown> = asked.kind === 'moved' ? deps.followUp(job.id) : deps.bringUpToDate(job.id);
  // A slow Graph must not hold up the button; the look goes on, and the card changes when it is done.
  deps.background.run('refresh', async () => {
    await look;
  });
  await withTimeout(patienceMilliseconds, look);
  const now = await deps.stores.exports.loadOwn(requester, job.id);
  return now === undefined ? { kind: 'notFound' } : { kind: 'own', job: now };
}

async function apply(
  deps: OwnExportDeps,
  job: ExportJob,
  event: ExportEvent,
  options?: Parameters<Advance>[2],
): Promise<ActOutcome> {
  const advanced = await deps.advance(job.id, event, options);
  switch (advanced.kind) {
    case 'moved':
      return { kind: 'own', job: advanced.job };
    case 'ignored':
      return { kind: 'own', job: advanced.job, note: 'nothingToDo' };
    case 'alreadyOpen':
      return { kind: 'own', job, note: 'alreadyOpenElsewhere' };
    case 'limitReached':
      return advanced;
    case 'missing':
      return { kind: 'notFound' };
  }
}

/** A closed export counts against the limits again when it is opened. */
async function reopen(deps: OwnExportDeps, job: ExportJob, event: ExportEvent): Promise<ActOutcome> {
  if (isOpen(job)) return { kind: 'own', job, note: 'nothingToDo' };
  return apply(deps, job, event, {
    limit: (stores) => limitReached(stores, deps.limits, job.requester, deps.clock.now()),
  });
}

/** Seconds. */
const lookAfterAsking = 10;

async function resume(deps: OwnExportDeps, job: ExportJob, given: Act): Promise<ActOutcome> {
  const { state } = job;
  // Whether an administrator has allowed the app shows only when it is tried.
  if (state.status === 'waitingForSignIn' && state.cause === 'adminConsent')
    return apply(deps, job, { type: 'consentGranted' });
  const question = questionOf(job);
  if (question === undefined) return reopen(deps, job, { type: 'resumed' });
  const { requester: person, conversation } = given;
  const now = deps.clock.now();
  await deps.transact(async ({ queue }) => {
    await queue.scheduleTask({ kind: 'askAgain', person, conversation, question }, now);
    // Its look finds out whether the question arrived.
    await queue.schedule(job.id, new Date(now.getTime() + lookAfterAsking * 1000));
  });
  return { kind: 'own', job };
}

async function exportAgain(deps: OwnExportDeps, job: ExportJob, given: Act): Promise<ActOutcome> {
  if (isOpen(job)) return { kind: 'own', job, note: 'nothingToDo' };
  const newest = await deps.stores.exports.newest(given.requester, job.target);
  if (newest !== undefined && isOpen(newest)) return { kind: 'own', job, note: 'alreadyOpenElsewhere' };
  const started = await deps.startExport({ ...given, target: job.target });
  if (started.kind === 'limitReached') return started;
  return apply(deps, job, { type: 'exportedAgain' });
}
