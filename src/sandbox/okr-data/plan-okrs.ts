/** Makes the OKRs of a view: the company's objectives, then each department's and its teams', region after region without end. */
import { chiefs, companyObjectives, departments, regions, type Department } from './company.ts';
import type { Draw } from './draw.ts';
import { createDraw } from './draw.ts';
import { companyMetrics, metricsOf } from './metrics.ts';
import type { OkrName, PlannedOkr } from './planned-okr.ts';
import { planObjective, type Group } from './plan-objective.ts';

/** @param seed the same rows for the same seed; the sequence does not depend on how much of it is taken */
export function* planOkrs(seed: string): Generator<PlannedOkr, never> {
  const draw = createDraw(seed);
  let made = 0;
  const plan = (title: string, group: Group): readonly PlannedOkr[] => {
    const okrs = planObjective(draw, made, title, group);
    made += okrs.length;
    return okrs;
  };
  const company: OkrName[] = [];
  for (const [nth, title] of companyObjectives.entries()) {
    const metrics = companyMetrics.slice(3 * nth, 3 * nth + 3);
    const okrs = plan(title, { team: 'Company', people: chiefs, parents: [], annual: true, metrics });
    company.push(...okrs.slice(0, 1));
    yield* okrs;
  }
  for (let round = 0; ; round += 1) {
    for (const department of departments) {
      yield* planDepartment({ draw, plan, region: regionOf(round), company }, department);
    }
  }
}

interface Around {
  readonly draw: Draw;
  readonly plan: (title: string, group: Group) => readonly PlannedOkr[];
  readonly region: string;
  readonly company: readonly OkrName[];
}

function* planDepartment(
  { draw, plan, region, company }: Around,
  { name, lead, people, objectives, teams }: Department,
): Generator<PlannedOkr> {
  const whole = `${name}${region}`;
  const above: OkrName[] = [];
  const first = draw.below(8);
  for (const [nth, title] of objectives.entries()) {
    const metrics = metricsOf(name, first + 3 * nth);
    const okrs = plan(title, {
      team: whole,
      mark: whole,
      people: [lead, ...people],
      parents: some(draw, company),
      metrics,
    });
    above.push(...okrs.slice(0, 1));
    yield* okrs;
  }
  for (const one of teams) {
    const mark = `${one.name}${region}`;
    const from = draw.below(8);
    for (const [nth, title] of one.objectives.entries()) {
      const metrics = metricsOf(name, from + 4 * nth);
      const team = draw.chance(8) ? `${mark};${whole}` : mark;
      yield* plan(title, { team, mark, people, parents: some(draw, above), metrics });
    }
  }
}

/** The head office has no word of its own; after the last region comes a second one of the same name. */
const regionOf = (round: number): string => {
  if (round === 0) return '';
  const lap = Math.floor((round - 1) / regions.length);
  return ` ${regions[(round - 1) % regions.length] ?? ''}${lap === 0 ? '' : ` ${lap + 1}`}`;
};

/** One as a rule, sometimes two. */
const some = (draw: Draw, from: readonly OkrName[]): readonly OkrName[] => {
  const first = draw.below(from.length);
  return from.slice(first, first + (draw.chance(10) ? 2 : 1));
};
