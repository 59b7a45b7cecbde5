/** Says on an open export's card what is in the way while Microsoft Graph cannot be asked. */
import type { ExportJob, TroubleKind } from '../../domain/exports/export-job.ts';
import { localTime } from '../blocks/local-time.ts';

/** Shorter trouble mends itself before anybody has read about it. */
const worthMentioning = 2 * 60_000;

const words: Readonly<Record<TroubleKind, string>> = {
  busy: 'Microsoft Graph is busy',
  unreachable: 'I can’t reach Microsoft Graph at the moment',
  insecure: 'I can’t reach Microsoft securely, so nothing was sent this time',
  oddAnswer: 'Microsoft Graph gives odd answers at the moment',
};

/** One sentence that contains a card function; undefined while there is nothing worth saying. */
export function troubleLine({ contact: { trouble }, due }: ExportJob, now: Date): string | undefined {
  if (trouble === undefined) return undefined;
  // Nothing changes on the card before the next try.
  const until = Math.max(now.getTime(), due?.at.getTime() ?? 0);
  const lasting = until - trouble.since.getTime() >= worthMentioning;
  if (!lasting && trouble.kind !== 'insecure') return undefined;
  const next = localTime(due?.at);
  const then = next === undefined ? 'I keep trying' : `next try at ${next}`;
  return `⚠ ${words[trouble.kind]}; ${then}. Your export stays open.`;
}
