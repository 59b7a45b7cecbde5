/** Prints the bill of materials of what production installs (CycloneDX), as npm makes it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const manifestOf = z.looseObject({ name: z.string() });
const lockOf = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })),
});

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

// `npm sbom --omit dev` leaves out whatever a development package needs as well, so it is shown a tree that has none.
const manifest = { ...manifestOf.parse(read('package.json')), devDependencies: {} };
const temporary = mkdtempSync(path.join(tmpdir(), 'sbom-'));
// npm calls the whole by its folder.
const folder = path.join(temporary, manifest.name);
const write = (file: string, content: object): void => {
  writeFileSync(path.join(folder, file), JSON.stringify(content));
};
const lock = lockOf.parse(read('package-lock.json'));
const packages = Object.entries(lock.packages).filter(([place, { dev }]) => place !== '' && dev !== true);
try {
  mkdirSync(folder);
  write('package.json', manifest);
  write('package-lock.json', { ...lock, packages: { ...Object.fromEntries(packages), '': manifest } });
  execFileSync(
    'npm',
    ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'],
    { cwd: folder, stdio: 'inherit' },
  );
} finally {
  rmSync(temporary, { recursive: true });
}
