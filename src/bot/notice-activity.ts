/** Answers for the short message that makes Teams notify the requester: with a mention where others read along. */
import { noticeText } from '../cards/notice-text.ts';
import { plainText } from '../cards/plain-text.ts';
import type { NotificationKind } from '../domain/exports/export-event.ts';
import type { ExportJob } from '../domain/exports/export-job.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { OutboundActivity } from './outbound-activity.ts';

export function noticeActivity(
  job: ExportJob,
  about: NotificationKind,
  conversation: Conversation,
): OutboundActivity {
  const { text, speak } = noticeText(
    job,
    about,
    conversation.kind === 'personal' ? 'requester' : 'everybody',
  );
  const base = { type: 'message', speak, summary: text, textFormat: 'xml' } as const;
  const alert = { channelData: { notification: { alert: true } } } as const;
  if (conversation.kind === 'personal') return { ...base, ...alert, text: escapeXml(text) };
  const name = plainText(job.requester.name, 'You');
  const mention = `<at>${escapeXml(name)}</at>`;
  return {
    ...{ ...base, ...alert, text: `${mention} ${escapeXml(text)}` },
    entities: [{ type: 'mention', mentioned: { id: job.requester.channelUserId, name }, text: mention }],
  };
}

const entityOf: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (mark) => entityOf[mark] ?? mark);
