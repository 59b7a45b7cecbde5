/** Builds the Teams app package: the filled and validated manifest with its icons, as a zip. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppManifestUtils, TeamsManifestConverter } from '@microsoft/app-manifest';
import { zipSync } from 'fflate';
import { fillPlaceholders } from './fill-placeholders.ts';
import { iconProblems } from './icon-problems.ts';
import { readPackageVariables, type PackageVariables } from './package-variables.ts';

export type BuiltPackage =
  { readonly kind: 'built' } | { readonly kind: 'problems'; readonly problems: readonly string[] };

export interface PackageOrder {
  /** Folder with manifest.json, color.png and outline.png. */
  readonly sourceDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly outFile: string;
}

/** The same content gives the same bytes. */
const ZIP_TIME = new Date(1980, 0, 1);

/** Offline: the validator finds the schema of this version inside its own package. */
async function manifestProblems(manifest: string): Promise<readonly string[]> {
  const problems = await AppManifestUtils.validateAgainstSchema(
    TeamsManifestConverter.jsonToManifest(manifest),
  );
  return problems.map((problem) => `manifest.json: ${problem.trim()}`);
}

async function fillManifest(
  sourceDir: string,
  variables: PackageVariables,
): Promise<{ readonly text: string; readonly problems: readonly string[] }> {
  const template = await readFile(path.join(sourceDir, 'manifest.json'), 'utf8');
  const { text, unknown } = fillPlaceholders(template, variables);
  if (unknown.length === 0) return { text, problems: await manifestProblems(text) };
  return { text, problems: unknown.map((name) => `manifest.json asks for ${name}, which nothing defines`) };
}

/** Writes the zip only when there is nothing to say against it; tells every problem it can find at once. */
export async function buildAppPackage({ sourceDir, env, outFile }: PackageOrder): Promise<BuiltPackage> {
  const color = await readFile(path.join(sourceDir, 'color.png'));
  const outline = await readFile(path.join(sourceDir, 'outline.png'));
  const icons = [...iconProblems('color.png', color, 192), ...iconProblems('outline.png', outline, 32)];
  const read = readPackageVariables(env);
  if (read.kind === 'problems') return { kind: 'problems', problems: [...read.problems, ...icons] };

  const manifest = await fillManifest(sourceDir, read.variables);
  const problems = [...manifest.problems, ...icons];
  if (problems.length > 0) return { kind: 'problems', problems };

  const files = { 'manifest.json': Buffer.from(manifest.text), 'color.png': color, 'outline.png': outline };
  await mkdir(path.dirname(outFile), { recursive: true });
  await writeFile(outFile, zipSync(files, { mtime: ZIP_TIME }));
  return { kind: 'built' };
}
