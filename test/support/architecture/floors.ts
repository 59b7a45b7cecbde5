/** The floors of the design: which room may import which, type-only imports included, and which SDK lives where. */
import type { SourceFile } from './source-file.ts';

interface Room {
  /** Folder ending in `/`, or one file. */
  readonly at: string;
  /** Rooms and files that it may import besides itself. */
  readonly mayImport: readonly string[];
}

const BELOW_ADAPTERS = ['ports.ts', 'ports/', 'domain/', 'adapters/store/database.ts'];
const BELOW_EDGES = ['usecases/', 'cards/', 'ports.ts', 'ports/', 'domain/'];
const BESIDE_DOMAIN = ['config.ts', 'config/', 'logger.ts', 'background.ts'];
const BELOW_APP = ['bot/', 'web/', 'adapters/', 'metrics.ts', ...BESIDE_DOMAIN, ...BELOW_EDGES];
const BELOW_ENTRIES = ['app.ts', 'config.ts', 'config/', 'logger.ts'];

const ROOMS: readonly Room[] = [
  { at: 'main.ts', mayImport: BELOW_ENTRIES },
  // Its pages escape what they show in the same way.
  { at: 'sandbox/', mayImport: [...BELOW_ENTRIES, 'web/html.ts'] },
  // The pictures of the cards are drawn from the cards themselves.
  { at: 'tools/', mayImport: [...BELOW_ENTRIES, 'app/', 'cards/', 'domain/', 'doctor/'] },
  // It tries what a configuration names, part by part, where the app would only fail to start.
  { at: 'doctor/', mayImport: ['adapters/', 'cards/', 'ports/', 'domain/', ...BESIDE_DOMAIN] },
  { at: 'app.ts', mayImport: ['app/', ...BELOW_APP] },
  { at: 'app/', mayImport: BELOW_APP },
  { at: 'bot/', mayImport: BELOW_EDGES },
  { at: 'web/', mayImport: BELOW_EDGES },
  { at: 'usecases/', mayImport: ['ports.ts', 'ports/', 'domain/'] },
  { at: 'adapters/graph/', mayImport: BELOW_ADAPTERS },
  { at: 'adapters/identity/', mayImport: BELOW_ADAPTERS },
  { at: 'adapters/store/', mayImport: BELOW_ADAPTERS },
  { at: 'adapters/queue/', mayImport: BELOW_ADAPTERS },
  { at: 'adapters/okr-files/', mayImport: BELOW_ADAPTERS },
  { at: 'adapters/teams-files/', mayImport: BELOW_ADAPTERS },
  { at: 'ports.ts', mayImport: ['ports/', 'domain/'] },
  { at: 'ports/', mayImport: ['domain/'] },
  { at: 'cards/', mayImport: ['domain/'] },
  { at: 'domain/', mayImport: [] },
  { at: 'config.ts', mayImport: ['config/'] },
  { at: 'config/', mayImport: [] },
  { at: 'logger.ts', mayImport: [] },
  { at: 'background.ts', mayImport: [] },
  { at: 'metrics.ts', mayImport: ['ports/'] },
];

/** A package, or its sub-paths, may be named in these rooms only. */
const SDK_ROOMS: readonly { readonly name: RegExp; readonly rooms: readonly string[] }[] = [
  { name: /^(botbuilder|botframework-)/, rooms: ['bot/'] },
  { name: /^restify/, rooms: ['web/'] },
  { name: /^@azure\/msal-/, rooms: ['adapters/identity/'] },
  { name: /^prom-client/, rooms: ['metrics.ts'] },
  { name: /^pg-boss/, rooms: ['adapters/queue/'] },
  { name: /^(kysely|pg|@electric-sql\/pglite)(\/|$)/, rooms: ['adapters/store/', 'adapters/queue/'] },
  { name: /^(adaptivecards|@microsoft\/teams-js)(\/|$)/, rooms: ['web/', 'tools/'] },
  { name: /^(yauzl|sax)(\/|$)/, rooms: ['adapters/okr-files/'] },
  { name: /^(@cj-tech-master\/excelts|csv-stringify)(\/|$)/, rooms: ['adapters/okr-files/', 'sandbox/'] },
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

/** The first circle of imports, as the files on it. */
function circleViolations(files: readonly SourceFile[]): readonly string[] {
  const importsOf = new Map(files.map((file) => [file.path, file.imports]));
  const done = new Set<string>();
  for (const { path } of files) {
    const circle = findCircle(path, importsOf, done);
    if (circle !== undefined) return [`circle: ${circle.join(' → ')}`];
  }
  return [];
}

/** Every breach of the floors, one sentence each. */
export function floorBreaches(files: readonly SourceFile[]): readonly string[] {
  return [...files.flatMap(floorViolations), ...files.flatMap(sdkViolations), ...circleViolations(files)];
}
