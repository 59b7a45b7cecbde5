/** Keeps the files that people send and save in memory; a script can answer in its place. */
import { text } from 'node:stream/consumers';
import type { Drive, FetchAttachment, UploadOutcome } from '../../../src/ports/people-files.ts';

export interface ScriptedDrive {
  /** What lies behind each link; a link without a file is too old. */
  readonly files: Map<string, string | Uint8Array<ArrayBuffer>>;
  /** Each entry answers one call, in order. */
  readonly script: {
    readonly fetch: (() => ReturnType<FetchAttachment>)[];
    readonly upload: (() => UploadOutcome)[];
  };
  readonly uploads: { readonly uploadUrl: string; readonly text: string; readonly length: number }[];
  readonly fetchAttachment: FetchAttachment;
  readonly drive: Drive;
}

export function createScriptedDrive(): ScriptedDrive {
  const files: ScriptedDrive['files'] = new Map();
  const script: ScriptedDrive['script'] = { fetch: [], upload: [] };
  const uploads: { uploadUrl: string; text: string; length: number }[] = [];
  return {
    files,
    script,
    uploads,
    fetchAttachment: (downloadUrl) => {
      const instead = script.fetch.shift();
      if (instead !== undefined) return instead();
      const file = files.get(downloadUrl);
      return Promise.resolve(
        file === undefined ? { kind: 'linkTooOld' } : { kind: 'file', stream: new Blob([file]).stream() },
      );
    },
    drive: {
      upload: async (uploadUrl, { stream, length }) => {
        const sent = await text(stream);
        const instead = script.upload.shift();
        if (instead !== undefined) return instead();
        uploads.push({ uploadUrl, text: sent, length });
        return { kind: 'saved' };
      },
    },
  };
}
