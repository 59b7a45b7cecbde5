/** Shows the card of a file that somebody sent, and queues another look while it cannot be shown. */
import type { Clock, Transact } from '../../ports/runtime.ts';
import { ownFileCards, type CardKindsDeps } from './card-kinds.ts';
import type { ShowCards } from './show-cards.ts';

export interface ShowOwnFileDeps extends Pick<CardKindsDeps, 'stores'> {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly showCards: ShowCards;
}

export type ShowOwnFile = (fileId: string) => Promise<void>;

export function createShowOwnFile(deps: ShowOwnFileDeps): ShowOwnFile {
  const kind = ownFileCards(deps);
  return async function showOwnFile(id) {
    const { behind } = await deps.showCards(kind, id);
    const file = behind === undefined ? undefined : await kind.load(id);
    // Reading it is queued already, must not be put off by its card, and shows the card in the end.
    if (behind === undefined || file === undefined || kind.standing(file).isOpen) return;
    const at = new Date(deps.clock.now().getTime() + behind * 1000);
    await deps.transact(({ queue }) => queue.scheduleFileWork({ kind: 'readOwnFile', id }, at));
  };
}
