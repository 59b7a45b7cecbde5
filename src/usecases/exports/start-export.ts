/** Grants a wish for a target: a new export, an open one that is followed here too, or a paused one that goes on. */
import { auditPlace, type AuditEntry } from '../../domain/audit/audit-entry.ts';
import { aboutExport } from '../../domain/audit/export-entry.ts';
import type { Effect, ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob, Requester } from '../../domain/exports/export-job.ts';
import { isOpen, requestExport } from '../../domain/exports/export-job.ts';
import type { Target } from '../../domain/exports/target.ts';
import { transition } from '../../domain/exports/transition.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Chance, Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import { secondsFrom, wakeAt } from '../machine/advance.ts';
import { putQuestion, questionOf, type Asked } from '../sign-in/ask-sign-in.ts';
import type { Act } from './engine.ts';
import type { Limit, Limits } from '../machine/limits.ts';
import { limitReached } from '../machine/limits.ts';
import { addCard, placeCard } from '../cards/card-places.ts';

export interface StartExportDeps {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly act: Act;
  readonly limits: Limits;
  readonly tokens: Pick<UserTokens, 'holds'>;
}

interface Wish {
  readonly requester: Requester;
  readonly target: Target;
  readonly conversation: Conversation;
  /** Idempotency key: an activity that is delivered again starts nothing and posts no card. */
  readonly activityId?: string;
}

/** A card is posted, in the background, for each outcome but a limit. */
export type StartOutcome =
  | { readonly kind: 'started' | 'resumed' | 'movedDown' | 'followedHere'; readonly exportId: string }
  | { readonly kind: 'limitReached'; readonly limit: Limit; readonly max: number };

export type StartExport = (wish: Wish) => Promise<StartOutcome>;

interface Decided {
  readonly outcome: StartOutcome;
  readonly job?: ExportJob;
  readonly effects: readonly Effect[];
  readonly asked?: Asked;
}

const showCards: Effect = { kind: 'showCards' };
const startNow: Effect = { kind: 'startNow' };

export function createStartExport(deps: StartExportDeps): StartExport {
  return async function startExport(wish) {
    // Before the transaction, which must not wait for another connection.
    const isSignedIn = await deps.tokens.holds(wish.requester);
    const { job, effects, outcome, asked } = await decide(deps, wish, isSignedIn);
    if (job !== undefined) deps.act(job, isSignedIn ? effects : beforeSignIn(effects), asked);
    return outcome;
  };
}

/** Without a sign-in the person gets the question first, and the card once it is answered. */
const beforeSignIn = (effects: readonly Effect[]): readonly Effect[] =>
  effects.some(({ kind }) => kind === 'startNow' || kind === 'askSignIn')
    ? effects.filter(({ kind }) => kind !== 'showCards')
    : effects;

/** Whoever loses a race for the same target to the unique index finds the winner's export at the next attempt. */
const decide = (deps: StartExportDeps, wish: Wish, isSignedIn: boolean): Promise<Decided> =>
  retryLostRace(() => deps.transact((stores) => decideOnce(deps, stores, wish, isSignedIn)));

export async function retryLostRace<T>(attempt: () => Promise<T | 'lostRace'>): Promise<T> {
  for (let attempts = 0; attempts < maxAttempts; attempts += 1) {
    const outcome = await attempt();
    if (outcome !== 'lostRace') return outcome;
  }
  throw new Error('An export was neither new nor open in several attempts.');
}

const maxAttempts = 5;

async function decideOnce(
  deps: StartExportDeps,
  stores: Stores,
  wish: Wish,
  isSignedIn: boolean,
): Promise<Decided | 'lostRace'> {
  const newest = await stores.exports.newest(wish.requester, wish.target);
  const known = newest === undefined ? undefined : await stores.exports.lock(newest.id);
  if (known !== undefined && (await isGranted(stores, wish)))
    return { outcome: { kind: 'followedHere', exportId: known.id }, effects: [] };
  if (known !== undefined && isOpen(known)) return follow(deps, stores, wish, known);
  const reached = await limitReached(stores, deps.limits, wish.requester, deps.clock.now());
  if (reached !== undefined) return { outcome: { kind: 'limitReached', ...reached }, effects: [] };
  if (known?.state.status === 'stopped' || known?.state.status === 'parked')
    return resume(deps, stores, wish, known);
  return begin(deps, stores, wish, isSignedIn);
}

async function begin(
  deps: StartExportDeps,
  stores: Stores,
  wish: Wish,
  isSignedIn: boolean,
): Promise<Decided | 'lostRace'> {
  const audit = (job: ExportJob): AuditEntry => askedEntry(deps, wish, job, 'started');
  const begun = await insertNew(deps, stores, wish, { isSignedIn, audit });
  if (begun === 'lostRace') return begun;
  const { id } = begun.job;
  await rememberGrant(stores, wish);
  const { requester: person, conversation } = wish;
  await addCard({ ...deps, cards: stores.cards }, { exportId: id, conversation });
  const question = begun.effects.find((effect) => effect.kind === 'askSignIn');
  const asked = question && (await putQuestion(stores, deps, { person, conversation }, question));
  return { outcome: { kind: 'started', exportId: id }, ...begun, ...present({ asked }) };
}

interface NewExport {
  readonly isSignedIn: boolean;
  readonly bySchedule?: true;
  /** What the audit trail tells of it. */
  readonly audit?: (job: ExportJob) => AuditEntry;
}

/** With its wake, and without a card. */
export async function insertNew(
  deps: Pick<StartExportDeps, 'clock' | 'chance'>,
  stores: Stores,
  { requester, target }: Pick<Wish, 'requester' | 'target'>,
  { isSignedIn, bySchedule, audit }: NewExport,
): Promise<(Pick<Decided, 'effects'> & { readonly job: ExportJob }) | 'lostRace'> {
  const at = { now: deps.clock.now(), random: deps.chance.random() };
  const asked = requestExport({ id: deps.chance.newId(), requester, target, now: at.now });
  const requested = { ...asked, ...present({ bySchedule }) };
  // Whoever is not signed in is asked at once, without a step of the export that would only find that out.
  const waiting = isSignedIn ? undefined : transition(requested, signInRequired, at);
  const { job, effects } =
    waiting?.kind === 'moved' ? waiting : { job: requested, effects: [showCards, startNow] };
  const wake = wakeAt(job, effects, at.now);
  const how = present({ wakeIn: wake && secondsFrom(at.now, wake), audit: audit?.(job) });
  if ((await stores.exports.insert(job, how)) === 'alreadyOpen') return 'lostRace';
  if (wake !== undefined) stores.queue.noteWake(job.id, wake);
  return { job, effects };
}

const signInRequired: ExportEvent = { type: 'signInRequired', cause: 'signIn' };

async function resume(
  deps: StartExportDeps,
  stores: Stores,
  wish: Wish,
  job: ExportJob,
): Promise<Decided | 'lostRace'> {
  const at = { now: deps.clock.now(), random: deps.chance.random() };
  const next = transition({ ...job, requester: wish.requester }, { type: 'resumed' }, at);
  if (next.kind === 'ignored' || (await stores.exports.save(next.job)) === 'alreadyOpen') return 'lostRace';
  await place(deps, stores, wish, next.job, 'resumed');
  return queued(deps, stores, wish, 'resumed', next.job, next.effects);
}

async function follow(deps: StartExportDeps, stores: Stores, wish: Wish, job: ExportJob): Promise<Decided> {
  const movedDown = await place(deps, stores, wish, job, 'followed');
  return queued(deps, stores, wish, movedDown ? 'movedDown' : 'followedHere', job, [showCards]);
}

async function place(
  deps: StartExportDeps,
  stores: Stores,
  wish: Wish,
  job: ExportJob,
  outcome: 'resumed' | 'followed',
): Promise<boolean> {
  await rememberGrant(stores, wish);
  await stores.audit.record(askedEntry(deps, wish, job, outcome));
  return placeCard({ ...deps, cards: stores.cards }, { exportId: job.id, conversation: wish.conversation });
}

async function rememberGrant({ inbound }: Stores, wish: Wish): Promise<void> {
  const grant = grantOf(wish);
  if (grant !== undefined) await inbound.note(...grant);
}

function askedEntry(
  { clock }: StartExportDeps,
  { conversation }: Wish,
  job: ExportJob,
  outcome: 'started' | 'resumed' | 'followed',
): AuditEntry {
  const place = auditPlace(conversation);
  return { ...aboutExport(job), at: clock.now(), event: 'exportAsked', outcome, place };
}

/** Committed together with the card: when the process dies before, the next delivery counts. */
const grantOf = ({ conversation, activityId, target }: Wish) =>
  activityId === undefined
    ? undefined
    : ([
        conversation.tenantId,
        conversation.conversationId,
        `${target.source} ${target.key} of ${activityId}`,
      ] as const);

async function isGranted({ inbound }: Stores, wish: Wish): Promise<boolean> {
  const grant = grantOf(wish);
  return grant !== undefined && inbound.isKnown(...grant);
}

async function queued(
  deps: StartExportDeps,
  { queue }: Stores,
  wish: Wish,
  kind: 'resumed' | 'movedDown' | 'followedHere',
  job: ExportJob,
  effects: readonly Effect[],
): Promise<Decided> {
  const wake = wakeAt(job, effects, deps.clock.now());
  if (wake !== undefined) await queue.schedule(job.id, wake);
  // The prompt may have scrolled away, or stand in another conversation.
  const question = questionOf(job);
  if (question !== undefined) {
    const { requester: person, conversation } = wish;
    await queue.scheduleTask({ kind: 'askAgain', person, conversation, question }, deps.clock.now());
  }
  return { outcome: { kind, exportId: job.id }, job, effects };
}
