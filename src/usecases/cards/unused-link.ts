/** Holds a card's update back while its download link stands unused: the update would take the link off the screen. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { TrackedCard } from '../../ports/export-jobs.ts';
import type { Stores } from '../../ports/runtime.ts';

/** Seconds. */
export const linkLifetime = 300;
/** As long as somebody may take to press the link; after that the news on the card are worth more. */
const sparedFor = 60;

/** Seconds to hold the card's update back; 0 when there is no fresh unused link. */
export async function secondsForUnusedLink(
  { downloads }: Pick<Stores, 'downloads'>,
  card: TrackedCard,
  job: ExportJob,
): Promise<number> {
  if (!isReadWhatElseIsShown(card, job)) return 0;
  const left = await downloads.unusedFor({ kind: 'export', id: job.id });
  return Math.max(0, left - (linkLifetime - sparedFor));
}

/** The card lacks nothing but what the file says, for which nobody waits. */
const isReadWhatElseIsShown = (
  { activityId, shownVersion }: TrackedCard,
  { version, state }: ExportJob,
): boolean =>
  activityId !== undefined &&
  shownVersion === version - 1 &&
  state.status === 'ready' &&
  state.readInVersion === version;
