/** Answers for the report as text on a terminal: what is wrong comes with what to do, and the end says how it stands. */
import type { Examination } from './examine.ts';
import type { Finding } from './finding.ts';

const labels: Readonly<Record<Finding['state'], string>> = { ok: 'ok', wrong: 'WRONG', unchecked: '?' };
const indent = ' '.repeat(8);

function lines({ state, subject, says, todo }: Finding): readonly string[] {
  const first = `${labels[state].padEnd(indent.length)}${subject}: ${says}`;
  return todo === undefined ? [first] : [first, `${indent}→ ${todo}`];
}

const things = (count: number): string => (count === 1 ? '1 thing' : `${count} things`);

function closing(findings: readonly Finding[]): string {
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length;
  const [bad, open] = [count('wrong'), count('unchecked')];
  const left = open === 0 ? '' : ` ${things(open)} could not be checked from here.`;
  if (bad === 0) return `Nothing is wrong.${left}`;
  return `${things(bad)} ${bad === 1 ? 'is' : 'are'} wrong.${left}`;
}

export function reportText({ findings, values }: Examination): string {
  const portal = values.flatMap((one) => [`  ${one.field}`, ...one.values.map((value) => `    ${value}`)]);
  return [
    ...findings.flatMap(lines),
    ...(portal.length === 0 ? [] : ['', 'What the portals must hold for this configuration:', '', ...portal]),
    '',
    closing(findings),
  ].join('\n');
}
