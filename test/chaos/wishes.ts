/** Who asks for which export, where, and how Graph is scripted to end it: made up from the seed. */
import type { Scenario } from '../../src/sandbox/graph/scenarios.ts';
import { explorerUrlOf } from '../../src/sandbox/graph/scenarios.ts';
import { planLinkOf, type PlanScenario } from '../../src/sandbox/planner/plan-scenarios.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import type { Place } from '../support/teams/teams-places.ts';
import { channelThread, groupChat, personalChat } from '../support/teams/teams-places.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import type { Dice } from './dice.ts';

export type Ending = 'succeeded' | 'failed';

export interface Wish {
  readonly person: Person;
  readonly place: Place;
  /** Of a plan its id. */
  readonly viewId: string;
  readonly url: string;
  readonly ends: Ending;
}

export interface Population {
  readonly people: readonly [Person, ...Person[]];
  /** Of goals, by tenant. */
  readonly organizations: ReadonlyMap<string, string>;
  /** In the order in which they are asked; two people who want the same view follow each other. */
  readonly wishes: readonly Wish[];
  readonly scenarios: readonly Scenario[];
  readonly plans: readonly PlanScenario[];
}

const peoplePerTenant = 4;
/** One in so many views is wanted by two people at once. */
const sharedViews = 10;
/** One wish in so many is for a plan of the other source. */
const plansAmong = 4;

export function createPopulation(plan: ChaosPlan, dice: Dice): Population {
  const tenants = Array.from({ length: Math.max(1, plan.tenants) }, () => dice.guid());
  const organizations = new Map(tenants.map((tid) => [tid, dice.guid()]));
  const people = tenants.flatMap((tid, tenant) =>
    Array.from({ length: peoplePerTenant }, (_, nth) => made(dice, tid, `${String(tenant)}-${String(nth)}`)),
  );
  const [first, ...others] = people;
  if (first === undefined) throw new Error('Nobody lives here');
  const everybody: readonly [Person, ...Person[]] = [first, ...others];
  const scenarios: Scenario[] = [];
  const plans: PlanScenario[] = [];
  const wishes: Wish[] = [];
  while (wishes.length < plan.exports) {
    const person = dice.of(everybody);
    if (dice.below(plansAmong) === 0) {
      const wanted = planFor(dice, person);
      plans.push(wanted);
      wishes.push(wishForPlan(dice, person, wanted));
      continue;
    }
    const scenario = scenarioFor(dice, organizations.get(person.tid) ?? '');
    scenarios.push(scenario);
    wishes.push(wishOf(dice, person, scenario));
    const colleague = people.find(({ oid, tid }) => tid === person.tid && oid !== person.oid);
    if (colleague !== undefined && dice.below(sharedViews) === 0)
      wishes.push(wishOf(dice, colleague, scenario));
  }
  return { people: everybody, organizations, wishes: wishes.slice(0, plan.exports), scenarios, plans };
}

const made = (dice: Dice, tid: string, name: string): Person => ({
  oid: dice.guid(),
  tid,
  name: `Person ${name}`,
  userPrincipalName: `person-${name}@chaos.example`,
});

const places: [(person: Person) => Place, ...((person: Person) => Place)[]] = [
  personalChat,
  personalChat,
  (person) => groupChat([person]),
  thread,
];

/** Mostly quick, so that a job has often ended before its export is looked at again. */
export function scenarioFor(dice: Dice, goalsOrganizationId: string): Scenario {
  const startsAfterMs = dice.below(1500);
  return {
    name: 'of a chaos run',
    what: 'is scripted by its seed',
    goalsOrganizationId,
    explorerViewId: dice.guid(),
    rows: 1,
    fate: {
      kind: 'runs',
      startsAfterMs,
      endsAfterMs: startsAfterMs + 500 + dice.below(4000),
      ends: dice.below(5) === 0 ? 'failed' : 'succeeded',
    },
  };
}

/** Its title is what others see of it as well. */
export function planFor(dice: Dice, { oid }: Person): PlanScenario {
  const planId = dice.guid().replaceAll('-', '');
  const goals = ['Stay whole'];
  return { name: '', what: '', planId, title: planId.slice(0, 8), tasks: 25, goals, people: [oid] };
}

const wishForPlan = (dice: Dice, person: Person, { planId }: PlanScenario): Wish => ({
  person,
  place: dice.of(places)(person),
  viewId: planId,
  url: planLinkOf({ planId }),
  ends: 'succeeded',
});

function wishOf(dice: Dice, person: Person, scenario: Scenario): Wish {
  const { fate } = scenario;
  const place = dice.of(places)(person);
  return {
    person,
    place,
    viewId: scenario.explorerViewId,
    url: explorerUrlOf(scenario),
    ends: fate.kind === 'runs' ? fate.ends : 'succeeded',
  };
}

function thread(person: Person): Place {
  return channelThread([person]);
}
