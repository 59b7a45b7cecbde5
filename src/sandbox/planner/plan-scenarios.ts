/** Lists the made-up plans of the sandbox, and the links that lead to them. */
import { sandboxPeople } from '../chat/people.ts';

export type PlanScenario = Readonly<{
  name: string;
  /** Plain words for whoever pastes the link. */
  what: string;
  planId: string;
  title: string;
  tasks: number;
  goals: readonly string[];
  people: readonly string[];
  /** `notThere`: the tenant has no goals, or the beta is gone. `noIds`: tasks do not say which goals they belong to. */
  goalsAre?: 'notThere' | 'noIds';
  /** Of its tasks: this person may not read them. */
  notesAre?: 'withheld';
  /** Tasks on one page. */
  pageSize?: number;
}>;

export const planLinkOf = ({ planId }: Pick<PlanScenario, 'planId'>): string =>
  `https://planner.cloud.microsoft/webui/plan/${planId}/view/board`;

/** Whose name nobody may read, and whose is given only when it is asked for again. */
export const oddPeople = {
  withheld: '5e1f0a69-8c3d-4b7a-9f21-6d0c4e8b1a43',
  putOff: '5e1f0a69-8c3d-4b7a-9f21-6d0c4e8b1a29',
} as const;

/** Somebody who has left: the directory does not know them. */
const goneMember = '5e1f0a69-8c3d-4b7a-9f21-6d0c4e8b1a99';

const people = [...sandboxPeople.map(({ oid }) => oid), goneMember];

const plan = (scenario: Omit<PlanScenario, 'people'>): PlanScenario & Readonly<{ url: string }> => ({
  ...scenario,
  people,
  url: planLinkOf(scenario),
});

export const planScenarios = [
  plan({
    name: 'a plan with goals',
    what: 'A plan with 3 goals and two dozen tasks, which moves on each half minute: export it twice',
    planId: 'OrchardFestivalPlan-0000001A',
    title: 'Orchard festival',
    tasks: 24,
    goals: ['Welcome 500 visitors', 'Waste nothing', 'Sell out the cider'],
  }),
  plan({
    name: 'a plan without goals',
    what: 'A plan in a tenant where goals cannot be read: its tasks alone are exported, and the card says so',
    planId: 'GreenhouseRepairPlan-000002B',
    title: 'Greenhouse repair',
    tasks: 12,
    goals: [],
    goalsAre: 'notThere',
  }),
  plan({
    name: 'a large plan',
    what: 'A plan with 2,400 tasks on 24 pages',
    planId: 'SeedArchiveLargePlan-000003C',
    title: 'Seed archive',
    tasks: 2_400,
    goals: ['Catalogue every seed', 'Lend to ten gardens'],
  }),
] as const;
