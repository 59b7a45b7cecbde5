/** Asks one person to sign in, with at most one outstanding prompt for each person and conversation. */
import type {
  Contact,
  ExportJob,
  Requester,
  SignInCause,
  WaitingForSignIn,
} from '../../domain/exports/export-job.ts';
import { waitsForPerson } from '../../domain/exports/export-job.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Messenger } from '../../ports/messenger.ts';
import type { Chance, Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { SignInRequest } from '../../ports/sign-ins.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import { isSilentWorthwhile } from '../../domain/exports/moves.ts';
import { present } from '../../domain/present.ts';
import { homeOf } from '../cards/card-places.ts';
import { latestRetry, retryDelay } from '../cards/when-to-show.ts';
import { changePrompt, postPrompt, postWhereHeard } from './sign-in-prompt.ts';

export interface AskSignInDeps {
  readonly stores: Pick<Stores, 'signIns' | 'cards' | 'conversations' | 'exports'>;
  readonly transact: Transact;
  readonly messenger: Messenger;
  readonly tokens: Pick<UserTokens, 'expectExchange'>;
  readonly chance: Pick<Chance, 'newSecret'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface SignInQuestion {
  readonly cause: SignInCause;
  readonly silent: boolean;
  readonly claims?: string;
}

/** What stands where somebody was to be asked; `isNew` for whoever is to post the prompt. */
export type Asked = Awaited<ReturnType<Stores['signIns']['ask']>>;

export interface AskSignIn {
  /**
   * Seconds until it should be looked at again, when it could not be asked.
   * @param asked with the commit that has just begun the export
   */
  readonly forExport: (
    job: ExportJob,
    question: SignInQuestion,
    asked?: Asked,
  ) => Promise<number | undefined>;
  /** Asks where an export waits and its person is not being asked; seconds until it should be looked at again. */
  readonly whereMissing: (job: ExportJob) => Promise<number | undefined>;
  /**
   * Asks in a given conversation. A changed question changes the prompt that stands there, unless it should be posted
   * `anew`; `again` posts even an unchanged one further down, because it may have scrolled away. Resolves with the seconds
   * after which to look whether it stands.
   */
  readonly inConversation: (
    requester: Requester,
    conversation: Conversation,
    question: SignInQuestion,
    how?: 'anew' | 'again',
  ) => Promise<number | undefined>;
}

export function createAskSignIn(deps: AskSignInDeps): AskSignIn {
  const inConversation: AskSignIn['inConversation'] = (person, conversation, question, how) =>
    ask(deps, person, conversation, question, how);
  return {
    inConversation,
    forExport: async (job, question, asked) => {
      if (asked !== undefined) return postFirst(deps, job, asked);
      const home = await homeOf(deps.stores.cards, job.id);
      if (home === undefined || !(await stillWaits(deps, job))) return undefined;
      const standing = await deps.stores.signIns.outstanding(job.requester, home);
      const how = isWishedBelow(job, standing) ? 'again' : undefined;
      return inConversation(job.requester, home, question, how);
    },
    whereMissing: (job) => askWhereMissing(deps, job),
  };
}

/** All links of one message share one prompt. */
const oneMessage = 2_000;

/** Until the sign-in the prompt is the only answer to a link, so it moves below the newest one. */
const isWishedBelow = (job: ExportJob, standing: SignInRequest | undefined): boolean =>
  standing !== undefined && job.requestedAt.getTime() - standing.askedAt.getTime() > oneMessage;

/** By then the prompt was posted, or its sender died or does not know whether it arrived. */
const secondsToPost = 15;
const secondsUntilNextLook = 5;

async function askWhereMissing(deps: AskSignInDeps, job: ExportJob): Promise<number | undefined> {
  const question = questionOf(job);
  const isQuiet = job.state.status === 'waitingForSignIn' && job.state.quiet === true;
  if (question === undefined || isQuiet) return undefined;
  const home = await homeOf(deps.stores.cards, job.id);
  if (home === undefined) return undefined;
  const outstanding = await deps.stores.signIns.outstanding(job.requester, home);
  if (outstanding === undefined || outstanding.onCard === true || isTooLittle(outstanding, question))
    return (await stillWaits(deps, job))
      ? askLater(deps, job, ask(deps, job.requester, home, question))
      : undefined;
  if (outstanding.activityId !== undefined && outstanding.isBehind !== true) return undefined;
  const age = secondsSince(deps, outstanding.askedAt);
  if (age < secondsToPost) return secondsUntilNextLook;
  const wait = outstanding.isBehind === true ? 0 : secondsBetweenPosts(job, outstanding) - age;
  return wait > 0 ? wait : askLater(deps, job, postAgain(deps, outstanding));
}

/** One that may have arrived is retried ever more seldom: after as long again as the export had waited when it was put. */
function secondsBetweenPosts({ since }: ExportJob, { askedAt }: SignInRequest): number {
  const waited = (askedAt.getTime() - since.getTime()) / 1000;
  return Math.min(latestRetry, Math.max(secondsToPost, waited));
}

/** More is needed than was asked for: the process that learned of it died before asking. */
const isTooLittle = (asked: SignInRequest, { cause, claims }: SignInQuestion): boolean =>
  cause !== 'signIn' && (asked.cause !== cause || asked.claims !== claims);

const secondsSince = ({ clock }: AskSignInDeps, then: Date): number =>
  (clock.now().getTime() - then.getTime()) / 1000;

/** Retried ever more seldom while Teams does not take it. */
async function askLater(deps: AskSignInDeps, job: ExportJob, asked: Promise<number | undefined>) {
  const wait = await asked;
  const isRecent = secondsSince(deps, job.since) < secondsToPost;
  return wait === undefined || isRecent ? wait : Math.max(wait, retryDelay(deps, job));
}

/** It may have gone on since it was read: then its prompt has been answered. */
async function stillWaits({ stores }: AskSignInDeps, { id }: ExportJob): Promise<boolean> {
  const now = await stores.exports.load(id);
  return now !== undefined && questionOf(now) !== undefined;
}

const questionFor = ({ cause, claims }: WaitingForSignIn, contact: Contact): SignInQuestion => ({
  cause,
  silent: isSilentWorthwhile(cause, contact),
  ...present({ claims }),
});

/** What to ask the person for whom an export waits; undefined when it waits for nobody, or for an administrator. */
export function questionOf(job: ExportJob): SignInQuestion | undefined {
  const { state, contact } = job;
  if (state.status === 'waitingForSignIn')
    return waitsForPerson(job) ? questionFor(state, contact) : undefined;
  if (state.status !== 'ready' || state.signInCause === undefined) return undefined;
  if (state.signInCause === 'adminConsent') return undefined;
  const { signInCause: cause, claims } = state;
  return { cause, silent: cause === 'signIn', ...present({ claims }) };
}

/** Keeps the question; for the transaction that begins what waits for the answer. */
export function putQuestion(
  { signIns }: Pick<Stores, 'signIns'>,
  { chance, clock }: Pick<AskSignInDeps, 'chance' | 'clock'>,
  where: { readonly person: Requester; readonly conversation: Conversation },
  { cause, silent, claims }: SignInQuestion,
): Promise<Asked> {
  const question = { cause, silent, ...present({ claims }) };
  return signIns.ask({ id: chance.newSecret(), ...where, ...question, askedAt: clock.now() });
}

/** For an export that was just begun: a prompt that stands moves below its link. */
async function postFirst(
  deps: AskSignInDeps,
  job: ExportJob,
  { request, isNew }: Asked,
): Promise<number | undefined> {
  if (request.silent) deps.tokens.expectExchange(request.person.tenantId);
  if (isNew) return postWhereHeard(deps, request);
  if (isWishedBelow(job, request)) return postAgain(deps, request);
  return request.activityId === undefined ? secondsUntilNextLook : undefined;
}

async function ask(
  deps: AskSignInDeps,
  person: Requester,
  conversation: Conversation,
  question: SignInQuestion,
  how?: 'anew' | 'again',
): Promise<number | undefined> {
  if (question.silent) deps.tokens.expectExchange(person.tenantId);
  const first = await putQuestion(deps.stores, deps, { person, conversation }, question);
  // Teams tries its silent way on new prompts only.
  const mayStay = how === undefined && !first.request.silent;
  if (first.isNew) return mayStay ? changePrompt(deps, first.request) : postPrompt(deps, first.request);
  if (how === 'again') return postAgain(deps, first.request);
  const stands = how === undefined ? first.request.activityId !== undefined : first.request.isBehind !== true;
  if (stands) return undefined;
  // Somebody may be posting it at this moment, or have died before it stood.
  if (secondsSince(deps, first.request.askedAt) < secondsToPost) return secondsUntilNextLook;
  const again = await postAgain(deps, first.request);
  return how === undefined ? again : undefined;
}

/** The same question further down: links on older prompts go on working, and the one that is known goes once it is there. */
async function postAgain(deps: AskSignInDeps, request: SignInRequest): Promise<number | undefined> {
  const askedAt = deps.clock.now();
  const isOurs = await deps.stores.signIns.askAgain(request, askedAt);
  return isOurs ? postPrompt(deps, { ...request, askedAt }) : secondsUntilNextLook;
}
