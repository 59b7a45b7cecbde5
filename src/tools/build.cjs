/**
 * Bundles the bot into `dist` for `npm start` and the image, unless the bundle is of these sources and packages already. It then needs
 * no packages but the embedded database and the scripts of pages. With `--image` the commands for operators are bundled, too, and
 * the licences of all that is bundled written beside it.
 */
'use strict';

const { createHash } = require('node:crypto');
const { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { build } = require('esbuild');

const root = path.resolve(__dirname, '..', '..');
const out = path.join(root, 'dist');
const stamp = path.join(out, 'built-from');
const forImage = process.argv.includes('--image');

/** What Microsoft's SDK, restify and pg-boss load at the start and use seldom or never; it is loaded at its first use. */
const seldomUsed = new Set([
  '@azure/core-rest-pipeline',
  '@azure/identity',
  '@azure/msal-node',
  'axios',
  'cron-parser',
  'cross-fetch',
  'csv',
  'formidable',
  'fs-extra',
  'htmlparser2',
  'http-signature',
  'https-proxy-agent',
  'jsonwebtoken',
  'node-fetch',
  'pidusage',
  'rrule-temporal',
  'rsa-pem-from-mod-exp',
  'serialize-error',
]);

/** The files of them that a bundle asks for, by their names in it. */
const askedFor = new Map();

/** @type {import('esbuild').Plugin} */
const atFirstUse = {
  name: 'at first use',
  setup: (bundle) => {
    bundle.onResolve({ filter: /^[a-z@]/ }, async ({ path: name, importer, resolveDir, pluginData }) => {
      const isPackages = importer.includes('node_modules');
      if (!isPackages || !seldomUsed.has(name) || pluginData === atFirstUse) return undefined;
      const found = await bundle.resolve(name, {
        kind: 'require-call',
        importer,
        resolveDir,
        pluginData: atFirstUse,
      });
      return { path: found.path, namespace: 'at-first-use', errors: found.errors };
    });
    bundle.onResolve({ filter: /./, namespace: 'at-first-use' }, (found) => ({
      path: found.path,
      external: true,
    }));
    bundle.onLoad({ filter: /./, namespace: 'at-first-use' }, ({ path: file }) => {
      const name = path.relative(root, file).split(path.sep).join('/');
      askedFor.set(name, file);
      return { contents: standIn(name) };
    });
  },
};

/**
 * V8 keeps a file with a single character beyond Latin-1 in two bytes for each of its characters, and esbuild leaves those of patterns
 * as they are. An escape means the same wherever they stand but in raw templates, and ours of those are patterns.
 * @type {import('esbuild').Plugin}
 */
const asAscii = {
  name: 'as ASCII',
  setup: (bundle) => {
    bundle.onLoad({ filter: /\.[cm]?[jt]s$/, namespace: 'file' }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const contents = text.replaceAll(/[^\0-\x7f]/g, escapeOf);
      return contents === text ? undefined : { contents, loader: file.endsWith('ts') ? 'ts' : 'js' };
    });
  },
};

const escapeOf = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Stands for a module until something of it is asked for; its importers find it as they find what was made from TypeScript. */
const standIn = (name) => `
  let loaded;
  const load = () => (loaded ??= require('./seldom-used.cjs')[${JSON.stringify(name)}]());
  const standIn = new Proxy({}, {
    get: (_, name) => {
      if (name === '__esModule') return true;
      const real = load();
      return name === 'default' && !real.__esModule ? real : real[name];
    },
    has: (_, name) => name in load(),
    getPrototypeOf: () => standIn,
  });
  module.exports = standIn;`;

// Node 20 runs this, too: where the packages have just been installed, the shell still knows the older one.
const sourceFiles = readdirSync(path.join(root, 'src'), { recursive: true })
  .map((file) => path.join('src', file))
  .filter((file) => statSync(path.join(root, file)).isFile());

const hash = createHash('sha256');
for (const file of [...sourceFiles.sort(), 'package-lock.json'])
  hash.update(file).update(readFileSync(path.join(root, file)));
const sources = hash.digest('hex');

const isBuilt = () => {
  try {
    return readFileSync(stamp, 'utf8') === sources;
  } catch {
    return false;
  }
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  logLevel: 'warning',
  // The database finds its files beside its code; the other is no package of ours, and restify does without.
  external: ['@electric-sql/pglite', 'dtrace-provider'],
};

const commands = ['doctor', 'rotate-keys', 'audit', 'backup'];

const bundleOf = (entryPoints) =>
  build({
    ...common,
    entryPoints,
    entryNames: '[name]',
    outdir: out,
    splitting: true,
    format: 'esm',
    sourcemap: 'linked',
    sourcesContent: false,
    plugins: [atFirstUse, asAscii],
    banner: {
      js: `import { createRequire } from 'node:module';const require = createRequire(import.meta.url);`,
    },
  });

/** Each of them is run when it is asked for. */
const bundleSeldomUsed = () =>
  build({
    ...common,
    stdin: {
      resolveDir: root,
      contents: Array.from(
        askedFor,
        ([name, file]) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(file)});`,
      ).join('\n'),
    },
    outfile: path.join(out, 'seldom-used.cjs'),
    format: 'cjs',
    plugins: [asAscii],
  });

async function bundle() {
  rmSync(out, { recursive: true, force: true });
  const made = [
    await bundleOf([
      'src/start.ts',
      'src/adapters/okr-files/okr-files-worker.ts',
      'src/adapters/store/engine/make-embedded.ts',
    ]),
  ];
  // Apart, so that what they share with the bot does not cut its bundle into more files.
  if (forImage) made.push(await bundleOf(commands.map((name) => `src/tools/${name}.ts`)));
  made.push(await bundleSeldomUsed());
  if (forImage) writeFileSync(path.join(out, 'licences.txt'), licencesOf(made));
  for (const file of readdirSync(out)) if (file.endsWith('.js.map')) mapLinesOnly(path.join(out, file));
  cpSync(path.join(root, 'src', 'web', 'assets'), path.join(out, 'assets'), { recursive: true });
  writeFileSync(stamp, sources);
}

/** They ask that their text comes along. */
function licencesOf(made) {
  const files = made.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const places = files.flatMap(
    (file) => file.match(/^(?!at-first-use).*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? [],
  );
  return Array.from(new Set(places.sort()), (place) => {
    const name = readdirSync(path.join(root, place)).find((file) => /^(licen[cs]e|copying)/i.test(file));
    const file = path.join(root, place, name ?? 'package.json');
    const text =
      name === undefined
        ? `Licence: ${require(file).license ?? 'in its readme'}`
        : readFileSync(file, 'utf8');
    return `${place.split('node_modules/').at(-1)}\n\n${text.trim()}\n`;
  }).join('\n----\n\n');
}

/** A stack trace needs lines, of our own sources: a whole map takes a second and 30 MB at the first error. */
function mapLinesOnly(file) {
  const map = JSON.parse(readFileSync(file, 'utf8'));
  const isOwn = map.sources.map((source) => !source.includes('node_modules/'));
  const read = [0, 0, 0, 0, 0];
  const written = [0, 0, 0, 0];
  let last = '';
  const lineOf = (segments) => {
    read[0] = 0;
    written[0] = 0;
    return segments.split(',').flatMap((segment) => {
      numbersIn(segment).forEach((number, field) => (read[field] += number));
      const place = segment === '' ? last : isOwn[read[1]] ? `${read[1]}:${read[2]}` : '';
      if (place === last) return [];
      last = place;
      // The name is left out.
      const fields = read.slice(0, place === '' ? 1 : 4);
      return [
        fields.map((value, field) => textOf(value - written[field], (written[field] = value))).join(''),
      ];
    });
  };
  const mappings = map.mappings.split(';').map((segments) => lineOf(segments).join(','));
  const sources = map.sources.map((source, at) => (isOwn[at] ? source : ''));
  writeFileSync(file, JSON.stringify({ ...map, sources, names: [], mappings: mappings.join(';') }));
}

/** Source maps write numbers in base 64, low digits first, five bits and a sign to go on: "Source Map Revision 3". */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function numbersIn(segment) {
  return Array.from(segment.matchAll(/[g-z0-9+/]*[A-Za-f]/gy), ([text]) => {
    const bits = Array.from(text).reduceRight((high, digit) => high * 32 + (digits.indexOf(digit) % 32), 0);
    return bits % 2 === 1 ? -Math.floor(bits / 2) : bits / 2;
  });
}

function textOf(number) {
  let bits = number < 0 ? -number * 2 + 1 : number * 2;
  let text = '';
  for (; bits >= 32; bits = Math.floor(bits / 32)) text += digits[32 + (bits % 32)];
  return text + digits[bits];
}

if (forImage || !isBuilt()) void bundle();
