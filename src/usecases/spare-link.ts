/** Answers for a download link staying on its person's screen: an update of the card takes what a button has answered off it. */
import type { ExportJob } from '../domain/exports/export-job.ts';
import type { Stores } from '../ports/runtime.ts';

/** Seconds. */
export const linkLifetime = 300;
/** As long as somebody may take to press the link; later the card's own news are worth more. */
const sparedFor = 60;

/** Seconds for which a ready export's card is better left as it is; 0 when nobody holds a fresh link that is still unused. */
export async function untilLinkIsUsed(
  { downloads }: Pick<Stores, 'downloads'>,
  { id, state }: ExportJob,
): Promise<number> {
  if (state.status !== 'ready') return 0;
  const left = await downloads.unusedFor({ kind: 'export', id });
  return Math.max(0, left - (linkLifetime - sparedFor));
}
