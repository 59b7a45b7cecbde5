/** Answers for building the use cases about files: reading, handing over, own files, saving to OneDrive. */
import type { DownloadExportDeps } from '../usecases/files/download-export.ts';
import { createDownloadExport } from '../usecases/files/download-export.ts';
import type { OwnFileDeps } from '../usecases/files/own-file.ts';
import { createOwnFile } from '../usecases/files/own-file.ts';
import type { ReadExportDeps } from '../usecases/files/read-export.ts';
import { createReadExport } from '../usecases/files/read-export.ts';
import type { ReadOwnFileDeps } from '../usecases/files/read-own-file.ts';
import { createReadOwnFile } from '../usecases/files/read-own-file.ts';
import type { ReceiveOwnFileDeps } from '../usecases/files/receive-own-file.ts';
import { createReceiveOwnFile } from '../usecases/files/receive-own-file.ts';
import type { SaveFileDeps } from '../usecases/files/save-file.ts';
import { createSaveFile } from '../usecases/files/save-file.ts';
import type { SaveToOneDriveDeps } from '../usecases/files/save-to-onedrive.ts';
import { createSaveToOneDrive } from '../usecases/files/save-to-onedrive.ts';
import type { ShowOwnFileDeps } from '../usecases/cards/show-own-file.ts';
import { createShowOwnFile } from '../usecases/cards/show-own-file.ts';
import type { WorkOnFileDeps } from '../usecases/files/work-on-file.ts';
import { createWorkOnFile } from '../usecases/files/work-on-file.ts';

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
