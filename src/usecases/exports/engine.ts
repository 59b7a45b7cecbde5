/** Ties together the use cases that need one another: advancing an export has effects, and some effects advance it again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Effect } from '../../domain/exports/export-event.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { ExportSources } from '../../ports/export-source.ts';
import type { ClaimedExport } from '../../ports/export-jobs.ts';
import type { Messenger } from '../../ports/messenger.ts';
import type { Background, Chance, Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import type { Advance, AdvanceWithin } from '../machine/advance.ts';
import { createAdvance, createAdvanceWithin } from '../machine/advance.ts';
import type { Asked, AskSignIn } from '../sign-in/ask-sign-in.ts';
import { createAskSignIn } from '../sign-in/ask-sign-in.ts';
import type { BringUpToDate } from './bring-up-to-date.ts';
import { createBringUpToDate } from './bring-up-to-date.ts';
import type { FindExportDetails } from '../cards/export-details.ts';
import { createFindExportDetails } from '../cards/export-details.ts';
import type { FollowUp } from './follow-up.ts';
import { createFollowUp, exportTolerance } from './follow-up.ts';
import { createHoldWork } from '../machine/hold-work.ts';
import { createNotifyRequester } from '../cards/notify-requester.ts';
import { createPollExport } from './poll-export.ts';
import { createSettlePrompts } from '../sign-in/settle-prompts.ts';
import type { ShowCards } from '../cards/show-cards.ts';
import { createShowCards } from '../cards/show-cards.ts';
import { createFirstPosts, type FirstPosts } from '../cards/when-to-show.ts';
import { createStartAtGraph } from './start-at-graph.ts';

export interface EngineDeps {
  readonly stores: Stores;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly background: Background;
  /** Seconds for which the process has been at work. */
  readonly processAge: () => number;
  readonly log: Log;
  readonly messenger: Messenger;
  readonly tokens: UserTokens;
  readonly sources: ExportSources;
  readonly followDays: number;
}

/**
 * Runs an export's effects in the background: what caused them is committed.
 * @param asked of whoever was asked to sign in with the commit that has begun it
 */
export type Act = (job: ExportJob, effects: readonly Effect[], asked?: Asked) => void;

export interface Engine {
  readonly advance: Advance;
  readonly advanceWithin: AdvanceWithin;
  readonly followUp: FollowUp;
  readonly bringUpToDate: BringUpToDate;
  readonly askSignIn: AskSignIn;
  readonly act: Act;
  readonly findExportDetails: FindExportDetails;
  readonly showCards: ShowCards;
  /** For a process that ends: no first card goes out any more, and those on their way are waited for. */
  readonly endFirstPosts: FirstPosts['end'];
}

export function createEngine(deps: EngineDeps): Engine {
  const askSignIn = createAskSignIn(deps);
  const findExportDetails = createFindExportDetails(deps);
  const firstPosts = createFirstPosts(deps.processAge, pause);
  const showCards = createShowCards({ ...deps, firstPosts, pause });
  const settlePrompts = createSettlePrompts(deps);
  const bringUpToDate = createBringUpToDate({
    ...deps,
    showCards,
    findExportDetails,
    notifyRequester: createNotifyRequester(deps),
    askSignIn,
    settlePrompts,
  });
  const act: Act = (job, effects, asked) => {
    // First, because somebody waits for it.
    const isTold = effects.some(({ kind }) => kind !== 'startNow' && kind !== 'readContent');
    if (isTold) deps.background.run('tell', () => tell(job, effects, asked));
    if (effects.some(({ kind }) => kind === 'startNow'))
      deps.background.run('follow up', async () => {
        await followUp(job.id, undefined, isTold);
      });
  };
  /** The person is asked first: a prompt that could not be posted is then queued by bringing the export up to date. */
  const tell = async (job: ExportJob, effects: readonly Effect[], asked?: Asked): Promise<void> => {
    let again: number | undefined;
    for (const effect of effects)
      if (effect.kind === 'askSignIn') again = await askSignIn.forExport(job, effect, asked);
    // Nothing else is to be told of one that was just begun; the safety net finds it as it is if nobody answers.
    const isAll = asked !== undefined && effects.every(({ kind }) => kind === 'askSignIn');
    if (isAll && again === undefined) return;
    // Whoever follows it up queues what is due.
    await bringUpToDate(job.id, { job, isScheduled: effects.some(({ kind }) => kind === 'startNow') });
  };
  const advance = createAdvance({ ...deps, act });
  const followUp = createFollowUp({
    ...deps,
    advance,
    startAtGraph: createStartAtGraph({ ...deps, advance }),
    pollExport: createPollExport(deps),
    bringUpToDate,
    settlePrompts,
    holdExport: createHoldWork<string, ClaimedExport>({
      ...deps,
      claims: deps.stores.exports,
      tolerance: exportTolerance,
    }),
  });
  return {
    advance,
    advanceWithin: createAdvanceWithin({ ...deps, act }),
    followUp,
    bringUpToDate,
    askSignIn,
    act,
    findExportDetails,
    showCards,
    endFirstPosts: firstPosts.end,
  };
}
