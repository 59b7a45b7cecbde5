/** Makes an older release of the bot in a folder of its own: its sources from git, its packages, its bundle. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const migrationsFolder = 'src/adapters/store/migrations';

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** The last release, or where none is tagged the commit before the newest migration. */
export function defaultRef(): string {
  try {
    return git('describe', '--tags', '--abbrev=0');
  } catch {
    const newest = git('log', '-1', '--format=%H', '--diff-filter=A', '--', `${migrationsFolder}/0*.ts`);
    return `${newest}^`;
  }
}

/** The names of the migrations that a commit has. */
export const migrationsAt = (ref: string): readonly string[] =>
  git('ls-tree', '--name-only', '-r', ref, `${migrationsFolder}/`)
    .split('\n')
    .map((file) => path.basename(file, '.ts'))
    .filter((name) => /^\d{4}-/.test(name));

export interface OlderRelease {
  readonly folder: string;
  readonly commit: string;
  readonly remove: () => void;
}

export function makeOlderRelease(ref: string): OlderRelease {
  const commit = git('rev-parse', '--short', `${ref}^{commit}`);
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'older-release-')), 'bot');
  git('worktree', 'add', '--detach', folder, commit);
  const remove = (): void => {
    git('worktree', 'remove', '--force', folder);
    rmSync(path.dirname(folder), { recursive: true, force: true });
  };
  try {
    const lockIn = (place: string): string => readFileSync(path.join(place, 'package-lock.json'), 'utf8');
    if (lockIn(folder) === lockIn(root))
      symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    else
      execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' });
    execFileSync(process.execPath, ['src/tools/build.cjs'], { cwd: folder, stdio: 'ignore' });
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, commit, remove };
}
