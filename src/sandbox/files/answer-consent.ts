/** Answers a question for a file as Teams does once the person has decided: an invoke, with an upload session when allowed. */
import { randomUUID } from 'node:crypto';
import type { PersonalChat } from '../chat/personal-chat.ts';
import type { ConsentDesk } from './consent-desk.ts';
import type { FileHost } from './file-host.ts';

export type AnswerConsentDeps = Readonly<{
  desk: Pick<ConsentDesk, 'settle'>;
  fileHost: Pick<FileHost, 'openSession'>;
  chat: () => PersonalChat | undefined;
  /** Where the chat client sends its activities; they are signed there. */
  endpoint: string;
}>;

export type AnswerConsentOutcome =
  | Readonly<{ kind: 'told' }>
  /** Answered before, or asked before the sandbox was started again. */
  | Readonly<{ kind: 'notOpen' }>
  | Readonly<{ kind: 'notTaken'; status: number }>;

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
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...from,
        type: 'invoke',
        name: 'fileConsent/invoke',
        id: randomUUID(),
        channelId: 'msteams',
        timestamp: new Date().toISOString(),
        locale: 'en-US',
        replyToId: question.activityId,
        value: { type: 'fileUpload', action: answer, ...value },
      }),
    });
    await response.body?.cancel();
    return response.ok ? { kind: 'told' } : { kind: 'notTaken', status: response.status };
  };
}
