/** Names of one source stand in its own folder only: nobody else may know what it is called or what it speaks of. */
import type { SourceFile } from './source-file.ts';

/** Of identifiers, texts and comments alike; "organisation" alone is any tenant. */
const NAMES = /goals|viva|explorer|viewId|organi[sz]ationId|planner|planId/gi;

/** The product's own name, and that of the connection on sign-in prompts that stand in people's chats. */
const OUR_NAMES = /goals[- ]export[- ]bot|'goals-graph'|PLANNER_GOALS/gi;

/** Folders ending in `/`, or files, and why. */
const MAY_NAME: readonly (readonly [at: string, why: string])[] = [
  ['sources/goals/', 'its own folder'],
  ['sources/planner/', 'what Microsoft calls its successor'],
  ['sources/sources.ts', 'one line for each source'],
  ['words/', 'what people read of it'],
  ['sandbox/', 'simulators speak as it does'],
  ['adapters/store/migrations/', 'they never change'],
  ['tools/card-pictures/', 'the pictures show exports of a source that there is'],
  ['tools/app-package/package-variables.ts', 'names that Microsoft lets no app bear'],
];

const mayName = (file: string): boolean =>
  MAY_NAME.some(([at]) => (at.endsWith('/') ? file.startsWith(at) : file === at));

/** One sentence for each file. */
export function sourceNameBreaches({ path, text }: SourceFile): readonly string[] {
  if (mayName(path)) return [];
  const named = new Set(`${path}\n${text}`.replace(OUR_NAMES, '').match(NAMES));
  return named.size === 0 ? [] : [`${path} knows a source by its name: ${[...named].join(', ')}`];
}

/** Entries that no file needs. */
export const idleEntries = (files: readonly SourceFile[]): readonly string[] =>
  MAY_NAME.map(([at]) => at).filter(
    (at) => !files.some(({ path, text }) => path.startsWith(at) && text.search(NAMES) !== -1),
  );
