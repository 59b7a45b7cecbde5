/** Answers for where an export speaks to its requester: the conversation of its newest live card. */
import type { Conversation } from '../ports/conversation.ts';
import type { Cards } from '../ports/export-jobs.ts';

export async function homeOf(
  cards: Pick<Cards, 'ofExport'>,
  exportId: string,
): Promise<Conversation | undefined> {
  const live = (await cards.ofExport(exportId)).filter(({ mode }) => mode === 'live');
  return live.at(-1)?.conversation;
}
