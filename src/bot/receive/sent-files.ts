/**
 * Reads the files of a message: which ones may be exports, and which ones certainly are not. Source: "Send and receive files
 * from your bot", Message activity with files.
 */
import { z } from 'zod';
import type { AttachedFile } from '../../ports/own-files.ts';
import type { InboundActivity } from './inbound-activity.ts';

export interface SentFiles {
  /** To be fetched and looked into; at most five. */
  readonly taken: readonly AttachedFile[];
  /** Names of those beyond the fifth. */
  readonly leftOut: readonly string[];
  /** Names of those that are no table, by their ending. */
  readonly otherKinds: readonly string[];
}

export const maxFilesInOneMessage = 5;

const download = z.object({
  downloadUrl: z.url().max(4096),
  fileType: z.string().optional().catch(undefined),
});

/** Others are not worth fetching; what these hold is found out by looking. */
const mayBeTables: ReadonlySet<string> = new Set(['csv', 'xlsx', 'xlsm', 'txt', 'tsv', '']);
const maxNameLength = 255;

export function readSentFiles({ attachments = [] }: InboundActivity): SentFiles {
  const sent = attachments.flatMap((attachment) => {
    if (attachment?.contentType !== 'application/vnd.microsoft.teams.file.download.info') return [];
    const name = (attachment.name ?? '').slice(0, maxNameLength).trim();
    const content = download.safeParse(attachment.content);
    return [{ name: name === '' ? 'file' : name, content: content.success ? content.data : undefined }];
  });
  const tables = sent.flatMap(({ name, content }) =>
    content !== undefined && mayBeTables.has(endingOf(name, content.fileType))
      ? [{ name, downloadUrl: content.downloadUrl }]
      : [],
  );
  const names = new Set(tables.map(({ name }) => name));
  return {
    taken: tables.slice(0, maxFilesInOneMessage),
    leftOut: tables.slice(maxFilesInOneMessage).map(({ name }) => name),
    otherKinds: sent.map(({ name }) => name).filter((name) => !names.has(name)),
  };
}

const endingOf = (name: string, fileType: string | undefined): string =>
  (fileType ?? /\.([^.]{1,8})$/.exec(name)?.[1] ?? '').toLowerCase();
