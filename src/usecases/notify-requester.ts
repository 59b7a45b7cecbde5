/** Answers for the one short message at an export's end, or when it needs the person: claimed just before it is sent, so at most once. */
import type { NotificationKind } from '../domain/exports/export-event.ts';
import type { ExportJob } from '../domain/exports/export-job.ts';
import { graphJobIdOf } from '../domain/exports/export-job.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Clock, Log, Stores } from '../ports/runtime.ts';
import { homeCardOf } from './home-conversation.ts';
import { isResting, repeatAfter } from './show-cards.ts';

export interface NotifyDeps {
  readonly stores: Pick<Stores, 'cards' | 'notices'>;
  readonly messenger: Pick<Messenger, 'post'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Seconds until it should be tried again; undefined when there is nothing left to do. */
export type NotifyRequester = (job: ExportJob) => Promise<number | undefined>;

/** Derived from the state, so that the queue's safety net can make up for a crash. */
function noticeDue(job: ExportJob): NotificationKind | undefined {
  const { state } = job;
  switch (state.status) {
    case 'ready':
    case 'failed':
      return state.status;
    case 'parked':
      // It was said the first time, and what went on in between has changed nothing.
      return state.cause === 'operatorFault' && (job.contact.operatorFaults ?? 1) > 1 ? undefined : 'parked';
    case 'stopped':
      return state.by === 'noSignIn' ? 'signInAbandoned' : undefined;
    case 'waitingForSignIn':
      // Before Graph was asked for anything the sign-in prompt itself is the notice; who signed out knows.
      return state.quiet === true || graphJobIdOf(state) === undefined ? undefined : 'signInNeeded';
    case 'requested':
    case 'starting':
    case 'waiting':
    case 'running':
    case 'expired':
      return undefined;
  }
}

export const createNotifyRequester =
  (deps: NotifyDeps): NotifyRequester =>
  async (job) => {
    const about = noticeDue(job);
    if (about === undefined) return undefined;
    const card = await homeCardOf(deps.stores.cards, job.id);
    // It must not come before what it speaks of; while a card is behind, the export is looked at again anyway.
    if (card === undefined) return undefined;
    // A card that rests will not come: then this tells the end.
    if (card.shownVersion < job.version && (card.isTaken || !isResting(card, job))) return undefined;
    const key = `${about} ${job.since.toISOString()}`;
    const { notices } = deps.stores;
    if (await notices.isClaimed(job.id, key)) return undefined;
    const claim: { is: 'notAsked' | 'ours' | 'anothers' } = { is: 'notAsked' };
    // A process that is killed while the message waits for its turn must not have claimed it.
    const outcome = await deps.messenger.post(card.conversation, { kind: 'notice', job, about }, async () => {
      claim.is = (await notices.claim(job.id, key)) ? 'ours' : 'anothers';
      return claim.is === 'ours';
    });
    if (claim.is === 'anothers') return undefined;
    if (outcome.kind === 'busy') {
      // Throttled: it certainly was not sent.
      if (claim.is === 'ours') await notices.release(job.id, key);
      return outcome.retryAfter ?? repeatAfter(deps, job);
    }
    if (outcome.kind !== 'sent')
      deps.log.warn({ exportId: job.id, about, outcome: outcome.kind }, 'a notice was not sent');
    return undefined;
  };
