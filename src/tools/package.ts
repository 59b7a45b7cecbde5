/** `npm run package [-- --env NAME] [--out FILE]`: the Teams app package, filled from env/.env.NAME and the environment. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { languages } from '../words/words.ts';
import { buildAppPackage } from './app-package/build-app-package.ts';

/** Made-up values: they show that packaging works. */
const SAMPLE = 'playground';

const root = path.resolve(import.meta.dirname, '..', '..');

function fail(lines: readonly string[]): void {
  console.error(lines.join('\n'));
  process.exitCode = 1;
}

function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

async function build(name: string, envFile: string, outFile: string): Promise<void> {
  const env = { ...parseEnv(readFileSync(envFile, 'utf8')), ...withoutEmpty(process.env) };
  const built = await buildAppPackage({ sourceDir: path.join(root, 'appPackage'), languages, env, outFile });
  if (built.kind === 'problems') {
    const problems = built.problems.map((problem) => `  - ${problem}`);
    fail([`No package yet. Values are set in env/.env.${name} or in the environment:`, ...problems]);
    return;
  }
  console.log(`Wrote ${path.relative(process.cwd(), outFile)}; its manifest is valid.`);
  if (name === SAMPLE) {
    console.log('It carries made-up ids. For a tenant fill env/.env.dev, then: npm run package -- --env dev');
  }
}

const { values } = parseArgs({
  options: { env: { type: 'string', default: SAMPLE }, out: { type: 'string' } },
});
const envFile = path.join(root, 'env', `.env.${values.env}`);
if (/^[\w-]+$/.test(values.env) && existsSync(envFile)) {
  const out = values.out ?? path.join(root, 'appPackage', 'build', `appPackage.${values.env}.zip`);
  await build(values.env, envFile, path.resolve(out));
} else {
  const names = readdirSync(path.join(root, 'env')).flatMap(
    (file) => /^\.env\.([\w-]+)$/.exec(file)?.[1] ?? [],
  );
  fail([`There is no env/.env.${values.env}. There is: ${names.join(', ')}.`]);
}
