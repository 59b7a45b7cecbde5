/** Does what a pressed button says, and answers its presser; who pressed it comes from the activity only. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { button, type ActionOf, type CardAction, type Verb } from '../../cards/blocks/buttons.ts';
import { ownSignInCard } from '../../cards/talk/sign-in-cards.ts';
import { allChangesCard } from '../../cards/figures/all-changes-card.ts';
import type { CommandName } from '../../cards/talk/command-table.ts';
import { debugCard } from '../../cards/talk/debug-card.ts';
import { helpCard } from '../../cards/talk/help-cards.ts';
import { limitCard, notFoundCard } from '../../cards/talk/not-done-cards.ts';
import { listCard } from '../../cards/list/list-card.ts';
import { dataDeletedCard, dataKeptCard, myDataCard } from '../../cards/talk/my-data-card.ts';
import type { SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import { present } from '../../domain/present.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { DeleteMyData } from '../../usecases/delete-my-data.ts';
import type { ExportForMe } from '../../usecases/exports/export-for-me.ts';
import type { FollowGraphJob } from '../../usecases/exports/follow-graph-job.ts';
import type { ListExports } from '../../usecases/exports/list-exports.ts';
import type { NameTargets } from '../../usecases/name-targets.ts';
import type { TellMyState } from '../../usecases/my-state.ts';
import type { SignIn } from '../../usecases/sign-in/sign-in-on-demand.ts';
import type { StartOutcome } from '../../usecases/exports/start-export.ts';
import { keptForWords, type Words } from '../../words/words.ts';
import type { ExportAnswers } from './export-answers.ts';
import { inPersonalChat, isShared, type NameAnswers } from './name-answers.ts';
import type { SubscriptionAnswers } from './subscription-answers.ts';
import type { Subscriptions } from '../../usecases/schedules/subscriptions.ts';
import type { ChangeVerb, ScheduleAnswers } from './schedule-answers.ts';
import type { SharedNameAnswers } from './shared-name-answers.ts';
import type { AnswerSave } from './saving.ts';
import type { Answer, SubjectAnswers } from './subject-answers.ts';
import type { PersonsTurn } from '../receive/turn.ts';

type Subjects = Readonly<Record<SubjectRef['kind'], SubjectAnswers>> & { readonly export: ExportAnswers };

export interface AnswerCardActionDeps {
  readonly subjects: Subjects;
  readonly nameTargets: Pick<NameTargets, 'exportNamed'>;
  readonly nameAnswers: Pick<NameAnswers, 'show' | 'open' | 'nameIt' | 'rename' | 'forget'>;
  readonly scheduleAnswers: Pick<ScheduleAnswers, 'list' | 'here' | 'open' | 'change' | 'form'>;
  readonly sharedNameAnswers: Pick<SharedNameAnswers, 'give' | 'keep' | 'rename' | 'forget'>;
  readonly exportForMe: ExportForMe;
  readonly subscriptions: Pick<Subscriptions, 'exportForMe'>;
  readonly subscriptionAnswers: SubscriptionAnswers;
  readonly followGraphJob: FollowGraphJob;
  readonly listExports: ListExports;
  readonly signIn: SignIn;
  readonly deleteMyData: DeleteMyData;
  readonly tellMyState: TellMyState;
  readonly answerSave: AnswerSave;
  readonly clock: Clock;
}

export type AnswerCardAction = (turn: PersonsTurn, action: CardAction) => Answer;

type Handle<V extends Verb> = (deps: AnswerCardActionDeps, turn: PersonsTurn, action: ActionOf<V>) => Answer;

const onSubject: Handle<'show' | 'readAgain' | 'download'> = ({ subjects }, turn, { verb, subject, from }) =>
  subjects[subject.kind][verb](turn, subject.id, from);

const onExport: Handle<'refresh' | 'stop' | 'retry' | 'resume' | 'exportAgain'> = (
  { subjects },
  turn,
  { verb, subject, from },
) => subjects.export.act(turn, verb, subject.id, from);

async function exportNamed(
  { nameTargets, nameAnswers }: AnswerCardActionDeps,
  turn: PersonsTurn,
  { nameId }: ActionOf<'exportNamed' | 'exportSharedName'>,
): Answer {
  const { requester, conversation } = turn;
  const outcome = await nameTargets.exportNamed({ requester, conversation, which: { nameId } });
  return outcome.kind === 'unknownName' ? nameAnswers.show(turn) : started(turn.words, outcome);
}

const changeSchedule: Handle<ChangeVerb> = ({ scheduleAnswers }, turn, action) =>
  scheduleAnswers.change(turn, action);

/** What is one person's matter alone is done in their personal chat only. */
function alone<V extends Verb>(command: CommandName, handle: Handle<V>): Handle<V> {
  return async (deps, turn, action) =>
    isShared(turn) ? inPersonalChat(turn, command) : handle(deps, turn, action);
}

// Nothing is asked more often, and it says the same to everybody.
const help = keptForWords((words) => helpCard(words));
const sharedHelp = keptForWords((words) => helpCard(words, { shared: true }));

const handlers: { readonly [V in Verb]: Handle<V> } = {
  show: onSubject,
  readAgain: onSubject,
  download: onSubject,
  save: ({ answerSave }, turn, { subject, format }) => answerSave(turn, subject, format),
  allChanges,
  refresh: onExport,
  stop: onExport,
  retry: onExport,
  resume: onExport,
  exportAgain: onExport,
  exportForMe: async ({ exportForMe }, { requester, conversation, words }, { subject }) => {
    const outcome = await exportForMe({ requester, conversation, exportId: subject.id });
    return isStart(outcome) ? started(words, outcome) : notFoundCard(words, subject.id, false);
  },
  share: ({ subjects }, turn, { subject }) => subjects.export.share(turn, subject.id),
  shareNow: ({ subjects }, turn, { subject }) => subjects.export.shareNow(turn, subject.id),
  followGraphJob: async ({ followGraphJob }, { requester, conversation, words }, { graphJobId, source }) => {
    const outcome = await followGraphJob({ requester, conversation, graphJobId, ...present({ source }) });
    return isStart(outcome) ? started(words, outcome) : words.answers.cannotFollow[outcome.kind];
  },
  nameIt: async ({ nameAnswers, subjects }, turn, action) =>
    (await nameAnswers.nameIt(turn, action)) ?? subjects.export.show(turn, action.subject.id),
  views: ({ nameAnswers }, turn) => nameAnswers.show(turn),
  showName: ({ nameAnswers }, turn, action) => nameAnswers.open(turn, action),
  exportNamed,
  renameName: ({ nameAnswers }, turn, action) => nameAnswers.rename(turn, action),
  forgetName: ({ nameAnswers }, turn, action) => nameAnswers.forget(turn, action),
  acceptSubscription: ({ subscriptionAnswers }, turn, { scheduleId }) =>
    subscriptionAnswers.accept(turn, scheduleId),
  declineSubscription: ({ subscriptionAnswers }, turn, { scheduleId }) =>
    subscriptionAnswers.decline(turn, scheduleId),
  aboutSubscription: ({ subscriptionAnswers }, turn, { scheduleId }) =>
    subscriptionAnswers.about(turn, scheduleId),
  askPause: ({ subscriptionAnswers }, turn, { scheduleId }) => subscriptionAnswers.askPause(turn, scheduleId),
  pauseSubscription: ({ subscriptionAnswers }, turn, { scheduleId }) =>
    subscriptionAnswers.pause(turn, scheduleId),
  resumeSubscription: ({ subscriptionAnswers }, turn, { scheduleId }) =>
    subscriptionAnswers.resume(turn, scheduleId),
  endSubscription: ({ subscriptionAnswers }, turn, { scheduleId }) =>
    subscriptionAnswers.end(turn, scheduleId),
  exportSubscribed: async ({ subscriptions }, { requester, conversation, words }, { scheduleId }) => {
    const outcome = await subscriptions.exportForMe({ requester, conversation, scheduleId });
    return isStart(outcome) ? started(words, outcome) : words.subscriptions.answers.over;
  },
  scheduleIt: async ({ scheduleAnswers }, turn, action) => (await scheduleAnswers.form(turn, action)).card,
  schedules: ({ scheduleAnswers }, turn) =>
    isShared(turn) ? scheduleAnswers.here(turn) : scheduleAnswers.list(turn),
  showSchedule: ({ scheduleAnswers }, turn, action) => scheduleAnswers.open(turn, action),
  runScheduleNow: changeSchedule,
  pauseSchedule: changeSchedule,
  resumeSchedule: changeSchedule,
  extendSchedule: changeSchedule,
  endSchedule: changeSchedule,
  giveName: ({ sharedNameAnswers }, turn, action) => sharedNameAnswers.give(turn, action),
  keepName: ({ sharedNameAnswers }, turn, action) => sharedNameAnswers.keep(turn, action),
  exportSharedName: exportNamed,
  renameSharedName: async ({ nameAnswers, sharedNameAnswers }, turn, action) =>
    (await sharedNameAnswers.rename(turn, action)) ?? nameAnswers.show(turn),
  forgetSharedName: async ({ nameAnswers, sharedNameAnswers }, turn, action) =>
    (await sharedNameAnswers.forget(turn, action)) ?? nameAnswers.show(turn),
  help: (_deps, turn) => Promise.resolve((isShared(turn) ? sharedHelp : help)(turn.words)),
  list: async ({ listExports, clock }, turn, { page }) =>
    listCard(turn.words, {
      ...(await listExports({ requester: turn.requester, ...present({ page }) })),
      now: clock.now(),
      scope: isShared(turn) ? 'shared' : 'personal',
    }),
  signIn: alone('signIn', async ({ signIn }, { requester, conversation, words }) => {
    return signInAnswer(words, await signIn({ requester, conversation }));
  }),
  debug: alone('debug', async ({ tellMyState }, { requester, words }) => {
    return debugCard(words, await tellMyState({ requester }));
  }),
  myData: alone('deleteMyData', async ({ deleteMyData }, { requester, words }) => {
    return myDataCard(words, await deleteMyData.preview({ requester }));
  }),
  deleteMyData: alone('deleteMyData', async ({ deleteMyData }, { requester, words }) => {
    return dataDeletedCard(words, await deleteMyData.confirm({ requester }));
  }),
  keepMyData: (_deps, { words }) => Promise.resolve(dataKeptCard(words)),
};

export const createAnswerCardAction =
  (deps: AnswerCardActionDeps): AnswerCardAction =>
  (turn, action) => {
    // Which action belongs to which handler is what `handlers` insists on.
    const handle = handlers[action.verb] as Handle<Verb>;
    return handle(deps, turn, action);
  };

async function allChanges(
  { subjects }: AnswerCardActionDeps,
  turn: PersonsTurn,
  { subject }: ActionOf<'allChanges'>,
): Answer {
  const found = await subjects[subject.kind].changes(turn, subject.id);
  if (found === undefined) return subjects[subject.kind].notFound(turn, subject.id);
  const { name, changes } = found;
  if (changes === undefined) return turn.words.answers.noChanges;
  const back = button(turn.words, { verb: 'show', subject }, { title: turn.words.answers.back });
  return allChangesCard(turn.words, { changes, name, onlyYou: isShared(turn), back });
}

const isStart = (outcome: StartOutcome | { readonly kind: string }): outcome is StartOutcome =>
  ['started', 'resumed', 'movedDown', 'followedHere', 'limitReached'].includes(outcome.kind);

const started = (words: Words, outcome: StartOutcome): Card | string =>
  outcome.kind === 'limitReached'
    ? limitCard(words, outcome.limit, outcome.max)
    : words.answers.started[outcome.kind];

/** What is told of a wish to sign in that no export waits for. */
export const signInAnswer = (words: Words, outcome: Awaited<ReturnType<SignIn>>): Card | string =>
  outcome.kind === 'operatorFault'
    ? ownSignInCard(words, outcome.correlationId)
    : words.answers.signIn[outcome.kind];
