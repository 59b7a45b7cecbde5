/** Makes use cases that record what they were asked, and answer with something harmless unless told otherwise. */
import { randomUUID } from 'node:crypto';
import type { BotUseCases } from '../../../src/app/use-cases.ts';
import type { ExportAnswersDeps } from '../../../src/bot/answer/export-answers.ts';
import { someExport } from '../samples/sample-exports.ts';

export interface Asked {
  readonly useCase: string;
  readonly given: Readonly<Record<string, unknown>>;
}

/** Flat where a test would otherwise not tell whose act was asked for. */
export type UseCases = Omit<BotUseCases, 'catchUp' | 'downloadExport' | 'signInByBrowser'> &
  Pick<ExportAnswersDeps, 'exports'> & {
    readonly offerDownload: BotUseCases['downloadExport']['offer'];
    readonly verifyState: BotUseCases['signInByBrowser']['verifyState'];
  };

/** Those of several acts. */
const grouped = [
  'ownExport',
  'exports',
  'shareSummary',
  'ownFile',
  'saveToOneDrive',
  'deleteMyData',
  'nameTargets',
  'schedules',
  'subscriptions',
  'shareNames',
] as const;
type Grouped = (typeof grouped)[number];

/** Replaces what a use case answers; the call is recorded either way. */
export type UseCaseOverrides = Partial<Omit<UseCases, Grouped>> & {
  readonly [K in Grouped]?: Partial<UseCases[K]>;
};

const nothingKept = {
  exports: 0,
  openExports: 0,
  readings: 0,
  snapshots: 0,
  ownFiles: 0,
  names: 0,
  schedules: 0,
  sharedNames: 0,
  signedIn: false,
};

const quietState = {
  reference: 'a1b2c3d4',
  at: new Date(0),
  versions: { bot: '0.1.0', node: '24.0.0', database: 'embedded' },
  signedIn: false,
  open: 0,
  waitForSignIn: 0,
  troubles: [],
} as const;

export function recordingUseCases(asked: Asked[], overrides: UseCaseOverrides): UseCases {
  const own = () => Promise.resolve({ kind: 'own' as const, job: someExport() });
  const notFound = () => Promise.resolve({ kind: 'notFound' as const });
  const unknownName = {
    kind: 'unknownName',
    written: '',
    near: [],
    nearShared: [],
    hasNames: false,
  } as const;
  const groups: Pick<UseCases, Grouped> = {
    ownExport: {
      show: own,
      refresh: own,
      stop: own,
      retry: own,
      resume: own,
      exportAgain: own,
      readAgain: own,
    },
    exports: { loadOwn: () => Promise.resolve(undefined) },
    shareSummary: { lastHere: () => Promise.resolve(undefined), ask: notFound, post: notFound },
    ownFile: { show: notFound, readAgain: notFound },
    saveToOneDrive: { offer: notFound, accept: () => Promise.resolve('accepted'), decline: notFound },
    nameTargets: {
      list: () => Promise.resolve({ names: [], nameless: [] }),
      mayName: () => Promise.resolve(true),
      give: () => Promise.resolve({ kind: 'nothingThere' }),
      rename: () => Promise.resolve(unknownName),
      forget: () => Promise.resolve(unknownName),
      find: () => Promise.resolve(unknownName),
      exportHere: () => Promise.resolve(undefined),
      here: () => Promise.resolve({ own: [], shared: [] }),
      exportNamed: () => Promise.resolve(unknownName),
    },
    subscriptions: {
      accept: notFound,
      decline: notFound,
      about: notFound,
      askPause: notFound,
      end: notFound,
      exportForMe: notFound,
      left: () => Promise.resolve(),
    },
    schedules: {
      list: () => Promise.resolve([]),
      listHere: () => Promise.resolve([]),
      setUp: () => Promise.resolve(unknownName),
      change: () => Promise.resolve(unknownName),
    },
    shareNames: {
      list: () => Promise.resolve([]),
      find: () => Promise.resolve(unknownName),
      give: () => Promise.resolve({ kind: 'notTheirName' }),
      keep: () => Promise.resolve(undefined),
      rename: () => Promise.resolve(unknownName),
      forget: () => Promise.resolve(unknownName),
    },
    deleteMyData: {
      preview: () => Promise.resolve(nothingKept),
      confirm: () => Promise.resolve(nothingKept),
    },
  };
  const answers: Omit<UseCases, Grouped | 'findExportDetails' | 'named'> = {
    startExport: () => Promise.resolve({ kind: 'started', exportId: randomUUID() }),
    mayExportForMe: () => Promise.resolve(true),
    exportForMe: () => Promise.resolve({ kind: 'started', exportId: randomUUID() }),
    followGraphJob: () => Promise.resolve({ kind: 'followedHere', exportId: randomUUID() }),
    listExports: () => Promise.resolve({ own: [], page: 0, older: 0, graphOnly: [], graph: 'asked' }),
    offerDownload: notFound,
    receiveOwnFile: () => Promise.resolve({ kind: 'received', fileIds: [randomUUID()] }),
    tellMyState: () => Promise.resolve(quietState),
    signIn: () => Promise.resolve({ kind: 'asked' }),
    signOut: () => Promise.resolve({ waiting: 0, hadTokens: true }),
    exchangeSso: () => Promise.resolve('signedIn'),
    verifyState: () => Promise.resolve(true),
    signInFailed: () => Promise.resolve(),
    askOnCard: () => Promise.resolve(undefined),
    botRemoved: () => Promise.resolve(),
    followTeam: () => Promise.resolve(),
    ...flatIn(overrides),
  };
  return {
    ...recorded(asked, answers),
    // Asked about an export that was found to be the person's own: no wish of anybody's.
    findExportDetails: overrides.findExportDetails ?? (() => Promise.resolve({})),
    named: overrides.named ?? ((job) => Promise.resolve(job)),
    ownExport: recorded(asked, { ...groups.ownExport, ...overrides.ownExport }),
    exports: recorded(asked, { ...groups.exports, ...overrides.exports }),
    shareSummary: recorded(asked, { ...groups.shareSummary, ...overrides.shareSummary }),
    ownFile: recorded(asked, { ...groups.ownFile, ...overrides.ownFile }),
    saveToOneDrive: recorded(asked, { ...groups.saveToOneDrive, ...overrides.saveToOneDrive }),
    nameTargets: recorded(asked, { ...groups.nameTargets, ...overrides.nameTargets }),
    subscriptions: recorded(asked, { ...groups.subscriptions, ...overrides.subscriptions }),
    schedules: recorded(asked, { ...groups.schedules, ...overrides.schedules }),
    shareNames: recorded(asked, { ...groups.shareNames, ...overrides.shareNames }),
    deleteMyData: recorded(asked, { ...groups.deleteMyData, ...overrides.deleteMyData }),
  };
}

const flatIn = (overrides: UseCaseOverrides): Partial<Omit<UseCases, Grouped>> =>
  Object.fromEntries(Object.entries(overrides).filter(([key]) => !grouped.some((group) => group === key)));

function recorded<T extends object>(asked: Asked[], useCases: T): T {
  const wrapped = Object.entries(useCases).map(([useCase, run]: [string, unknown]) => [
    useCase,
    (given: Asked['given']) => {
      asked.push({ useCase, given });
      return (run as (input: unknown) => unknown)(given);
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
