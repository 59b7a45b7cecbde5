/** Hands a file to the bot as Teams does: the file waits on the drive, a message in the personal chat leads to it. */
import { randomUUID } from 'node:crypto';
import type { PersonalChat } from '../chat/personal-chat.ts';
import type { FileHost } from './file-host.ts';

export type HandedFile = Readonly<{ name: string; bytes: Uint8Array }>;

export type HandFileOutcome =
  | Readonly<{ kind: 'handed' }>
  /** Nobody has opened the chat since the sandbox started, so there is no conversation yet. */
  | Readonly<{ kind: 'noChat' }>
  | Readonly<{ kind: 'notTaken'; status: number }>;

export type HandFileDeps = Readonly<{
  fileHost: Pick<FileHost, 'offer'>;
  chat: () => PersonalChat | undefined;
  /** Where the chat client sends its activities; they are signed there. */
  endpoint: string;
}>;

export type HandFile = (file: HandedFile) => Promise<HandFileOutcome>;

/** @throws TypeError of fetch when the endpoint cannot be reached */
export function createHandFile({ fileHost, chat, endpoint }: HandFileDeps): HandFile {
  return async function handFile(file) {
    const from = chat();
    if (from === undefined) return { kind: 'noChat' };
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...from,
        type: 'message',
        id: randomUUID(),
        channelId: 'msteams',
        timestamp: new Date().toISOString(),
        locale: 'en-US',
        attachments: [fileHost.offer(file)],
      }),
    });
    await response.body?.cancel();
    return response.ok ? { kind: 'handed' } : { kind: 'notTaken', status: response.status };
  };
}
