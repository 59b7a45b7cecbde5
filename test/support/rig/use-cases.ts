/** Every use case, put together as the app does it. */
import { createAskOnCard } from '../../../src/usecases/sign-in/ask-on-card.ts';
import { createBotRemoved } from '../../../src/usecases/bot-removed.ts';
import { createCatchUp, createShowMissed } from '../../../src/usecases/exports/catch-up.ts';
import { createConsentLanded } from '../../../src/usecases/sign-in/consent-landed.ts';
import { createFileUseCases, type FileUseCasesDeps } from '../../../src/app/file-use-cases.ts';
import { createDeleteMyData } from '../../../src/usecases/delete-my-data.ts';
import { createEngine, type EngineDeps } from '../../../src/usecases/exports/engine.ts';
import { createExchangeSso } from '../../../src/usecases/sign-in/exchange-sso.ts';
import { createExportForMe, createMayExportForMe } from '../../../src/usecases/exports/export-for-me.ts';
import { createFollowGraphJob } from '../../../src/usecases/exports/follow-graph-job.ts';
import type { Limits } from '../../../src/usecases/machine/limits.ts';
import { createListExports } from '../../../src/usecases/exports/list-exports.ts';
import { createOwnExport } from '../../../src/usecases/exports/own-export.ts';
import { createResumeConsented } from '../../../src/usecases/sign-in/resume-consented.ts';
import { createResumeWaiting } from '../../../src/usecases/sign-in/resume-waiting.ts';
import { createRunTask } from '../../../src/usecases/run-task.ts';
import { createPostShared } from '../../../src/usecases/cards/share-summary.ts';
import { createSignInByBrowser } from '../../../src/usecases/sign-in/sign-in-by-browser.ts';
import { createAskWithButton, createSignInFailed } from '../../../src/usecases/sign-in/sign-in-failed.ts';
import { createSignInRefused } from '../../../src/usecases/sign-in/sign-in-refused.ts';
import { createSignIn } from '../../../src/usecases/sign-in/sign-in.ts';
import { createHoldOpenExports, createSignOut } from '../../../src/usecases/sign-in/sign-out.ts';
import { createStartExport } from '../../../src/usecases/exports/start-export.ts';
import { createWakePaused } from '../../../src/usecases/exports/wake-paused.ts';

export interface UseCaseDeps
  extends EngineDeps, Omit<FileUseCasesDeps, 'advance' | 'bringUpToDate' | keyof EngineDeps> {
  readonly limits: Limits;
  readonly publicUrl: string;
}

/** The tenant whose administrator's consent counts here. */
export const sampleTenant = '6a1f0c1e-0000-4000-8000-0000000000aa';

/** No process of the rig has only just begun. */
const longAgo = (): number => 60;

export type UseCases = ReturnType<typeof createUseCases>;

export function createUseCases(given: UseCaseDeps) {
  const engine = createEngine({ lived: longAgo, ...given });
  const deps = { ...given, ...engine, allowedTenants: new Set([sampleTenant]) };
  const startExport = createStartExport(deps);
  const files = createFileUseCases({ lived: longAgo, ...deps });
  const resumeConsented = createResumeConsented(deps);
  const runTask = createRunTask({
    ...deps,
    resumeConsented,
    resumeWaiting: createResumeWaiting({ ...deps, resumeConsented }),
    signInRefused: createSignInRefused(deps),
    holdOpenExports: createHoldOpenExports(deps),
    askWithButton: createAskWithButton(deps),
    showMissed: createShowMissed(deps),
    postShared: createPostShared(deps),
  });
  const signOut = createSignOut(deps);
  return {
    engine,
    startExport,
    runTask,
    signOut,
    signIn: createSignIn(deps),
    ownExport: createOwnExport({ ...deps, startExport }),
    exportForMe: createExportForMe({ ...deps, startExport }),
    mayExportForMe: createMayExportForMe(deps),
    followGraphJob: createFollowGraphJob({ ...deps, startExport }),
    listExports: createListExports(deps),
    files,
    download: files.downloadExport,
    deleteMyData: createDeleteMyData(deps),
    exchangeSso: createExchangeSso(deps),
    browser: createSignInByBrowser(deps),
    signInFailed: createSignInFailed(deps),
    askOnCard: createAskOnCard(deps),
    catchUp: createCatchUp(deps),
    consentLanded: createConsentLanded(deps),
    botRemoved: createBotRemoved({ ...deps, signOut }),
    wakePaused: createWakePaused(deps),
  };
}
