/** Hands out files of the simulated drive to whoever holds their pre-signed link, for a while. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer } from '../loopback/script.ts';
import { fileRefusals } from './file-answers.ts';

/** The attachment that Teams makes of a file which a person sends to a bot (`teams-protocol.md` §4). */
export type FileAttachment = Readonly<{
  contentType: 'application/vnd.microsoft.teams.file.download.info';
  name: string;
  contentUrl: string;
  content: Readonly<{ downloadUrl: string; uniqueId: string; fileType: string }>;
}>;

type OfferedFile = Readonly<{
  name: string;
  bytes: Uint8Array;
  /** 5 minutes without it. */
  livesMs?: number;
}>;

export type OfferedFiles = Readonly<{
  offer: (file: OfferedFile) => FileAttachment;
  /** @param key the link's secret */
  answer: (key: string) => Answer;
}>;

export const downloadPath = '/personal/sandbox/_layouts/15/download.aspx';

const usualLifeMs = 5 * 60_000;

export const createOfferedFiles = (origin: () => string, clock: () => number): OfferedFiles => {
  const files = new Map<string, { readonly bytes: Uint8Array; readonly until: number }>();
  const forgetExpired = (): void => {
    for (const [key, { until }] of files) if (until <= clock()) files.delete(key);
  };
  return {
    offer: ({ name, bytes, livesMs = usualLifeMs }) => {
      forgetExpired();
      const uniqueId = randomUUID();
      const key = randomBytes(24).toString('base64url');
      files.set(key, { bytes, until: clock() + livesMs });
      const query = new URLSearchParams({ UniqueId: uniqueId, Translate: 'false', tempauth: key });
      return {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name,
        contentUrl: `${origin()}/personal/sandbox/Documents/${encodeURIComponent(name)}`,
        content: {
          downloadUrl: `${origin()}${downloadPath}?${query.toString()}`,
          uniqueId,
          fileType: /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '',
        },
      };
    },
    answer: (key) => {
      const file = files.get(key);
      if (!file || file.until <= clock()) return fileRefusals.unauthenticated;
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: file.bytes };
    },
  };
};
