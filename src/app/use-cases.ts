/** Builds the use cases once, each from just what it needs. */
import type { Config } from '../config.ts';
import type { ExportJob } from '../domain/exports/export-job.ts';
import type { CountOthers, FindMember, FindPersonalChat } from '../ports/messenger.ts';
import type { OkrFiles } from '../ports/okr-files.ts';
import type { Drive, FetchAttachment } from '../ports/people-files.ts';
import { createAskOnCard, createSignIn } from '../usecases/sign-in/sign-in-on-demand.ts';
import { createBotRemoved, createHoldOpenExports, createSignOut } from '../usecases/sign-in/sign-out.ts';
import { createCatchUp, createShowMissed } from '../usecases/exports/bring-up-to-date.ts';
import { createConsentLanded, createResumeConsented } from '../usecases/sign-in/admin-consent.ts';
import { createDeleteMyData } from '../usecases/delete-my-data.ts';
import { createEngine, type EngineDeps } from '../usecases/exports/engine.ts';
import { createExportForMe, createMayExportForMe } from '../usecases/exports/export-for-me.ts';
import { createFollowGraphJob } from '../usecases/exports/follow-graph-job.ts';
import { createListExports } from '../usecases/exports/list-exports.ts';
import { createTellMyState } from '../usecases/my-state.ts';
import { createNameTargets } from '../usecases/name-targets.ts';
import { createNamingMessenger, named } from '../usecases/names/named-exports.ts';
import { createShareNames } from '../usecases/share-names.ts';
import { createShowSharedName } from '../usecases/names/shared-name-card.ts';
import { createOwnExport } from '../usecases/exports/own-export.ts';
import { createResumeWaiting, createSignInRefused } from '../usecases/sign-in/after-sign-in.ts';
import { createRunTask } from '../usecases/run-task.ts';
import { createPostShared, createShareSummary } from '../usecases/cards/share-summary.ts';
import { createSignInByBrowser } from '../usecases/sign-in/sign-in-by-browser.ts';
import {
  createAskWithButton,
  createExchangeSso,
  createSignInFailed,
} from '../usecases/sign-in/silent-sign-in.ts';
import { createEndWhereRemoved } from '../usecases/schedules/end-where-removed.ts';
import { createStartExport } from '../usecases/exports/start-export.ts';
import { createWakePaused } from '../usecases/exports/wake-paused.ts';
import { createDownloadExport, type DownloadExportDeps } from '../usecases/files/download-export.ts';
import {
  createOwnFile,
  type OwnFileDeps,
  createReceiveOwnFile,
  type ReceiveOwnFileDeps,
} from '../usecases/files/own-file.ts';
import { createReadExport, type ReadExportDeps } from '../usecases/files/read-export.ts';
import { createReadOwnFile, type ReadOwnFileDeps } from '../usecases/files/read-own-file.ts';
import {
  createSaveFile,
  createTellSaved,
  createSaveToOneDrive,
  type SaveToOneDriveDeps,
} from '../usecases/files/save-to-onedrive.ts';
import { createShowOwnFile } from '../usecases/cards/show-own-file.ts';
import { createWorkOnFile, type WorkOnFileDeps } from '../usecases/files/work-on-file.ts';
import { createScheduleUseCases } from './schedule-use-cases.ts';
import { version } from './version.ts';

export interface Outside extends Omit<EngineDeps, 'followDays'> {
  readonly okrFiles: OkrFiles;
  readonly fetchAttachment: FetchAttachment;
  readonly drive: Drive;
  readonly countOthers: CountOthers;
  readonly findMember: FindMember;
  readonly findPersonalChat: FindPersonalChat;
}

type Settings = Pick<Config, 'publicUrl' | 'limits' | 'scheduleLimits' | 'followDays' | 'allowedTenants'> &
  FileSettings & { readonly database: Pick<Config['database'], 'kind'> };

export function createUseCases(given: Outside, config: Settings) {
  const outside = { ...given, messenger: createNamingMessenger(given, given.messenger) };
  const { publicUrl, limits, scheduleLimits, followDays, allowedTenants } = config;
  const engine = createEngine({ ...outside, followDays });
  const settings = { publicUrl, limits, scheduleLimits, allowedTenants, ...fileLimits(config) };
  const deps = { ...outside, ...engine, ...settings };
  const startExport = createStartExport(deps);
  const { tasks: scheduled, ...schedules } = createScheduleUseCases(deps, startExport);
  const resumeConsented = createResumeConsented(deps);
  const showOwnFile = createShowOwnFile(deps);
  const runTask = createRunTask({
    ...deps,
    resumeConsented,
    resumeWaiting: createResumeWaiting(deps),
    signInRefused: createSignInRefused(deps),
    holdOpenExports: createHoldOpenExports(deps),
    askWithButton: createAskWithButton(deps),
    showMissed: createShowMissed({
      ...deps,
      show: { export: engine.bringUpToDate, ownFile: showOwnFile },
    }),
    postShared: createPostShared(deps),
    tellSaved: createTellSaved(deps),
    ...scheduled,
    showSharedName: createShowSharedName(deps),
  });
  const signOut = createSignOut(deps);
  return {
    engine,
    runTask,
    findExportDetails: engine.findExportDetails,
    ...createFileUseCases({ ...deps, showOwnFile }),
    shareSummary: createShareSummary(deps),
    deleteMyData: createDeleteMyData(deps),
    tellMyState: createTellMyState({
      ...deps,
      versions: { bot: version, node: process.versions.node, database: config.database.kind },
    }),
    startExport,
    signIn: createSignIn(deps),
    signOut,
    ownExport: createOwnExport({ ...deps, startExport }),
    exportForMe: createExportForMe({ ...deps, startExport }),
    mayExportForMe: createMayExportForMe(deps),
    listExports: createListExports(deps),
    named: (job: ExportJob) => named(deps, job),
    nameTargets: createNameTargets({ ...deps, startExport }),
    ...schedules,
    shareNames: createShareNames(deps),
    followGraphJob: createFollowGraphJob({ ...deps, startExport }),
    exchangeSso: createExchangeSso(deps),
    signInByBrowser: createSignInByBrowser(deps),
    signInFailed: createSignInFailed(deps),
    askOnCard: createAskOnCard(deps),
    catchUp: createCatchUp(deps),
    consentLanded: createConsentLanded(deps),
    botRemoved: createBotRemoved({ ...deps, endSubscriptions: createEndWhereRemoved(deps), signOut }),
    wakePaused: createWakePaused(deps),
  };
}

export type UseCases = ReturnType<typeof createUseCases>;

/** Those that a conversation can ask for. */
export type BotUseCases = Pick<
  UseCases,
  | 'askOnCard'
  | 'botRemoved'
  | 'catchUp'
  | 'deleteMyData'
  | 'exchangeSso'
  | 'exportForMe'
  | 'findExportDetails'
  | 'followGraphJob'
  | 'followTeam'
  | 'listExports'
  | 'mayExportForMe'
  | 'named'
  | 'nameTargets'
  | 'ownExport'
  | 'ownFile'
  | 'receiveOwnFile'
  | 'saveToOneDrive'
  | 'schedules'
  | 'shareNames'
  | 'shareSummary'
  | 'signIn'
  | 'signInFailed'
  | 'signOut'
  | 'startExport'
  | 'subscriptions'
  | 'tellMyState'
> & {
  readonly downloadExport: Pick<UseCases['downloadExport'], 'offer'>;
  readonly signInByBrowser: Pick<UseCases['signInByBrowser'], 'verifyState'>;
};

type FileUseCasesDeps = DownloadExportDeps &
  ReadExportDeps &
  SaveToOneDriveDeps &
  Omit<WorkOnFileDeps, 'workers'> &
  ReadOwnFileDeps &
  ReceiveOwnFileDeps &
  OwnFileDeps;

function createFileUseCases(deps: FileUseCasesDeps) {
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

const bytesPerMegabyte = 1_000_000;
const maxUnpackedBytes = 200 * bytesPerMegabyte;
/** An export is bounded by its bytes: it holds what the organisation has. */
const maxExportRows = 10_000_000;

interface FileSettings {
  readonly graph: Pick<Config['graph'], 'maxDownloadMegabytes'>;
  readonly files: Pick<Config['files'], 'maxUploadMegabytes' | 'maxRows'>;
}

/** How large files may be: those that people send, and those of exports. */
const fileLimits = ({ graph, files }: FileSettings) => ({
  exportFileLimits: {
    maxBytes: graph.maxDownloadMegabytes * bytesPerMegabyte,
    maxRows: maxExportRows,
    maxUnpackedBytes,
  },
  ownFileLimits: {
    maxBytes: files.maxUploadMegabytes * bytesPerMegabyte,
    maxRows: files.maxRows,
    maxUnpackedBytes,
  },
});
