/** Carries out the steps of the Dockerfile in folders, without a container engine: for what is in the image, and whether it runs. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { readCopy, readDockerfile, readEnv } from './dockerfile.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

export interface Image {
  /** Its `WORKDIR`. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** Undefined where the test itself is not root: then everything is its own. */
  readonly uid?: number;
}

/** The user `node` of the image. */
const uidOfNode = 1000;
export const uid = process.getuid?.() === 0 ? uidOfNode : undefined;

interface Stage {
  readonly name: string;
  /** Stands for `/`. */
  readonly place: string;
  readonly env: Record<string, string>;
  workdir: string;
  user: 'root' | 'node';
  command: readonly string[];
}

/** @param folder empty, on the disk of `node_modules`, and open to everybody */
export function makeImage(folder: string): Image {
  const stages: Stage[] = [];
  for (const { word, rest } of readDockerfile(readFileSync(path.join(root, 'Dockerfile'), 'utf8'))) {
    if (word === 'FROM') stages.push(beginStage(folder, rest, stages.length));
    else carryOut(word, rest, stages);
  }
  const last = stages.at(-1);
  if (last === undefined) throw new Error('the Dockerfile has no stage');
  const made = path.join(last.place, last.workdir);
  // As a container is run with `--read-only`, where the volume alone can be written to.
  execFileSync('find', [made, '-path', `${made}/data`, '-prune', '-o', '-exec', 'chmod', 'a-w', '{}', '+']);
  return { folder: made, env: last.env, command: last.command, ...(uid !== undefined && { uid }) };
}

function beginStage(folder: string, rest: string, number: number): Stage {
  const place = path.join(folder, String(number));
  mkdirSync(place);
  const [, name = ''] = / AS (\w+)$/.exec(rest) ?? [];
  return { name, place, env: {}, workdir: '/', user: 'root', command: [] };
}

function carryOut(word: string, rest: string, stages: readonly Stage[]): void {
  const stage = stages.at(-1);
  if (stage === undefined) throw new Error(`${word} before FROM`);
  switch (word) {
    case 'ENV':
      Object.assign(stage.env, readEnv(rest));
      return;
    case 'WORKDIR':
      stage.workdir = rest;
      mkdirSync(path.join(stage.place, rest), { recursive: true });
      return;
    case 'USER':
      stage.user = rest === 'node' ? 'node' : 'root';
      return;
    case 'COPY':
      copy(rest, stage, stages);
      return;
    case 'RUN':
      run(rest, stage);
      return;
    case 'CMD':
      stage.command = z.array(z.string()).parse(JSON.parse(rest));
      return;
    case 'EXPOSE':
    case 'VOLUME':
    case 'HEALTHCHECK':
      return;
    default:
      throw new Error(`nobody knows how to carry out ${word} here`);
  }
}

function copy(rest: string, stage: Stage, stages: readonly Stage[]): void {
  const { from, owner, files, to } = readCopy(rest);
  const source = from === undefined ? root : stages.find(({ name }) => name === from)?.place;
  if (source === undefined) throw new Error(`no stage ${String(from)}`);
  const ignored = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n');
  for (const file of files) {
    if (from === undefined && !ignored.includes(`!${file}`))
      throw new Error(`${file} is not sent to be built`);
    const target = path.join(stage.place, stage.workdir, to, to.endsWith('/') ? path.basename(file) : '');
    cpSync(path.join(source, file), target, { recursive: true, preserveTimestamps: true });
    if (uid !== undefined)
      execFileSync('chown', ['-R', owner === 'node:node' ? `${uid}:${uid}` : '0:0', target]);
  }
}

function run(command: string, stage: Stage): void {
  const cwd = path.join(stage.place, stage.workdir);
  if (command.startsWith('npm ci --omit=dev --ignore-scripts')) {
    placePackages(cwd);
    return;
  }
  const here = command
    .replaceAll(/(?<=\s)\/app\b/g, path.join(stage.place, 'app'))
    .replaceAll('-o node -g node', uid === undefined ? '' : `-o ${uid} -g ${uid}`);
  execFileSync('sh', ['-euc', here], {
    cwd,
    env: { PATH: `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, HOME: cwd, ...stage.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(stage.user === 'node' && uid !== undefined && { uid, gid: uid }),
  });
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

/**
 * Stands for `npm ci --omit=dev --ignore-scripts`, which takes half a minute: that puts every package of the lockfile that is not marked
 * `dev` where the lockfile has it, and runs nothing. Ours were put there by `npm ci` from the same lockfile, so these are the same
 * files, as hard links. No package that is installed by itself has a script that changes files of another one (`allowScripts`).
 */
function placePackages(cwd: string): void {
  const { packages } = lockSchema.parse(
    JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')),
  );
  const places = Object.entries(packages)
    .filter(
      ([place, { dev, link }]) =>
        dev !== true && link !== true && /^node_modules\/(?!.*node_modules)/.test(place),
    )
    // Which optional ones npm installs depends on the machine.
    .filter(([place, { optional }]) => optional !== true || existsSync(path.join(root, place)))
    .map(([place]) => place);
  execFileSync('cp', ['-al', '--parents', ...places, cwd], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
}
