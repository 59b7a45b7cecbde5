/** Reads the declarations of a Bicep file: each begins at the start of a line, as `bicep format` writes them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Parameter {
  readonly isSecure: boolean;
  readonly isRequired: boolean;
}

interface Module {
  /** Relative to the file. */
  readonly path: string;
  /** What its parameters are given. */
  readonly given: ReadonlyMap<string, string>;
}

export interface Bicep {
  readonly text: string;
  readonly params: ReadonlyMap<string, Parameter>;
  readonly outputs: ReadonlyMap<string, string>;
  readonly modules: readonly Module[];
}

/** Declarations with their decorators, comments left out. */
function declarationsIn(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !/^\s*\/\//.test(line));
  const found: string[] = [];
  let decorators = '';
  for (const line of lines) {
    if (/^@/.test(line)) decorators += `${line}\n`;
    else if (/^[a-z]/.test(line)) {
      found.push(decorators + line);
      decorators = '';
    } else if (found.length > 0) found.push(`${found.pop() ?? ''}\n${line}`);
  }
  return found.map((declaration) => declaration.trimEnd());
}

const headOf = (declaration: string): string => declaration.replace(/^(@.*\n)*/, '');

function paramsIn(declarations: readonly string[]): ReadonlyMap<string, Parameter> {
  const params = declarations.flatMap((declaration) => {
    const [, name, rest] = /^param (\w+) (.*)$/s.exec(headOf(declaration)) ?? [];
    if (name === undefined || rest === undefined) return [];
    return [
      [name, { isSecure: /^@secure\(\)$/m.test(declaration), isRequired: !rest.includes('=') }] as const,
    ];
  });
  return new Map(params);
}

function outputsIn(declarations: readonly string[]): ReadonlyMap<string, string> {
  const outputs = declarations.flatMap((declaration) => {
    const [, name, value] = /^output (\w+) \w+ = (.*)$/s.exec(headOf(declaration)) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return new Map(outputs);
}

function modulesIn(declarations: readonly string[]): readonly Module[] {
  return declarations.flatMap((declaration) => {
    const [, file, body] = /^module \w+ '([^']+)' = (.*)$/s.exec(headOf(declaration)) ?? [];
    if (file === undefined || body === undefined) return [];
    const given = [...body.matchAll(/^ {4}(\w+): (.*)$/gm)].map(
      ([, name, value]) => [name ?? '', value ?? ''] as const,
    );
    return [{ path: file, given: new Map(given) }];
  });
}

export function readBicep(file: string): Bicep {
  const text = readFileSync(file, 'utf8');
  const declarations = declarationsIn(text);
  return {
    text,
    params: paramsIn(declarations),
    outputs: outputsIn(declarations),
    modules: modulesIn(declarations),
  };
}

/** The value of a string of Bicep, its `${…}` replaced by what they stand for. */
export function evaluate(expression: string, values: Readonly<Record<string, string>>): string {
  const [, inside] = /^'(.*)'$/.exec(expression) ?? [];
  const known = (name: string): string => {
    const value = values[name];
    if (value === undefined) throw new Error(`What ${name} stands for is not known here`);
    return value;
  };
  if (inside === undefined) return known(expression);
  return inside.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => known(name));
}

export const infra = path.join(import.meta.dirname, '..', '..', '..', 'infra');
