/** Builds the Teams app package: the filled and validated manifest with its icons and its texts in each language, as a zip. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppManifestUtils, TeamsManifestConverter, type AppManifest } from '@microsoft/app-manifest';
import { zipSync } from 'fflate';
import type { Languages } from '../../words/words.ts';
import { localizeManifest } from './manifest-texts.ts';
import { readPackageVariables, type PackageVariables } from './package-variables.ts';

type BuiltPackage =
  { readonly kind: 'built' } | { readonly kind: 'problems'; readonly problems: readonly string[] };

interface PackageOrder {
  /** Folder with manifest.json, color.png and outline.png. */
  readonly sourceDir: string;
  readonly languages: Languages;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly outFile: string;
}

/** The same content gives the same bytes. */
const ZIP_TIME = new Date(1980, 0, 1);

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const PNG_HEADER_BYTES = 24;

/** Width and height of a PNG in pixels, from its IHDR chunk (PNG specification, 5.3 and 11.2.1). */
function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const buffer = Buffer.from(bytes);
  if (buffer.length < PNG_HEADER_BYTES || !buffer.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE))
    return undefined;
  return { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
}

/**
 * An icon's format and size, which the manifest's validator does not look at.
 * @param side wanted width and height in pixels
 */
export function iconProblems(name: string, bytes: Uint8Array, side: number): readonly string[] {
  const size = pngSize(bytes);
  if (size === undefined) return [`${name} is not a PNG`];
  if (size.width === side && size.height === side) return [];
  return [`${name} is ${size.width}×${size.height} pixels and must be ${side}×${side}`];
}

/** The convention of the Microsoft 365 Agents Toolkit: `${{NAME}}`. */
const PLACEHOLDER = /\$\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

interface Filled {
  readonly text: string;
  /** Placeholders that have no value; they stay in the text. */
  readonly unknown: readonly string[];
}

/** Fills the placeholders of a JSON template; values are escaped as the inside of a JSON string. */
export function fillPlaceholders(template: string, values: Readonly<Record<string, string>>): Filled {
  const unknown: string[] = [];
  const text = template.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) return JSON.stringify(value).slice(1, -1);
    unknown.push(name);
    return placeholder;
  });
  return { text, unknown };
}

/** Offline: the validator finds the schema that a file names inside its own package. */
const manifestProblems = (text: string): Promise<readonly string[]> =>
  AppManifestUtils.validateAgainstSchema(TeamsManifestConverter.jsonToManifest(text));

/** Some patterns of that schema, for places that we do not have, are no regular expressions to the validator. */
async function languageProblems(text: string): Promise<readonly string[]> {
  const texts = JSON.parse(text) as AppManifest & { readonly $schema: string };
  const schema = await AppManifestUtils.fetchSchema(texts.$schema);
  const { patternProperties } = schema as { readonly patternProperties: object };
  const ours = Object.entries(patternProperties).filter(([pattern]) => /^\^(bots|description)/.test(pattern));
  Object.assign(schema, { patternProperties: Object.fromEntries(ours) });
  return AppManifestUtils.validateAgainstSchema(texts, schema);
}

const MANIFEST = 'manifest.json';

interface FilledFile {
  readonly name: string;
  readonly text: string;
  readonly problems: readonly string[];
}

async function fillFile(name: string, content: object, variables: PackageVariables): Promise<FilledFile> {
  const { text, unknown } = fillPlaceholders(JSON.stringify(content, null, 2), variables);
  if (unknown.length > 0) {
    const problems = unknown.map((variable) => `${name} asks for ${variable}, which nothing defines`);
    return { name, text, problems };
  }
  const problems = await (name === MANIFEST ? manifestProblems(text) : languageProblems(text));
  return { name, text, problems: problems.map((problem) => `${name}: ${problem.trim()}`) };
}

/** The manifest, and the file of each further language. */
async function fillManifest(
  { sourceDir, languages }: PackageOrder,
  variables: PackageVariables,
): Promise<readonly FilledFile[]> {
  const template = await readFile(path.join(sourceDir, MANIFEST), 'utf8');
  const { manifest, languageFiles } = localizeManifest(template, languages);
  const contents = Object.entries({ [MANIFEST]: manifest, ...languageFiles });
  return Promise.all(contents.map(([name, content]) => fillFile(name, content, variables)));
}

/** Writes the zip only when there is nothing to say against it; tells every problem it can find at once. */
export async function buildAppPackage(order: PackageOrder): Promise<BuiltPackage> {
  const { sourceDir, env, outFile } = order;
  const color = await readFile(path.join(sourceDir, 'color.png'));
  const outline = await readFile(path.join(sourceDir, 'outline.png'));
  const icons = [...iconProblems('color.png', color, 192), ...iconProblems('outline.png', outline, 32)];
  const read = readPackageVariables(env);
  if (read.kind === 'problems') return { kind: 'problems', problems: [...read.problems, ...icons] };

  const filled = await fillManifest(order, read.variables);
  const problems = [...filled.flatMap((file) => file.problems), ...icons];
  if (problems.length > 0) return { kind: 'problems', problems };

  const texts = Object.fromEntries(filled.map(({ name, text }) => [name, Buffer.from(text)]));
  const files = { ...texts, 'color.png': color, 'outline.png': outline };
  await mkdir(path.dirname(outFile), { recursive: true });
  await writeFile(outFile, zipSync(files, { mtime: ZIP_TIME }));
  return { kind: 'built' };
}
