/** Answers for building the use cases about files: reading, handing over, own files, saving to OneDrive. */
import type { DownloadExportDeps } from '../usecases/download-export.ts';
import { createDownloadExport } from '../usecases/download-export.ts';
import type { OwnFileDeps } from '../usecases/own-file.ts';
import { createOwnFile } from '../usecases/own-file.ts';
import type { ReadExportDeps } from '../usecases/read-export.ts';
import { createReadExport } from '../usecases/read-export.ts';
import type { ReadOwnFileDeps } from '../usecases/read-own-file.ts';
import { createReadOwnFile } from '../usecases/read-own-file.ts';
import type { ReceiveOwnFileDeps } from '../usecases/receive-own-file.ts';
import { createReceiveOwnFile } from '../usecases/receive-own-file.ts';
import type { SaveFileDeps } from '../usecases/save-file.ts';
import { createSaveFile } from '../usecases/save-file.ts';
import type { SaveToOneDriveDeps } from '../usecases/save-to-onedrive.ts';
import { createSaveToOneDrive } from '../usecases/save-to-onedrive.ts';
import type { ShowOwnFileDeps } from '../usecases/show-own-file.ts';
import { createShowOwnFile } from '../usecases/show-own-file.ts';
import type { WorkOnFileDeps } from '../usecases/work-on-file.ts';
import { createWorkOnFile } from '../usecases/work-on-file.ts';

export type FileUseCasesDeps = DownloadExportDeps &
  ShowOwnFileDeps &
  ReadExportDeps &
  SaveFileDeps &
  SaveToOneDriveDeps &
  Omit<WorkOnFileDeps, 'workers'> &
  Omit<ReadOwnFileDeps & ReceiveOwnFileDeps & OwnFileDeps, 'showOwnFile'>;

export function createFileUseCases(given: FileUseCasesDeps) {
  const deps = { ...given, showOwnFile: createShowOwnFile(given) };
  const workers = {
    readExport: createReadExport(deps),
    readOwnFile: createReadOwnFile(deps),
    save: createSaveFile(deps),
  };
  return {
    workOnFile: createWorkOnFile({ ...deps, workers }),
    downloadExport: createDownloadExport(deps),
    receiveOwnFile: createReceiveOwnFile(deps),
    ownFile: createOwnFile(deps),
    saveToOneDrive: createSaveToOneDrive(deps),
  };
}
