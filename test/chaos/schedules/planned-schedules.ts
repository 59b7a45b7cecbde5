/** Which schedules and subscriptions a chaos run has, when they are due, and how their exports end: made up from the seed. */
import { explorerUrlOf, type Scenario } from '../../../src/sandbox/graph/scenarios.ts';
import { planLinkOf, type PlanScenario } from '../../../src/sandbox/planner/plan-scenarios.ts';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import { channelThread, groupChat, personalChat, type Place } from '../../support/teams/teams-places.ts';
import type { ChaosPlan } from '../chaos-plan.ts';
import type { Dice } from '../dice.ts';
import { planFor, scenarioFor, type Ending, type Population } from '../wishes.ts';

/** In a personal chat it is its owner's alone, elsewhere a subscription. */
export interface PlannedSchedule {
  readonly id: string;
  readonly person: Person;
  readonly place: Place;
  /** Of a plan its id. */
  readonly viewId: string;
  readonly url: string;
  readonly ends: Ending;
  readonly condition: 'always' | 'ifChanged';
  /** Milliseconds after the beginning. */
  readonly dueAfter: number;
  /** A second time while harm is done. */
  readonly isDueAgain: boolean;
}

export interface PlannedSchedules {
  readonly schedules: readonly PlannedSchedule[];
  readonly scenarios: readonly Scenario[];
  readonly plans: readonly PlanScenario[];
}

/** Milliseconds: a harm takes so long with what it waits for, and the first run is due when the instances listen. */
const eachHarm = 1_900;
const soonest = 3_000;
const shortest = 10_000;
/** A second run is due at a whole minute, this much or up to a minute more after the first: whole minutes are crowded. */
export const leastBetween = 90_000;
const mostBetween = leastBetween + 60_000;
const runAgainAmong = 5;
const subscriptionsOf5 = 2;
/** One in so many is of a plan, one in so many runs again only if something changed; nothing does. */
const plansAmong = 4;
const conditionsAmong = 3;

export function planSchedules(plan: ChaosPlan, dice: Dice, population: Population): PlannedSchedules {
  const { people, organizations } = population;
  const window = harmCount(plan) * eachHarm;
  const latest = Math.max(shortest, window);
  const scenarios: Scenario[] = [];
  const plans: PlanScenario[] = [];
  const thing = (person: Person): Pick<PlannedSchedule, 'viewId' | 'url' | 'ends'> => {
    if (dice.below(plansAmong) === 0) {
      const wanted = planFor(dice, person);
      plans.push(wanted);
      return { viewId: wanted.planId, url: planLinkOf(wanted), ends: 'succeeded' };
    }
    const scenario = {
      ...scenarioFor(dice, organizations.get(person.tid) ?? ''),
      contentForm: 'still' as const,
    };
    scenarios.push(scenario);
    const ends = scenario.fate.kind === 'runs' ? scenario.fate.ends : 'succeeded';
    return { viewId: scenario.explorerViewId, url: explorerUrlOf(scenario), ends };
  };
  const schedules = Array.from({ length: plan.schedules }, (): PlannedSchedule => {
    const person = dice.of(people);
    const isDueAgain = latest > soonest + mostBetween && dice.below(runAgainAmong) === 0;
    return {
      id: dice.guid(),
      person,
      place: placeFor(dice, person),
      ...thing(person),
      condition: dice.below(conditionsAmong) === 0 ? 'ifChanged' : 'always',
      dueAfter: Math.floor(dice.between(soonest, isDueAgain ? latest - mostBetween : latest)),
      isDueAgain,
    };
  });
  return { schedules, scenarios, plans };
}

const harmCount = ({ kills, terms, cuts, restarts }: ChaosPlan): number => kills + terms + cuts + restarts;

function placeFor(dice: Dice, person: Person): Place {
  if (dice.below(5) >= subscriptionsOf5) return personalChat(person);
  return dice.below(2) === 0 ? groupChat([person]) : channelThread([person]);
}
