/** Exports that are still open, one way for each source: what a sign-in in their way does to them should be the same. */
import { randomUUID } from 'node:crypto';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import { planLinkOf } from '../../../src/sandbox/planner/plan-scenarios.ts';
import type { KeptActivity } from '../teams/connector-api.ts';
import { personalChat } from '../teams/teams-places.ts';
import { exportIdOf, runsInPeace, type AppSuite, type View } from './app-suite.ts';

export interface OpenExports {
  readonly product: string;
  /** What the simulated Graph calls the request of a look. */
  readonly op: string;
  /** What the card says once it goes on. */
  readonly goesOn: RegExp;
  readonly signIn: (suite: AppSuite, person: Person) => Promise<void>;
  /** Lets it look again. */
  readonly look: (suite: AppSuite, person: Person, card: KeptActivity) => Promise<void>;
  /** Somebody pastes a link, and the export stays open until the next look. */
  readonly paste: (suite: AppSuite, person: Person) => Promise<View>;
  /** Its card, while it is open. */
  readonly card: (suite: AppSuite, person: Person, view: View) => Promise<KeptActivity>;
}

/** A job of Graph runs. */
const views: OpenExports = {
  product: 'Viva Goals',
  op: 'get',
  goesOn: /Running/,
  signIn: (suite, person) => suite.signIn(person),
  look: async (suite, person, card) => {
    suite.world().skip(11);
    await suite.press(personalChat(person), person, { verb: 'refresh', exportId: exportIdOf(card) }, card.id);
  },
  paste: async (suite, person) => {
    const view = suite.view(runsInPeace);
    await suite.say(personalChat(person), person, view.url);
    return view;
  },
  card: (suite, person, view) => suite.card(personalChat(person), /Running/, view),
};

function aPlan(suite: AppSuite, person: Person): View {
  const planId = `Open${randomUUID().replaceAll('-', '').slice(0, 24)}`;
  const title = `Herbs of ${planId.slice(0, 8)}`;
  const { planner } = suite.world();
  planner.register({ name: '', what: '', planId, title, tasks: 6, goals: [], people: [person.oid] });
  return { goalsOrganizationId: '', explorerViewId: planId, url: planLinkOf({ planId }) };
}

/** Planner could not start it yet. */
const plans: OpenExports = {
  product: 'Planner',
  op: 'plan',
  goesOn: /6\s*tasks/,
  signIn: async (suite, person) => {
    const chat = personalChat(person);
    const plan = aPlan(suite, person);
    await suite.say(chat, person, plan.url);
    await suite.world().channel.silentSso(chat, person, await suite.prompt(chat));
    await suite.card(chat, plans.goesOn, plan);
  },
  // It tries again by itself, some seconds later.
  look: () => Promise.resolve(),
  paste: async (suite, person) => {
    const plan = aPlan(suite, person);
    suite.world().graph.script({
      match: { op: 'plan', about: { plan: plan.explorerViewId } },
      times: 1,
      respond: { status: 503, body: '' },
    });
    await suite.say(personalChat(person), person, plan.url);
    return plan;
  },
  card: async (suite, person, view) => {
    const { graph } = suite.world();
    await graph.until(
      () =>
        graph.calls.some(({ op, about }) => op === 'plan' && about['plan'] === view.explorerViewId) ||
        undefined,
    );
    return suite.card(personalChat(person), /Starting/, view);
  },
};

export const openExports: readonly OpenExports[] = [plans, views];
