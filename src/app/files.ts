/** Answers for building what reads and makes files, and what fetches and saves them. */
import { createOkrFiles } from '../adapters/okr-files/okr-files.ts';
import { createDrive } from '../adapters/teams-files/drive.ts';
import { createFetchAttachment } from '../adapters/teams-files/fetch-attachment.ts';
import type { Config } from '../config.ts';
import type { Log } from '../ports/runtime.ts';

interface FilesDeps {
  readonly log: Log;
  readonly fetch?: typeof fetch;
}

export function createFiles({ files }: Pick<Config, 'files'>, deps: FilesDeps) {
  const okrFiles = createOkrFiles({ log: deps.log });
  const outside = { ...deps, hosts: files.hosts };
  return {
    okrFiles,
    fetchAttachment: createFetchAttachment(outside),
    drive: createDrive(outside),
    /** Ends what is being read or made. */
    close: () => okrFiles.close(),
  };
}
