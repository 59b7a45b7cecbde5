/** Writes an examination as plain text for people, and as JSON for machines. */
import type { Examination } from './examine.ts';
import type { Finding } from './finding.ts';

const labels: Readonly<Record<Finding['state'], string>> = {
  ok: 'ok',
  warning: 'SOON',
  wrong: 'WRONG',
  unchecked: '?',
};
const indent = ' '.repeat(8);

function lines({ state, subject, says, todo }: Finding): readonly string[] {
  const first = `${labels[state].padEnd(indent.length)}${subject}: ${says}`;
  return todo === undefined ? [first] : [first, `${indent}→ ${todo}`];
}

const things = (count: number): string => (count === 1 ? '1 thing' : `${count} things`);

const countOf = (findings: readonly Finding[], state: Finding['state']): number =>
  findings.filter((one) => one.state === state).length;

function closing(findings: readonly Finding[]): string {
  const [bad, soon, open] = (['wrong', 'warning', 'unchecked'] as const).map((state) =>
    countOf(findings, state),
  );
  const left = [
    soon ? ` ${things(soon)} should be looked at.` : '',
    open ? ` ${things(open)} could not be checked from here.` : '',
  ].join('');
  if (!bad) return `Nothing is wrong.${left}`;
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

/** Of the process: 1 only when something is wrong, since what is not known is no reason to wake anybody. */
export const exitCodeOf = ({ findings }: Examination): 0 | 1 => (countOf(findings, 'wrong') > 0 ? 1 : 0);

/** Its shape is documented in docs/operate.md; a change of it is a new `format`. */
export function reportJson(examination: Examination, at: Date): string {
  const { findings } = examination;
  return JSON.stringify(
    {
      format: 1,
      at: at.toISOString(),
      exitCode: exitCodeOf(examination),
      counts: {
        ok: countOf(findings, 'ok'),
        warning: countOf(findings, 'warning'),
        wrong: countOf(findings, 'wrong'),
        unchecked: countOf(findings, 'unchecked'),
      },
      findings,
    },
    null,
    2,
  );
}
