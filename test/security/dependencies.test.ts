// Row 17: exact versions, a checksum for each package, known licences, and no install script in production.
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
        version: z.string().optional(),
        link: z.boolean().optional(),
        integrity: z.string().optional(),
        dev: z.boolean().optional(),
        hasInstallScript: z.boolean().optional(),
        license: z.string().optional(),
      }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json'))).packages;
/** Without our own, and the one folder that says which Node is for which machine. */
const packages = Object.entries(locked).filter(
  ([place, { link }]) => place.startsWith('node_modules/') && link !== true,
);
const nodes = z
  .object({ optionalDependencies: versions })
  .parse(JSON.parse(read('.config/node/package.json'))).optionalDependencies;
const inProduction = packages.filter(([, { dev }]) => dev !== true);
const nameOf = (place: string): string => place.split('node_modules/').at(-1) ?? '';

/** Those that ask for nothing but their own text and notices. */
const allowedLicences: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  '0BSD',
  'Unlicense',
]);

/** An SPDX expression: of several that are offered one is enough. */
const isAllowed = (licence = ''): boolean =>
  licence
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((one) => allowedLicences.has(one));

interface Exception {
  readonly packages: readonly string[];
  readonly text: string;
}

/** As `.github/SECURITY.md` has them. */
function exceptions(): readonly Exception[] {
  const text = read('.github/SECURITY.md').replaceAll(/\s+/g, ' ');
  const [, listed = ''] = /Exceptions are kept here(.*?)## /.exec(text) ?? [];
  return listed
    .split(/ - (?=\*\*)/)
    .slice(1)
    .map((entry) => {
      const [, named = ''] = /^\*\*(.*?)\*\*/.exec(entry) ?? [];
      return { packages: [...named.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name), text: entry };
    });
}

describe('dependencies', () => {
  it('have exact versions, and those are the locked ones', () => {
    const { 'node-of-this-machine': ours, ...others } = own.devDependencies;
    assert.equal(ours, 'file:.config/node');
    for (const [name, version] of Object.entries({ ...own.dependencies, ...others, ...nodes })) {
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
    const scripts = inProduction.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    assert.deepEqual(
      scripts.map(([place]) => nameOf(place)).filter((name) => own.allowScripts[name] !== false),
      [],
    );
    assert.match(read('Dockerfile'), /npm ci --omit=dev --ignore-scripts/);
  });

  it('have licences in production that ask for nothing, or stand among the exceptions', () => {
    const excepted = new Set(exceptions().flatMap((one) => one.packages));
    assert.deepEqual(
      inProduction
        .filter(([place, { license }]) => !isAllowed(license) && !excepted.has(nameOf(place)))
        .map(([place, { license }]) => `${nameOf(place)}: ${license ?? 'none'}`),
      [],
    );
    assert.deepEqual(['GPL-3.0', '(MIT AND GPL-3.0)', undefined].map(isAllowed), [false, false, false]);
    assert.ok(isAllowed('(GPL-3.0 OR MIT)'));
  });

  it('bring their bill of materials into the image', () => {
    assert.match(read('Dockerfile'), /npm run --silent sbom > sbom\.cdx\.json/);
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
    const entries = exceptions();
    assert.ok(entries.length >= 3);
    assert.deepEqual(
      entries.filter(({ text }) => !/\(\d{4}-\d{2}-\d{2}\): \S/.test(text)),
      [],
    );
    const installed = new Set(inProduction.map(([place]) => nameOf(place)));
    for (const { packages: names, text } of entries) {
      assert.ok(names.length > 0, text);
      for (const name of names) assert.ok(installed.has(name), `${name} is no dependency any more`);
      const [, version] = /\*\*.*?(\d+\.\d+\.\d+)\*\*/.exec(text) ?? [];
      for (const name of version === undefined ? [] : names)
        assert.equal(
          locked[`node_modules/${name}`]?.version,
          version,
          `${name} was looked at in another version`,
        );
    }
    assert.match(read('.github/SECURITY.md'), /mended within \d+ days/);
  });
});
