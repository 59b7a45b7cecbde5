/** What the bot said in one conversation, as short as a test can compare it. */
import type { LoopbackChannel, Sent } from './loopback-channel.ts';

export const sentTo = (channel: LoopbackChannel, conversationId: string): readonly Sent[] =>
  channel.sent.filter(({ path }) => decodeURIComponent(path).includes(`/${conversationId}/`));

/** The summary of a card, else the text. */
export const wordsTo = (channel: LoopbackChannel, conversationId: string): readonly unknown[] =>
  sentTo(channel, conversationId).map(({ body }) => body.summary ?? body.text);
