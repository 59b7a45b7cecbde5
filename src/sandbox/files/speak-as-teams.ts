/** Tells the bot about files as Teams does, from the personal chat: a file that waits on the drive, the answer to a file consent. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ConsentDesk } from './consent-desk.ts';
import type { FileHost } from './file-host.ts';

type SpeakAsTeamsDeps = Readonly<{
  chat: () => PersonalChat | undefined;
  /** Where the chat client sends its activities; they are signed there. */
  endpoint: string;
}>;

type NotTaken = Readonly<{ kind: 'notTaken'; status: number }>;

export type HandFileDeps = SpeakAsTeamsDeps & Readonly<{ fileHost: Pick<FileHost, 'offer'> }>;

export type HandedFile = Readonly<{ name: string; bytes: Uint8Array }>;

export type HandFileOutcome =
  | Readonly<{ kind: 'handed' }>
  /** Nobody has opened the chat since the sandbox started, so there is no conversation yet. */
  | Readonly<{ kind: 'noChat' }>
  | NotTaken;

export type HandFile = (file: HandedFile) => Promise<HandFileOutcome>;

/** @throws TypeError of fetch when the endpoint cannot be reached */
export function createHandFile({ fileHost, chat, endpoint }: HandFileDeps): HandFile {
  return async function handFile(file) {
    const from = chat();
    if (from === undefined) return { kind: 'noChat' };
    const message = { type: 'message', attachments: [fileHost.offer(file)] };
    return (await send(endpoint, from, message)) ?? { kind: 'handed' };
  };
}

export type AnswerConsentDeps = SpeakAsTeamsDeps &
  Readonly<{ desk: Pick<ConsentDesk, 'settle'>; fileHost: Pick<FileHost, 'openSession'> }>;

export type AnswerConsentOutcome =
  | Readonly<{ kind: 'told' }>
  /** Answered before, or asked before the sandbox was started again. */
  | Readonly<{ kind: 'notOpen' }>
  | NotTaken;

export type AnswerConsent = (id: string, answer: 'accept' | 'decline') => Promise<AnswerConsentOutcome>;

/** @throws TypeError of fetch when the endpoint cannot be reached */
export function createAnswerConsent({ desk, fileHost, chat, endpoint }: AnswerConsentDeps): AnswerConsent {
  return async function answerConsent(id, answer) {
    const from = chat();
    const question = from && desk.settle(id, answer);
    if (question === undefined) return { kind: 'notOpen' };
    const value =
      answer === 'accept'
        ? { context: question.acceptContext, uploadInfo: fileHost.openSession({ name: question.name }) }
        : { context: question.declineContext };
    const invoke = {
      type: 'invoke',
      name: 'fileConsent/invoke',
      replyToId: question.activityId,
      value: { type: 'fileUpload', action: answer, ...value },
    };
    return (await send(endpoint, from, invoke)) ?? { kind: 'told' };
  };
}

/** Undefined when the bot took it. */
async function send(
  endpoint: string,
  from: PersonalChat | undefined,
  activity: object,
): Promise<NotTaken | undefined> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...from,
      ...activity,
      id: randomUUID(),
      channelId: 'msteams',
      timestamp: new Date().toISOString(),
      locale: 'en-US',
    }),
  });
  await response.body?.cancel();
  return response.ok ? undefined : { kind: 'notTaken', status: response.status };
}

const account = z.looseObject({ id: z.string(), name: z.string().optional() });

const personalActivity = z.looseObject({
  serviceUrl: z.string(),
  from: account.extend({ aadObjectId: z.string() }),
  recipient: account,
  conversation: z.looseObject({ id: z.string(), conversationType: z.literal('personal') }),
  channelData: z.unknown(),
});

/** Who sits there, and how an activity from there is addressed. */
type PersonalChat = Readonly<
  Pick<z.infer<typeof personalActivity>, 'serviceUrl' | 'from' | 'recipient' | 'conversation' | 'channelData'>
>;

export type PersonalChatMemory = Readonly<{
  /** Takes every activity, and keeps what is needed of a personal one. */
  note: (activity: unknown) => void;
  /** Undefined until somebody has opened the chat. */
  chat: () => PersonalChat | undefined;
}>;

/** The sandbox's pages speak to the bot from where the chat client last did. */
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
