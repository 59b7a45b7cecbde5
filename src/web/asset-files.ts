/** Loads the files that pages use (ours, teams-js, adaptivecards), each under an address that names its content. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const script = 'text/javascript; charset=utf-8';
const own = (name: string): string => new URL(`assets/${name}`, import.meta.url).href;

const sources = {
  'page.css': { type: 'text/css; charset=utf-8', url: () => own('page.css') },
  'copy-link.js': { type: script, url: () => own('copy-link.js') },
  'sign-in-end.js': { type: script, url: () => own('sign-in-end.js') },
  'export-card.js': { type: script, url: () => own('export-card.js') },
  'take-file.js': { type: script, url: () => own('take-file.js') },
  'teams.js': {
    type: script,
    url: () => import.meta.resolve('@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js'),
  },
  'adaptivecards.js': {
    type: script,
    url: () => import.meta.resolve('adaptivecards/dist/adaptivecards.min.js'),
  },
} as const;

export type AssetName = keyof typeof sources;

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
}

function load(name: AssetName): Asset {
  const bytes = readFileSync(fileURLToPath(sources[name].url()));
  const version = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { path: `/assets/${version}/${name}`, type: sources[name].type, bytes, gzipped: gzipSync(bytes) };
}

const loaded = new Map<AssetName, Asset>();

/** Read once, when a page first names it. */
export function assetOf(name: AssetName): Asset {
  const known = loaded.get(name) ?? load(name);
  loaded.set(name, known);
  return known;
}

const isAssetName = (name: string): name is AssetName => Object.hasOwn(sources, name);

/** The file at a path like `/assets/<version>/page.css`; undefined for any other path, old versions included. */
export function assetAt(path: string): Asset | undefined {
  const name = path.split('/').at(-1) ?? '';
  const asset = isAssetName(name) ? assetOf(name) : undefined;
  return asset?.path === path ? asset : undefined;
}
