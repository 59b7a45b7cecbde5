/** Turns what the use cases say into activities, and the connector's answers into outcomes. */
import { forgottenCard, movedCard } from '../../cards/export/export-card.ts';
import { notSavedCard } from '../../cards/own-file/save-cards.ts';
import { scheduleNoticeCard } from '../../cards/schedules/schedule-notice.ts';
import { postedBy, subscriptionOverCard } from '../../cards/schedules/subscription-cards.ts';
import { nameNotSharedCard, sharedNameCard } from '../../cards/names/shared-names-card.ts';
import { sharedSummaryCard } from '../../cards/export/share-cards.ts';
import { signInSettledCard } from '../../cards/talk/sign-in-cards.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Message, Messenger, SendOutcome } from '../../ports/messenger.ts';
import type { Log } from '../../ports/runtime.ts';
import type { Words, WordsFor } from '../../words/words.ts';
import type { Connector } from './connector.ts';
import type { ExportView, OwnFileView } from './card-views.ts';
import {
  cardActivity,
  savedActivity,
  signInActivity,
  type OutboundActivity,
  type SignInActivityDeps,
} from './outbound-activities.ts';
import type { Delivery } from './send-outcome.ts';
import { noticeCard } from '../../cards/export/notice-card.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';

export interface MessengerDeps extends SignInActivityDeps {
  readonly wordsFor: WordsFor;
  readonly connector: Connector;
  readonly exportView: ExportView;
  readonly ownFileView: OwnFileView;
  /** Asked before each message: what is stored may be older than the list of tenants. */
  readonly isAllowedTenant: (tenantId: string) => boolean;
  readonly log: Log;
}

export function createMessenger(deps: MessengerDeps): Messenger {
  return {
    post: (conversation, message, mayGo) =>
      send(deps, conversation, message, (activity) => deps.connector.post(conversation, activity, mayGo)),
    update: (conversation, activityId, message) =>
      send(deps, conversation, message, (activity) =>
        deps.connector.update(conversation, activityId, activity),
      ),
    remove: async (conversation, activityId) => {
      if (!isAllowed(deps, conversation)) return { kind: 'blocked' };
      const outcome = await deps.connector.remove(conversation, activityId);
      return outcome.kind === 'tooLarge' ? { kind: 'unknown' } : outcome;
    },
  };
}

function isAllowed({ isAllowedTenant, log }: MessengerDeps, { tenantId }: Conversation): boolean {
  if (isAllowedTenant(tenantId)) return true;
  log.warn({ tenantId }, 'a stored conversation is of a tenant not in ALLOWED_TENANTS: nothing is sent');
  return false;
}

/** What is too large for Teams goes again in its shortest form. */
async function send(
  deps: MessengerDeps,
  conversation: Conversation,
  message: Message,
  deliver: (activity: OutboundActivity) => Promise<Delivery>,
): Promise<SendOutcome> {
  if (!isAllowed(deps, conversation)) return { kind: 'blocked' };
  const first = await deliver(render(deps, conversation, message));
  if (first.kind !== 'tooLarge') return first;
  const short = message.kind === 'export' ? shortest(deps, message.job) : undefined;
  const second = short === undefined ? first : await deliver(short);
  if (second.kind !== 'tooLarge') return second;
  deps.log.error({ message: message.kind }, 'a message is too large for Teams even in its shortest form');
  return { kind: 'gone' };
}

const shortest = (deps: MessengerDeps, job: ExportJob): OutboundActivity =>
  cardActivity(deps.exportView.least(wordsOf(deps, job), job));

const wordsOf = ({ wordsFor }: MessengerDeps, { requester }: ExportJob): Words => wordsFor(requester.locale);

function render(deps: MessengerDeps, conversation: Conversation, message: Message): OutboundActivity {
  switch (message.kind) {
    case 'export': {
      const { job, details } = message;
      return cardActivity(deps.exportView.shared(wordsOf(deps, job), job, conversation, { details }));
    }
    case 'exportMoved':
      return cardActivity(movedCard(wordsOf(deps, message.job), message.job));
    case 'exportForgotten':
      return cardActivity(forgottenCard(deps.wordsFor()));
    case 'signIn':
      return signInActivity(deps.wordsFor(message.request.person.locale), deps, message.request);
    case 'signInSettled':
      return cardActivity(
        signInSettledCard(deps.wordsFor(message.locale), message.outcome, message.correlationId),
      );
    case 'notice':
      return noticeActivity(wordsOf(deps, message.job), message.job, conversation);
    case 'sharedSummary': {
      const { job, reading, schedule } = message;
      const words = wordsOf(deps, job);
      const posted = schedule && postedBy(words, schedule);
      return cardActivity(sharedSummaryCard(words, job, reading, posted));
    }
    case 'subscriptionOver':
      return cardActivity(subscriptionOverCard(deps.wordsFor()));
    case 'scheduleNotice': {
      const words = deps.wordsFor(message.schedule.owner.locale);
      const toOwner = conversation.kind === 'personal';
      return alerting(cardActivity(scheduleNoticeCard(words, { ...message, toOwner })));
    }
    case 'sharedName':
      return cardActivity(sharedNameCard(deps.wordsFor(message.name.giver.locale), message.name));
    case 'nameNotShared':
      return cardActivity(nameNotSharedCard(deps.wordsFor(message.locale)));
    case 'ownFile': {
      const { file, reading } = message;
      const words = deps.wordsFor(file.owner.locale);
      return cardActivity(deps.ownFileView(words, file, conversation, { reading }));
    }
    case 'saved':
      return savedActivity(deps.wordsFor(message.locale), message.target);
    case 'notSaved':
      return cardActivity(notSavedCard(deps.wordsFor(message.locale), message));
  }
}

const noticeActivity = (words: Words, job: ExportJob, { kind }: Conversation): OutboundActivity =>
  alerting(cardActivity(noticeCard(words, job, kind === 'personal' ? 'requester' : 'everybody')));

/** Makes Teams notify people. Source: Teams, "Send proactive messages", `notification.alert`. */
const alerting = (activity: OutboundActivity): OutboundActivity => ({
  ...activity,
  channelData: { notification: { alert: true } },
});
