/** Brings the card of a file that somebody sent to its newest version: one sender at a time. */
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import type { Message, Messenger, SendOutcome } from '../../ports/messenger.ts';
import type { OwnFileCard } from '../../ports/people-files.ts';
import type { Chance, Clock, Stores, Transact } from '../../ports/runtime.ts';
import { retryWrite } from '../../blocks/retry-write.ts';

export interface ShowOwnFileDeps {
  readonly stores: Pick<Stores, 'ownFiles' | 'readings' | 'conversations'>;
  readonly transact: Transact;
  readonly messenger: Messenger;
  readonly chance: Pick<Chance, 'newId'>;
  readonly clock: Clock;
}

export type ShowOwnFile = (fileId: string) => Promise<void>;

const leaseSeconds = 30;
const soonestRetry = 10;
const latestRetry = 600;
const secondsUntilBlockedAgain = 3600;

/** Repeats until the card shows the newest version, because the file may move on while a version is on its way. */
export function createShowOwnFile(deps: ShowOwnFileDeps): ShowOwnFile {
  return async function showOwnFile(fileId) {
    const { ownFiles } = deps.stores;
    for (;;) {
      const holder = deps.chance.newId();
      const card = await ownFiles.claimCard(fileId, holder, leaseSeconds);
      const file = await ownFiles.load(fileId);
      if (file === undefined) return;
      // Whoever holds it looks at the version again after giving it back, unless they die.
      if (card === undefined) return lookAgain(deps, fileId, leaseSeconds);
      if (card.shownVersion >= file.version) {
        await ownFiles.releaseCard(fileId, holder);
        if ((await ownFiles.load(fileId))?.version === file.version) return;
        continue;
      }
      const wait = await show(deps, card, file, holder);
      if (wait === 'over') return;
      if (wait !== undefined) return lookAgain(deps, fileId, wait);
    }
  };
}

async function show(
  deps: ShowOwnFileDeps,
  card: OwnFileCard,
  file: OwnFile,
  holder: string,
): Promise<number | 'over' | undefined> {
  const { ownFiles, conversations } = deps.stores;
  const giveBack = async (wait: number): Promise<number> => {
    await ownFiles.releaseCard(file.id, holder);
    return wait;
  };
  if (await conversations.isBlocked(card.conversation)) return giveBack(secondsUntilBlockedAgain);
  const { outcome, activityId } = await send(deps, card, file);
  switch (outcome.kind) {
    case 'sent': {
      const shown = { version: file.version, ...present({ activityId: outcome.activityId ?? activityId }) };
      await retryWrite(() => ownFiles.shown(file.id, holder, shown));
      return undefined;
    }
    case 'gone':
    case 'refused':
      await ownFiles.shown(file.id, holder, { version: file.version });
      return 'over';
    case 'blocked':
      await conversations.block(card.conversation);
      return giveBack(secondsUntilBlockedAgain);
    case 'busy':
      return giveBack(outcome.retryAfter ?? Math.min(latestRetry, retryDelay(deps, file)));
    case 'unknown': {
      const wait = retryDelay(deps, file);
      if (card.activityId !== undefined || wait <= soonestRetry) return giveBack(wait);
      // A post with an unknown outcome is retried once, then left until the file moves on.
      await ownFiles.shown(file.id, holder, { version: file.version });
      return 'over';
    }
  }
}

/** As long again as it has not worked, so that unknown outcomes do not fill the chat with cards. */
const retryDelay = ({ clock }: ShowOwnFileDeps, { receivedAt }: OwnFile): number =>
  Math.max(soonestRetry, (clock.now().getTime() - receivedAt.getTime()) / 1000);

/** An activity that is gone, or must not be changed, is replaced by one fresh card. */
async function send(
  { messenger, stores }: ShowOwnFileDeps,
  { conversation, activityId }: OwnFileCard,
  file: OwnFile,
): Promise<{ readonly outcome: SendOutcome; readonly activityId?: string }> {
  const source = { kind: 'ownFile', id: file.id } as const;
  const reading = file.state.status === 'read' ? await stores.readings.find(file.owner, source) : undefined;
  const message: Message = { kind: 'ownFile', file, ...present({ reading }) };
  if (activityId === undefined) return { outcome: await messenger.post(conversation, message) };
  const outcome = await messenger.update(conversation, activityId, message);
  return outcome.kind === 'gone' || outcome.kind === 'refused'
    ? { outcome: await messenger.post(conversation, message) }
    : { outcome, activityId };
}

const lookAgain = ({ transact, clock }: ShowOwnFileDeps, id: string, seconds: number): Promise<void> =>
  transact(async ({ queue }) => {
    const at = new Date(clock.now().getTime() + seconds * 1000);
    await queue.scheduleFileWork({ kind: 'readOwnFile', id }, at);
  });
