/** Runs what was queued when something was kept or answered; each task may be run again after a crash. */
import type { Messenger, SendOutcome } from '../ports/messenger.ts';
import type { QueuedTask } from '../ports/queued-tasks.ts';
import type { CarryRun } from './schedules/carry-run.ts';
import type { OwnerSigns } from './schedules/owner-signs.ts';
import type { RunSchedule } from './schedules/run-schedule.ts';
import type { EndWhenOver, TellOver, TellSchedule } from './schedules/tell-schedule.ts';
import type { AskSignIn } from './sign-in/ask-sign-in.ts';
import type { TellSaved } from './files/save-to-onedrive.ts';
import type { ShowMissed } from './exports/bring-up-to-date.ts';
import type { ResumeConsented } from './sign-in/admin-consent.ts';
import type { ResumeWaiting, SignInRefused } from './sign-in/after-sign-in.ts';
import type { PostShared } from './cards/share-summary.ts';
import type { AskWithButton } from './sign-in/silent-sign-in.ts';
import type { ShowSharedName } from './names/shared-name-card.ts';
import { retirePrompt } from './sign-in/sign-in-prompt.ts';
import type { HoldOpenExports } from './sign-in/sign-out.ts';

export interface RunTaskDeps {
  readonly messenger: Pick<Messenger, 'remove' | 'update'>;
  readonly askSignIn: Pick<AskSignIn, 'inConversation'>;
  readonly resumeWaiting: ResumeWaiting;
  readonly resumeConsented: ResumeConsented;
  readonly signInRefused: SignInRefused;
  readonly holdOpenExports: HoldOpenExports;
  readonly askWithButton: AskWithButton;
  readonly showMissed: ShowMissed;
  readonly postShared: PostShared;
  readonly tellSaved: TellSaved;
  readonly ownerSigns: OwnerSigns;
  readonly runSchedule: RunSchedule;
  readonly carryRun: CarryRun;
  readonly endWhenOver: EndWhenOver;
  readonly tellSchedule: TellSchedule;
  readonly tellOver: TellOver;
  readonly showSharedName: ShowSharedName;
}

/** Resolves with the seconds after which it should be run once more, if it should. */
export type RunTask = (task: QueuedTask) => Promise<number | undefined>;

export function createRunTask(deps: RunTaskDeps): RunTask {
  return async function runTask(task) {
    switch (task.kind) {
      case 'retirePrompt':
        return pauseAfter(await retirePrompt(deps, task));
      case 'retireCard': {
        const { conversation, activityId } = task;
        return pauseAfter(await deps.messenger.update(conversation, activityId, { kind: 'exportForgotten' }));
      }
      case 'showSharedName':
        return pauseAfter(await deps.showSharedName(task));
      case 'removeMessage':
        return pauseAfter(await deps.messenger.remove(task.conversation, task.activityId));
      case 'share':
        return deps.postShared(task);
      case 'subscriptionOver':
        return deps.tellOver(task);
      case 'tellSaved':
        return pauseAfter(await deps.tellSaved(task));
      case 'askWithButton':
        return deps.askWithButton(task.person, task.conversation, task.code);
      case 'signedIn':
        await deps.resumeWaiting(task.person);
        return undefined;
      case 'ownerSignedIn':
        await deps.ownerSigns.in(task.person);
        return undefined;
      case 'signInRefused':
        await deps.signInRefused(task.person, task.answer, task.waiting);
        return undefined;
      case 'signedOut':
        await deps.holdOpenExports(task.person);
        await deps.ownerSigns.out(task.person);
        return undefined;
      case 'consented':
        await deps.resumeConsented(task.tenantId);
        return undefined;
      case 'askAgain':
        await deps.askSignIn.inConversation(task.person, task.conversation, task.question, 'again');
        return undefined;
      case 'runSchedule':
        return deps.runSchedule(task);
      case 'carryRun':
        return deps.carryRun(task);
      case 'endSchedule':
        await deps.endWhenOver(task);
        return undefined;
      case 'tellSchedule':
        return deps.tellSchedule(task);
      case 'catchUp':
        await deps.showMissed(task.tenantId, task.conversationId);
        return undefined;
    }
  };
}

const usualPause = 5;

const pauseAfter = (outcome: SendOutcome | undefined): number | undefined =>
  outcome?.kind === 'busy' ? (outcome.retryAfter ?? usualPause) : undefined;
