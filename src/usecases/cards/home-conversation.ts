/** Answers for where an export speaks to its requester: the conversation of its newest live card. */
import type { Conversation } from '../../ports/conversation.ts';
import type { Cards, TrackedCard } from '../../ports/export-jobs.ts';

export async function homeCardOf(
  cards: Pick<Cards, 'ofExport'>,
  exportId: string,
): Promise<TrackedCard | undefined> {
  return (await cards.ofExport(exportId)).filter(({ mode }) => mode === 'live').at(-1);
}

export const homeOf = async (
  cards: Pick<Cards, 'ofExport'>,
  exportId: string,
): Promise<Conversation | undefined> => (await homeCardOf(cards, exportId))?.conversation;
