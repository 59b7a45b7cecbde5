/** Answers for which rows belong to one Teams conversation: a channel's threads share its reference. */

/** `19:…@thread.tacv2;messageid=…` names a thread; without the suffix it names the channel. */
export const baseIdOf = (conversationId: string): string => conversationId.replace(/;messageid=.*$/s, '');
