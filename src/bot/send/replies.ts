/** Replies within a turn, in the background: Teams delivers again what is answered slowly. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Background } from '../../ports/runtime.ts';
import type { Words } from '../../words/words.ts';
import type { Connector } from './connector.ts';
import { cardActivity, textActivity, type OutboundActivity } from './outbound-activities.ts';

/** Where an answer goes, and in which language. */
interface Addressee {
  readonly conversation: Conversation;
  readonly words: Words;
}

export type Reply = (to: Addressee, what: Card | string | OutboundActivity) => Replying;

interface Replying {
  /**
   * True when it is out, or when it never will be; false after 3 s. Where nothing is kept of a message, only a turn that is not
   * answered yet makes Teams send it again after the process has died.
   */
  readonly isOut: () => Promise<boolean>;
}

export interface ReplyDeps {
  readonly connector: Pick<Connector, 'post'>;
  readonly background: Background;
  /** Milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

const maxAttempts = 3;
/** Seconds: an answer that comes later than that answers nobody any more. */
const maxPause = 60;
const usualPause = 5;

/** Milliseconds: Teams re-sends what is answered slowly. */
const patience = 3000;

export function createReply(deps: ReplyDeps): Reply {
  return function reply(to, what) {
    const { promise: sent, resolve } = Promise.withResolvers<true>();
    deps.background.run('reply', async () => {
      try {
        await send(deps, to, what);
      } finally {
        resolve(true);
      }
    });
    return { isOut: () => Promise.race([sent, deps.pause(patience).then(() => false)]) };
  };
}

async function send(
  { connector, pause }: ReplyDeps,
  { conversation, words }: Addressee,
  what: Parameters<Reply>[1],
): Promise<void> {
  let activity = activityOf(what);
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const outcome = await connector.post(conversation, activity);
    if (outcome.kind === 'tooLarge') activity = textActivity(words.answers.tooLong);
    if (outcome.kind === 'tooLarge' && attempt < maxAttempts) continue;
    if (outcome.kind !== 'busy') return;
    const { retryAfter = usualPause } = outcome;
    if (retryAfter > maxPause || attempt === maxAttempts) return;
    await pause(retryAfter * 1000);
  }
}

function activityOf(what: Card | string | OutboundActivity): OutboundActivity {
  if (typeof what === 'string') return textActivity(what);
  return what.type === 'message' ? what : cardActivity(what);
}
