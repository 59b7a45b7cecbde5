/** The files of a deployment as tests read them: YAML, placeholders of the toolkit, the facts of the image. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export const root = path.join(import.meta.dirname, '..', '..', '..');

export const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

export const readYaml = (file: string): unknown => parse(textOf(file));

/** Names in `${{NAME}}`, each once. */
export const placeholdersIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\$\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? '')),
];

const dockerfile = textOf('Dockerfile');

/** What the last stage of the Dockerfile says. */
export const image = {
  port: Number(/^ENV .*\bPORT=(\d+)/m.exec(dockerfile)?.[1]),
  volume: /^VOLUME (\S+)$/m.exec(dockerfile)?.[1],
  user: dockerfile
    .match(/^USER (\S+)$/gm)
    ?.at(-1)
    ?.slice('USER '.length),
  program: /^CMD \["([^"]+)"/m.exec(dockerfile)?.[1],
};

const routes = readFileSync(path.join(root, 'src/web/health.ts'), 'utf8');

export const isHealthRoute = (route: string): boolean => routes.includes(`path: '${route}'`);
