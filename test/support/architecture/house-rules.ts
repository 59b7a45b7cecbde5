/** The rules that each source file keeps by itself: size, opening sentence, name, exports, environment. */
import type { SourceFile } from './source-file.ts';

const MAX_LINES = 250;
const ENTRY_POINT = /^(start\.ts|main\.ts|sandbox\/main\.ts|tools\/[^/]+)$/;
const PORTS = /^ports(\.ts$|\/)/;
const KEBAB_CASE =
  /^([a-z0-9-]+\/)*[a-z0-9]+(-[a-z0-9]+)*\.(ts|cjs)$|^(web|sandbox\/pages)\/assets\/[a-z0-9]+(-[a-z0-9]+)*\.js$/;
const EMPTY_NAME = /(^|\/)(utils?|helpers?|common|types|index)(\/|\.)/;

interface Rule {
  readonly says: string;
  readonly isBroken: (file: SourceFile) => boolean;
}

const RULES: readonly Rule[] = [
  { says: `has more than ${String(MAX_LINES)} lines`, isBroken: ({ text }) => lineCount(text) > MAX_LINES },
  { says: 'does not open with a comment', isBroken: ({ text }) => !/^(#!.*\n)?(\/\*\*|\/\/)/.test(text) },
  { says: 'has a default export', isBroken: (file) => file.hasDefaultExport },
  { says: 'is a barrel', isBroken: (file) => file.onlyReExports },
  { says: 'is not a script named in kebab-case', isBroken: ({ path }) => !KEBAB_CASE.test(path) },
  { says: 'has a name that says nothing', isBroken: ({ path }) => EMPTY_NAME.test(path) },
  { says: 'has a note to do later', isBroken: ({ text }) => /\b(TODO|FIXME|XXX)\b/.test(text) },
  { says: 'reads process.env', isBroken: (file) => file.readsEnvironment && !ENTRY_POINT.test(file.path) },
  { says: 'holds more than types', isBroken: (file) => PORTS.test(file.path) && file.hasRuntimeCode },
];

function lineCount(text: string): number {
  return text.trimEnd().split('\n').length;
}

/** Every breach, one sentence each. */
export function houseRuleBreaches(file: SourceFile): readonly string[] {
  return RULES.filter((rule) => rule.isBroken(file)).map((rule) => `${file.path} ${rule.says}`);
}
