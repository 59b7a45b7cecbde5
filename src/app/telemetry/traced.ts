/** Tells what goes through the ports as traces, by wrapping them: a turn, what the queue gives out, calls to Graph, cards. */
import type { BotEndpoint } from '../../bot/endpoint.ts';
import { present } from '../../domain/present.ts';
import type { ExportJobs } from '../../ports/export-jobs.ts';
import type { ExportSource, ExportSources } from '../../ports/export-source.ts';
import type { Message, Messenger } from '../../ports/messenger.ts';
import type { FileWork } from '../../ports/readings.ts';
import type { Log, Stores, Transact } from '../../ports/runtime.ts';
import type { Tracing } from '../../ports/tracing.ts';
import { createSources } from '../../sources/sources.ts';
import type { FollowUp } from '../../usecases/exports/follow-up.ts';
import type { RunTask } from '../../usecases/run-task.ts';

interface Ports {
  readonly stores: Stores;
  readonly sources: ExportSources;
  readonly messenger: Messenger;
}

interface Work {
  readonly followUp: FollowUp;
  readonly workOnFile: (work: FileWork) => Promise<void>;
  readonly runTask: RunTask;
}

/** Wraps each part once, or hands it on as it is where nobody wants traces. */
export interface Traced {
  readonly log: (log: Log) => Log;
  readonly ports: (ports: Ports) => Ports;
  readonly transact: (transact: Transact) => Transact;
  readonly turn: (endpoint: BotEndpoint) => BotEndpoint;
  readonly work: (work: Work) => Work;
}

const asItIs = <T>(part: T): T => part;

export const untraced: Traced = {
  log: asItIs,
  ports: asItIs,
  transact: asItIs,
  turn: asItIs,
  work: asItIs,
};

export const traced = (tracing: Tracing): Traced => ({
  log: (log) => tracedLog(log, tracing),
  ports: ({ stores, sources, messenger }) => ({
    stores: { ...stores, exports: tracedExports(stores.exports, tracing) },
    sources: createSources(sources.all.map((source) => tracedSource(source, tracing))),
    messenger: tracedMessenger(messenger, tracing),
  }),
  transact: (transact) => tracedTransact(transact, tracing),
  turn: (endpoint) => ({
    ...endpoint,
    handleBotRequest: (request, response) =>
      tracing.unit('turn', {}, () => endpoint.handleBotRequest(request, response)),
  }),
  work: ({ followUp, workOnFile, runTask }) => ({
    followUp: (exportId, taken) => tracing.unit('follow up', { exportId }, () => followUp(exportId, taken)),
    workOnFile: (work) => {
      const exportId = work.kind === 'readExport' ? work.id : undefined;
      return tracing.unit('work on file', { ...present({ exportId }), facts: { work: work.kind } }, () =>
        workOnFile(work),
      );
    },
    runTask: (task) => tracing.unit('task', { facts: { task: task.kind } }, () => runTask(task)),
  }),
});

function tracedLog(log: Log, tracing: Tracing, about: Readonly<Record<string, unknown>> = {}): Log {
  const withIds = (fields: Readonly<Record<string, unknown>>) => {
    const exportId = fields['exportId'] ?? about['exportId'];
    const ids = tracing.idsOf(typeof exportId === 'string' ? exportId : undefined);
    return ids ? { ...fields, trace_id: ids.traceId, ...present({ span_id: ids.spanId }) } : fields;
  };
  return {
    debug: (fields, message) => log.debug(withIds(fields), message),
    info: (fields, message) => log.info(withIds(fields), message),
    warn: (fields, message) => log.warn(withIds(fields), message),
    error: (fields, message) => log.error(withIds(fields), message),
    child: (fields) => tracedLog(log.child(fields), tracing, { ...about, ...fields }),
  };
}

/** Whoever has claimed an export works on it. */
const tracedExports = (exports: ExportJobs, tracing: Tracing): ExportJobs => ({
  ...exports,
  claim: async (...given) => {
    const claimed = await exports.claim(...given);
    if (claimed) tracing.met(claimed.job.id, claimed.job.target.key, 'found');
    return claimed;
  },
});

/** An export is begun when the transaction that inserts it has committed. */
const tracedTransact =
  (transact: Transact, tracing: Tracing): Transact =>
  async (work) => {
    const begun = new Map<string, string>();
    const result = await transact((stores) => {
      begun.clear();
      const insert: ExportJobs['insert'] = async (job, ...rest) => {
        const inserted = await stores.exports.insert(job, ...rest);
        if (inserted === 'inserted') begun.set(job.id, job.target.key);
        return inserted;
      };
      return work({ ...stores, exports: { ...stores.exports, insert } });
    });
    for (const [exportId, target] of begun) tracing.met(exportId, target, 'begun');
    return result;
  };

const failures: ReadonlySet<string> = new Set(['unavailable', 'odd', 'unknown', 'blocked']);
const kindOf = ({ kind }: { readonly kind: string }) => ({ outcome: kind, isFailure: failures.has(kind) });

function tracedSource(source: ExportSource, tracing: Tracing): ExportSource {
  const { jobs } = source;
  const facts = (call: string) => ({ source: source.name, call });
  const step = <A extends { readonly kind: string }>(
    call: string,
    target: string | undefined,
    ask: () => Promise<A>,
  ): Promise<A> => tracing.step(`graph ${call}`, { ...present({ target }), facts: facts(call) }, ask, kindOf);
  const tracedJobs = jobs && {
    get: (...given: Parameters<typeof jobs.get>) => step('get', undefined, () => jobs.get(...given)),
    list: (...given: Parameters<typeof jobs.list>) => step('list', given[1]?.key, () => jobs.list(...given)),
  };
  return {
    ...source,
    create: (token, target) => step('create', target.key, () => source.create(token, target)),
    ...present({ jobs: tracedJobs }),
    content: (token, made, signal) =>
      step('content', made.target.key, () => source.content(token, made, signal)),
  };
}

const exportIn = (message: Message): string | undefined => ('job' in message ? message.job.id : undefined);

const tracedMessenger = (messenger: Messenger, tracing: Tracing): Messenger => {
  const about = (message: Message) => ({
    ...present({ exportId: exportIn(message) }),
    facts: { message: message.kind },
  });
  return {
    post: (conversation, message, mayGo) =>
      tracing.step('card post', about(message), () => messenger.post(conversation, message, mayGo), kindOf),
    update: (conversation, activityId, message) =>
      tracing.step(
        'card update',
        about(message),
        () => messenger.update(conversation, activityId, message),
        kindOf,
      ),
    remove: (...given) => tracing.step('card remove', {}, () => messenger.remove(...given), kindOf),
  };
};
