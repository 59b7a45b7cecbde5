/** Counts what goes through the ports, the sign-ins and the bot's door, and logs what is odd, by wrapping them: nothing inside knows of it. */
import type { Admit } from '../bot/receive/channel-authentication.ts';
import type { CoalesceUpdates } from '../blocks/coalesce-updates.ts';
import type { SendLimits } from '../bot/send/send-limits.ts';
import type { Due } from '../domain/exports/export-job.ts';
import type { ClaimedExport, ExportJobs } from '../ports/export-jobs.ts';
import type {
  ContentAnswer,
  CreateAnswer,
  ExportSource,
  ExportSources,
  GetAnswer,
  ListAnswer,
} from '../ports/export-source.ts';
import { present } from '../domain/present.ts';
import { createSources } from '../sources/sources.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Clock, Log, Stores } from '../ports/runtime.ts';
import type { FollowUp } from '../usecases/exports/follow-up.ts';
import type { UseCases } from './use-cases.ts';

interface Ports {
  readonly stores: Stores;
  readonly sources: ExportSources;
  readonly messenger: Messenger;
}

interface Watching {
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
}

export const metered = ({ stores, sources, messenger }: Ports, { metrics, clock, log }: Watching): Ports => ({
  stores: { ...stores, exports: meteredExports(stores.exports, { metrics, clock }) },
  sources: createSources(sources.all.map((source) => meteredSource(source, metrics, log))),
  messenger: meteredMessenger(messenger, metrics),
});

type GraphCall = Parameters<Metrics['graphCalled']>[1];
type GraphAnswer = CreateAnswer | GetAnswer | ListAnswer | ContentAnswer;

function meteredSource(source: ExportSource, metrics: Metrics, log: Log): ExportSource {
  const counted = async <A extends GraphAnswer>(call: GraphCall, asked: Promise<A>): Promise<A> => {
    const answer: GraphAnswer & A = await asked;
    metrics.graphCalled(source.name, call, answer.kind === 'unavailable' ? answer.trouble : answer.kind);
    if (answer.kind === 'unavailable' || answer.kind === 'odd') metrics.retried('graph');
    if (answer.kind === 'refused') metrics.graphRefused(source.name, answer.reason);
    if (answer.kind === 'consentMissing') metrics.graphRefused(source.name, answer.kind);
    logOdd(log, { source: source.name, call }, answer);
    return answer;
  };
  const { jobs } = source;
  const countedJobs = jobs && {
    get: (...given: Parameters<typeof jobs.get>) => counted('get', jobs.get(...given)),
    list: (...given: Parameters<typeof jobs.list>) => counted('list', jobs.list(...given)),
  };
  return {
    ...source,
    create: (...given) => counted('create', source.create(...given)),
    ...present({ jobs: countedJobs }),
    content: (...given) => counted('content', source.content(...given)),
  };
}

/** What an operator should know of: odd answers (G19), unknown states (G17), missing permissions (G3). */
function logOdd(log: Log, asked: object, answer: GraphAnswer): void {
  if (answer.kind === 'odd')
    log.warn({ ...asked, sample: answer.sample }, 'an answer of Graph made no sense');
  if (answer.kind === 'consentMissing')
    log.warn(
      { ...asked, graphCode: answer.code, graphRequestId: answer.requestId },
      'Graph misses a permission or a licence',
    );
  if (answer.kind === 'job' && answer.job.status === 'unknown')
    log.warn(
      { ...asked, graphJobId: answer.job.id, graphStatus: answer.job.unknownStatus },
      'Graph names a state that this version does not know; the export is looked at every five minutes',
    );
}

const meteredMessenger = (messenger: Messenger, metrics: Metrics): Messenger => ({
  post: async (conversation, message, mayGo) => {
    const outcome = await messenger.post(conversation, message, mayGo);
    metrics.sent(message.kind, 'post', outcome.kind);
    return outcome;
  },
  update: async (conversation, activityId, message) => {
    const outcome = await messenger.update(conversation, activityId, message);
    metrics.sent(message.kind, 'update', outcome.kind);
    return outcome;
  },
  remove: async (conversation, activityId) => {
    const outcome = await messenger.remove(conversation, activityId);
    metrics.sent('any', 'remove', outcome.kind);
    return outcome;
  },
});

type LookWatch = Pick<Watching, 'metrics' | 'clock'>;

/** An export is claimed when its look begins. */
function countLook({ metrics, clock }: LookWatch, due: Due | undefined): void {
  const lag = due?.step === 'poll' ? (clock.now().getTime() - due.at.getTime()) / 1000 : -1;
  if (lag >= 0) metrics.looked(lag);
}

const meteredExports = (exports: ExportJobs, watching: LookWatch): ExportJobs => ({
  ...exports,
  claim: async (...given) => {
    const claimed = await exports.claim(...given);
    countLook(watching, claimed?.job.due);
    return claimed;
  },
});

/** For those that the queue has claimed. */
export const meteredFollowUp =
  (followUp: FollowUp, watching: LookWatch): FollowUp =>
  (exportId, taken) =>
    followUp(exportId, taken && { ...taken, found: () => counted(taken.found(), watching) });

function counted<F extends ClaimedExport>(found: F, watching: LookWatch): F {
  const { job, settledAhead } = found;
  countLook(watching, job.due && settledAhead ? { ...job.due, at: settledAhead.dueSince } : job.due);
  return found;
}

export const meteredSignIns = (useCases: UseCases, metrics: Metrics): UseCases => ({
  ...useCases,
  exchangeSso: async (given) => {
    const outcome = await useCases.exchangeSso(given);
    metrics.signInEnded('silent', outcome);
    return outcome;
  },
  signInByBrowser: {
    ...useCases.signInByBrowser,
    finish: async (given) => {
      const outcome = await useCases.signInByBrowser.finish(given);
      metrics.signInEnded('browser', outcome.kind);
      return outcome;
    },
  },
});

export const meteredNames = (useCases: UseCases, { nameTold }: Metrics): UseCases => {
  const { nameTargets: names, shareNames: shared } = useCases;
  const counting =
    <W, O extends { readonly kind: string }>(
      act: (wish: W) => Promise<O>,
      done: O['kind'],
      what: Parameters<typeof nameTold>[0],
    ) =>
    async (wish: W): Promise<O> => {
      const outcome = await act(wish);
      if (outcome.kind === done) nameTold(what);
      return outcome;
    };
  return {
    ...useCases,
    nameTargets: {
      ...names,
      give: counting(names.give, 'named', 'given'),
      rename: counting(names.rename, 'renamed', 'changed'),
      forget: counting(names.forget, 'forgotten', 'forgotten'),
      exportNamed: counting(names.exportNamed, 'started', 'exported'),
    },
    shareNames: {
      ...shared,
      give: counting(shared.give, 'shared', 'shared'),
      rename: counting(shared.rename, 'renamed', 'changed'),
      forget: counting(shared.forget, 'forgotten', 'forgotten'),
    },
  };
};

export const meteredAdmit = (admit: Admit, metrics: Metrics): Admit =>
  async function countRefused(authorization, activity) {
    const admission = await admit(authorization, activity);
    if (admission.kind === 'refused') metrics.requestRefused();
    return admission;
  };

/** For the retry policy, which takes a turn before each retry and at no other time. */
export const meteredRetries = (limits: SendLimits, metrics: Metrics): SendLimits => ({
  ...limits,
  enter: async (place) => {
    const retryAfter = await limits.enter(place);
    if (retryAfter === undefined) metrics.retried('connector');
    return retryAfter;
  },
});

/** An update whose own turn to send never came was overtaken by a newer one. */
export const meteredUpdates = <C, R>(
  coalesce: CoalesceUpdates<C, R>,
  metrics: Metrics,
): CoalesceUpdates<C, R> =>
  async function countDropped(key, content, send) {
    const turn = { came: false };
    try {
      return await coalesce(key, content, (take) => {
        turn.came = true;
        return send(take);
      });
    } finally {
      if (!turn.came) metrics.updateDropped();
    }
  };
