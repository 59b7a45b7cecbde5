/** Makes one sample of every card about subscriptions of a group or channel, by name. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { sharedSummaryCard } from '../../cards/export/share-cards.ts';
import { scheduleNoticeCard } from '../../cards/schedules/schedule-notice.ts';
import {
  postedBy,
  subscriptionAboutCard,
  subscriptionOverCard,
  subscriptionQuestionCard,
  subscriptionsHereCard,
} from '../../cards/schedules/subscription-cards.ts';
import type { Schedule } from '../../domain/schedules/schedule.ts';
import { en } from '../../words/en/en.ts';
import { sampleChanges, sampleSummary } from './sample-answers.ts';
import { sampleJob, sampleNow } from './sample-jobs.ts';
import { sampleSchedule } from './sample-schedules.ts';

const subscription: Schedule = {
  ...sampleSchedule,
  audience: 'everybody',
  conversation: { ...sampleSchedule.conversation, conversationId: '19:sample', kind: 'channel' },
};
const paused: Schedule = { ...subscription, state: { kind: 'paused', why: 'person', since: sampleNow } };
const title = 'Launch of the summer catalogue';
const answer = { summary: sampleSummary, changes: sampleChanges, asOf: sampleNow };

export const subscriptionCards: Readonly<Record<string, Card>> = {
  'subscription-question': subscriptionQuestionCard(en, subscription, 37),
  'subscription-question-uncounted': subscriptionQuestionCard(en, subscription, undefined),
  'subscription-set-up': scheduleNoticeCard(en, {
    schedule: subscription,
    notice: { what: 'setUp' },
    toOwner: false,
  }),
  'subscription-posted': sharedSummaryCard(en, sampleJob, answer, postedBy(en, subscription)),
  'subscription-about-own': subscriptionAboutCard(en, { schedule: subscription, title }, 'owner'),
  'subscription-about-team-owner': subscriptionAboutCard(en, { schedule: paused, title }, 'teamOwner'),
  'subscription-about-member': subscriptionAboutCard(en, { schedule: subscription }, 'member'),
  'subscriptions-here': subscriptionsHereCard(
    en,
    Array.from({ length: 7 }, (_, nth) => ({ schedule: nth === 1 ? paused : subscription, title })),
  ),
  'subscription-pause-asked': scheduleNoticeCard(en, {
    schedule: subscription,
    notice: { what: 'pauseAsked', by: 'Benno *Quarz*' },
    title,
    toOwner: true,
  }),
  'subscription-over': subscriptionOverCard(en),
};
