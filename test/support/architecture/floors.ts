/** The floors of the design: which room may import which, type-only imports included, and which SDK lives where. */
import path from 'node:path';
import type { SourceFile } from './source-file.ts';

interface Room {
  /** Folder ending in `/`, or one file. */
  readonly at: string;
  /** Rooms and files that it may import besides itself. */
  readonly mayImport: readonly string[];
}

const BELOW_ADAPTERS = ['blocks/', 'ports/', 'domain/', 'adapters/store/engine/database.ts'];
const BELOW_EDGES = ['usecases/', 'cards/', 'words/', 'blocks/', 'ports/', 'domain/'];
const BESIDE_DOMAIN = ['config.ts', 'config/', 'logger.ts', 'background.ts'];
const BELOW_APP = ['bot/', 'web/', 'sources/', 'adapters/', ...BESIDE_DOMAIN, ...BELOW_EDGES];
/** What the sandbox does before it has loaded itself. */
const WHILE_IT_LOADS = ['blocks/wasm-flags.ts', 'adapters/store/engine/embedded-engine.ts'];
const BELOW_ENTRIES = ['app.ts', 'config.ts', 'config/', 'logger.ts'];

const ROOMS: readonly Room[] = [
  { at: 'start.ts', mayImport: ['main.ts', 'blocks/'] },
  { at: 'main.ts', mayImport: BELOW_ENTRIES },
  // Its pages escape what they show in the same way.
  { at: 'sandbox/', mayImport: [...BELOW_ENTRIES, 'web/html.ts', ...WHILE_IT_LOADS] },
  // The pictures of the cards are drawn from the cards themselves.
  {
    at: 'tools/',
    mayImport: [...BELOW_ENTRIES, 'app/', 'cards/', 'words/', 'domain/', 'sources/', 'doctor/'],
  },
  // It tries what a configuration names, part by part, where the app would only fail to start.
  { at: 'doctor/', mayImport: ['adapters/', 'sources/', 'words/', 'ports/', 'domain/', ...BESIDE_DOMAIN] },
  { at: 'app.ts', mayImport: ['app/', ...BELOW_APP] },
  { at: 'app/', mayImport: BELOW_APP },
  { at: 'bot/', mayImport: BELOW_EDGES },
  { at: 'web/', mayImport: BELOW_EDGES },
  { at: 'sources/', mayImport: ['adapters/graph/', 'blocks/', 'ports/', 'domain/'] },
  { at: 'usecases/', mayImport: ['blocks/', 'ports/', 'domain/'] },
  { at: 'adapters/graph/', mayImport: BELOW_ADAPTERS },
  { at: 'adapters/identity/', mayImport: BELOW_ADAPTERS },
  { at: 'adapters/store/', mayImport: BELOW_ADAPTERS },
  // Exports wait in their own rows.
  {
    at: 'adapters/queue/',
    mayImport: [
      ...BELOW_ADAPTERS,
      'adapters/store/exports/export-wakes.ts',
      'adapters/store/exports/take-due.ts',
    ],
  },
  { at: 'adapters/okr-files/', mayImport: [...BELOW_ADAPTERS, 'words/'] },
  { at: 'adapters/teams-files/', mayImport: BELOW_ADAPTERS },
  { at: 'ports/', mayImport: ['domain/'] },
  { at: 'cards/', mayImport: ['words/', 'domain/'] },
  { at: 'words/', mayImport: ['domain/'] },
  { at: 'domain/', mayImport: [] },
  { at: 'blocks/', mayImport: [] },
  { at: 'config.ts', mayImport: ['config/'] },
  { at: 'config/', mayImport: [] },
  { at: 'logger.ts', mayImport: [] },
  { at: 'background.ts', mayImport: ['blocks/'] },
];

/** A package, or its sub-paths, may be named in these rooms only. */
const SDK_ROOMS: readonly { readonly name: RegExp; readonly rooms: readonly string[] }[] = [
  { name: /^(botbuilder|botframework-)/, rooms: ['bot/'] },
  { name: /^p-timeout/, rooms: ['blocks/'] },
  { name: /^restify/, rooms: ['web/'] },
  { name: /^@azure\/msal-/, rooms: ['adapters/identity/'] },
  { name: /^prom-client/, rooms: ['app/metrics.ts'] },
  { name: /^@opentelemetry\//, rooms: ['app/telemetry/'] },
  { name: /^chrono-node/, rooms: ['bot/receive/schedules/'] },
  { name: /^pg-boss/, rooms: ['adapters/queue/'] },
  { name: /^(kysely|pg|@electric-sql\/pglite)(\/|$)/, rooms: ['adapters/store/', 'adapters/queue/'] },
  { name: /^(adaptivecards|@microsoft\/teams-js)(\/|$)/, rooms: ['web/', 'tools/'] },
  { name: /^(yauzl|sax)(\/|$)/, rooms: ['adapters/okr-files/'] },
  { name: /^@cj-tech-master\/excelts(\/|$)/, rooms: ['adapters/okr-files/', 'sandbox/'] },
  { name: /^csv-stringify(\/|$)/, rooms: ['adapters/okr-files/', 'sandbox/', 'sources/planner/'] },
  { name: /^@microsoft\/m365agentsplayground/, rooms: ['sandbox/'] },
  { name: /^(@microsoft\/app-manifest|fflate|playwright-core)(\/|$)/, rooms: ['tools/'] },
];

const isIn = (file: string, room: string): boolean =>
  room.endsWith('/') ? file.startsWith(room) : file === room;

function floorViolations(file: SourceFile): readonly string[] {
  const room = ROOMS.find(({ at }) => isIn(file.path, at));
  if (room === undefined) return [`${file.path} is in a room without a floor`];
  const allowed = [room.at, ...room.mayImport];
  return file.imports
    .filter((target) => !allowed.some((at) => isIn(target, at)))
    .map((target) => `${file.path} may not import ${target}`);
}

function sdkViolations(file: SourceFile): readonly string[] {
  return file.packages
    .filter((name) =>
      SDK_ROOMS.some((sdk) => sdk.name.test(name) && !sdk.rooms.some((room) => isIn(file.path, room))),
    )
    .map((name) => `${file.path} may not use ${name}`);
}

function findCircle(
  start: string,
  importsOf: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): readonly string[] | undefined {
  const trail: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    trail.push(file);
    for (const target of importsOf.get(file) ?? []) {
      const circle = visit(target);
      if (circle !== undefined) return circle;
    }
    trail.pop();
    done.add(file);
    return undefined;
  };
  return visit(start);
}

/** The first circle of imports, as the files on it; where there is none, the first one of folders. */
function circleViolations(files: readonly SourceFile[]): readonly string[] {
  const ofFiles = firstCircle(new Map(files.map((file) => [file.path, file.imports])));
  if (ofFiles !== undefined) return [`circle: ${ofFiles.join(' → ')}`];
  const ofFolders = firstCircle(folderImports(files));
  return ofFolders === undefined ? [] : [`circle of folders: ${ofFolders.join(' → ')}`];
}

function firstCircle(importsOf: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of importsOf.keys()) {
    const circle = findCircle(start, importsOf, done);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

/** Its folder; what lies directly in `src/` is a room by itself. */
function roomOf(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === '.' ? file : folder;
}

function folderImports(files: readonly SourceFile[]): ReadonlyMap<string, readonly string[]> {
  const imports = new Map<string, string[]>();
  for (const file of files) {
    const from = roomOf(file.path);
    const others = file.imports.map(roomOf).filter((to) => to !== from);
    imports.set(from, [...(imports.get(from) ?? []), ...others]);
  }
  return imports;
}

const mostInAFolder = 22;

function crowdedFolders(files: readonly SourceFile[]): readonly string[] {
  const folders = Map.groupBy(files, (file) => path.posix.dirname(file.path));
  return [...folders]
    .filter(([, { length }]) => length > mostInAFolder)
    .map(([folder, { length }]) => `${folder}/ holds ${String(length)} files: it wants rooms`);
}

/** Every breach of the floors, one sentence each. */
export function floorBreaches(files: readonly SourceFile[]): readonly string[] {
  return [
    ...files.flatMap(floorViolations),
    ...files.flatMap(sdkViolations),
    ...circleViolations(files),
    ...crowdedFolders(files),
  ];
}
