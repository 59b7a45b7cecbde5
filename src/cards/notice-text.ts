/** Answers for the short message that makes Teams notify the requester; others in the conversation read it, too. */
import type { NotificationKind } from '../domain/exports/export-event.ts';
import { isGuid, shortId } from '../domain/exports/explorer-url.ts';
import type { ExportJob } from '../domain/exports/export-job.ts';

/** Where others read along, the card shows the file to its requester only. */
type Readers = 'requester' | 'everybody';

const words: Readonly<Record<NotificationKind, (view: string, readers: Readers) => string>> = {
  ready: (view, readers) =>
    `Your export of view ${view} is ready. ${readers === 'requester' ? 'Press Download' : 'Open your view'} on its card.`,
  failed: (view) => `Your export of view ${view} ended without a file. Its card says why, and what to do.`,
  signInNeeded: (view) => `Your export of view ${view} needs you: please sign in, then it goes on by itself.`,
  signInAbandoned: (view) =>
    `Your export of view ${view} has stopped, because the sign-in didn’t come. Its card offers to resume.`,
  parked: (view) => `Your export of view ${view} is paused. Its card says why, and what to do.`,
};

/** Plain words, safe as Markdown; whoever sends it may put a mention in front. */
export function noticeText(
  { view }: ExportJob,
  about: NotificationKind,
  readers: Readers = 'requester',
): { readonly text: string; readonly speak: string } {
  const text = words[about](isGuid(view.viewId) ? shortId(view.viewId) : '–', readers);
  return { text, speak: text };
}
