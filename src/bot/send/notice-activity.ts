/** Shapes the short message that makes Teams notify the requester. Source: Teams, "Send proactive messages", `notification.alert`. */
import { noticeCard } from '../../cards/export/notice-card.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { OutboundActivity } from './outbound-activity.ts';
import { cardActivity } from './outbound-activity.ts';

export const noticeActivity = (job: ExportJob, { kind }: Conversation): OutboundActivity => ({
  ...cardActivity(noticeCard(job, kind === 'personal' ? 'requester' : 'everybody')),
  channelData: { notification: { alert: true } },
});
