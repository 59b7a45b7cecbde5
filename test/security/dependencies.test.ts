// Row 17: exact versions, a checksum for each package, and no install script in production.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const root = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const versions = z.record(z.string(), z.string());
const own = z
  .object({
    dependencies: versions,
    devDependencies: versions,
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(JSON.parse(read('package.json')));
const locked = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string(),
        integrity: z.string().optional(),
        dev: z.boolean().optional(),
        hasInstallScript: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json'))).packages;
const packages = Object.entries(locked).filter(([place]) => place !== '');
const nameOf = (place: string): string => place.split('node_modules/').at(-1) ?? '';

describe('dependencies', () => {
  it('have exact versions, and those are the locked ones', () => {
    for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.equal(locked[`node_modules/${name}`]?.version, version, name);
    }
  });

  it('are locked with a checksum each', () => {
    assert.deepEqual(
      packages.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-')).map(([place]) => place),
      [],
    );
  });

  it('run no script in production that was not allowed by name', () => {
    const scripts = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const inProduction = scripts.filter(([, { dev }]) => dev !== true).map(([place]) => nameOf(place));
    assert.deepEqual(
      inProduction.filter((name) => own.allowScripts[name] !== false),
      [],
    );
    assert.match(read('Dockerfile'), /npm ci --omit=dev --ignore-scripts/);
  });

  it('are listed in a CycloneDX bill of materials, none of development', () => {
    const script = /"sbom": "npm (sbom [^"]+)"/.exec(read('package.json'))?.[1] ?? '';
    const bill = z
      .object({
        bomFormat: z.literal('CycloneDX'),
        components: z.array(z.object({ name: z.string(), hashes: z.array(z.unknown()).min(1) })),
      })
      .parse(
        JSON.parse(execFileSync('npm', script.split(' '), { cwd: root, encoding: 'utf8', stdio: 'pipe' })),
      );
    const names = new Set(bill.components.map(({ name }) => name));
    for (const name of Object.keys(own.dependencies)) assert.ok(names.has(name), name);
    for (const name of ['mocha', 'typescript', '@microsoft/m365agentsplayground'])
      assert.ok(!names.has(name), name);
  });

  it('keep a dated list of exceptions, and say how fast weaknesses are mended', () => {
    const text = read('.github/SECURITY.md').replaceAll(/\s+/g, ' ');
    const [, exceptions = ''] = /Exceptions are kept here(.*?)## /.exec(text) ?? [];
    const entries = exceptions.split(/ - (?=\*\*)/).slice(1);
    assert.ok(entries.length >= 3);
    assert.deepEqual(
      entries.filter((entry) => !/\(\d{4}-\d{2}-\d{2}\): \S/.test(entry)),
      [],
    );
    assert.match(text, /mended within \d+ days/);
  });
});
