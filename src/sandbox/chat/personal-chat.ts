/** Remembers the chat client's personal chat from what it sends: the sandbox's pages speak to the bot from there too. */
import { z } from 'zod';

const account = z.looseObject({ id: z.string(), name: z.string().optional() });

const personalActivity = z.looseObject({
  serviceUrl: z.string(),
  from: account.extend({ aadObjectId: z.string() }),
  recipient: account,
  conversation: z.looseObject({ id: z.string(), conversationType: z.literal('personal') }),
  channelData: z.unknown(),
});

/** Who sits there, and how an activity from there is addressed. */
export type PersonalChat = Readonly<
  Pick<z.infer<typeof personalActivity>, 'serviceUrl' | 'from' | 'recipient' | 'conversation' | 'channelData'>
>;

export type PersonalChatMemory = Readonly<{
  /** Takes every activity, and keeps what is needed of a personal one. */
  note: (activity: unknown) => void;
  /** Undefined until somebody has opened the chat. */
  chat: () => PersonalChat | undefined;
}>;

export const createPersonalChatMemory = (): PersonalChatMemory => {
  let known: PersonalChat | undefined;
  return {
    note: (activity) => {
      const said = personalActivity.safeParse(activity).data;
      if (said === undefined) return;
      const { serviceUrl, from, recipient, conversation, channelData } = said;
      known = { serviceUrl, from, recipient, conversation, channelData };
    },
    chat: () => known,
  };
};
