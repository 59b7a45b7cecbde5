/** Moments at which a bot has just answered somebody: what they did, and how it shows that it was carried on. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { entraError } from '../../src/sandbox/entra/entra-errors.ts';
import { sandboxTenantId, type Person } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, runs, type AppSuite } from '../support/app/app-suite.ts';
import type { AppWorld } from '../support/app/app-world.ts';
import { visit } from '../support/servers/browser-visit.ts';
import { cardOf, isConsentCard, latest, oauthCardOf, wordsOf } from '../support/teams/card-search.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import { groupChat, personalChat } from '../support/teams/teams-places.ts';
import { shownExports, type Phase } from './shown-exports.ts';

const patience = { timeoutMs: 240_000 };

export interface Here {
  readonly world: AppWorld;
  readonly suite: AppSuite;
}

export interface Moment {
  readonly name: string;
  /** What the person does once the bot is there. Resolves with the act whose answer is the last that they get. */
  readonly prepare: (here: Here, person: Person) => Promise<() => Promise<unknown>>;
  /** Resolves when it has been carried on. */
  readonly carriedOn: (here: Here, person: Person) => Promise<unknown>;
}

const ssoClient = ({ world }: Here): string => world.variables['AAD_APP_CLIENT_ID'] ?? '';

const standing = ({ world }: Here, person: Person): readonly KeptActivity[] =>
  world.channel.messages(personalChat(person).id).filter((each) => oauthCardOf(latest(each)) !== undefined);

/** The person's only export, in their personal chat, says so. */
const says = ({ world }: Here, person: Person, wanted: Phase): Promise<unknown> =>
  world.channel.until(
    () =>
      shownExports(world.channel.activities())
        .filter(({ activity }) => activity.conversationId === personalChat(person).id)
        .some(({ phases }) => phases.at(-1) === wanted) || undefined,
    { ...patience, what: `the export of ${person.name} is ${wanted}` },
  );

const asked = async ({ suite }: Here, person: Person, fate = readyAtOnce): Promise<KeptActivity> => {
  await suite.say(personalChat(person), person, suite.view(fate).url);
  return suite.prompt(personalChat(person));
};

export const moments: readonly Moment[] = [
  {
    name: 'a silent sign-in',
    prepare: async (here, person) => {
      const prompt = await asked(here, person);
      return () => exchanged(here, person, prompt);
    },
    carriedOn: async (here, person) => {
      await says(here, person, 'succeeded');
      await here.world.channel.until(() => standing(here, person).length === 0 || undefined, patience);
    },
  },
  {
    name: 'a sign-in with the button',
    prepare: async (here, person) => {
      const prompt = await asked(here, person);
      return () => here.world.channel.signInByButton(prompt, person);
    },
    carriedOn: async (here, person) => {
      await says(here, person, 'succeeded');
      await here.world.channel.until(() => standing(here, person).length === 0 || undefined, patience);
    },
  },
  {
    name: 'a sign-in that was refused',
    prepare: async (here, person) => {
      const prompt = await asked(here, person);
      here.world.entra.script({
        match: { op: 'token', user: person.oid },
        times: 1,
        respond: entraError('interactionRequired', {
          claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}',
        }),
      });
      return () => exchanged(here, person, prompt);
    },
    carriedOn: ({ world }, person) =>
      world.channel.nextActivity(
        (one) =>
          one.conversationId === personalChat(person).id &&
          /asks you to sign in again/.test(JSON.stringify(latest(one))),
        { ...patience, what: `${person.name} is asked for more` },
      ),
  },
  {
    name: 'an administrator’s consent',
    prepare: async (here, person) => {
      const { world, suite } = here;
      world.entra.setAdminConsent(sandboxTenantId, ssoClient(here), false);
      const prompt = await asked(here, person);
      await world.channel.silentSso(personalChat(person), person, prompt);
      const card = await suite.card(personalChat(person), /An administrator must allow/);
      const link = adminLinkOn(card);
      return () => visit(`${link}&answer=accept`, person);
    },
    // Nobody had tokens yet: they sign in with whatever question stands.
    carriedOn: async (here, person) => {
      const done = says(here, person, 'succeeded').then(() => true);
      while (!(await Promise.race([done, pause(1_000, false)])))
        for (const prompt of standing(here, person))
          await here.world.channel.signInByButton(prompt, person).catch(() => undefined);
    },
  },
  {
    name: 'signing out',
    prepare: async (here, person) => {
      await here.world.channel.silentSso(personalChat(person), person, await asked(here, person, runs));
      await here.suite.card(personalChat(person), /Running/);
      return () => here.suite.say(personalChat(person), person, 'sign out');
    },
    carriedOn: (here, person) => here.suite.card(personalChat(person), /[Ss]ign(ed)? (in|out)/),
  },
  {
    name: 'deleting one’s data',
    prepare: async (here, person) => {
      await here.world.channel.silentSso(personalChat(person), person, await asked(here, person, runs));
      const card = await here.suite.card(personalChat(person), /Running/);
      return () =>
        inTime(() => here.suite.press(personalChat(person), person, { verb: 'deleteMyData' }, card.id));
    },
    carriedOn: (here, person) => here.suite.card(personalChat(person), /This export was deleted/),
  },
  {
    name: 'sharing',
    prepare: async ({ suite }, person) => {
      await suite.signIn(person);
      const group = groupChat([person, other]);
      const view = suite.view(readyAtOnce);
      await suite.say(group, person, view.url);
      const card = await suite.card(group, /✓ {2}Ready/, view);
      const exportId = exportIdOf(card);
      await suite.read(view);
      let own = await suite.press(group, person, { verb: 'view', exportId }, card.id);
      while (!/progress/.test(own.words))
        own = await suite.press(group, person, { verb: 'view', exportId }, card.id);
      groups.set(person, group.id);
      return () => inTime(() => suite.press(group, person, { verb: 'shareNow', exportId }, card.id));
    },
    carriedOn: ({ world }, person) =>
      world.channel.nextCard(
        (card, one) => one.conversationId === groups.get(person) && /progress/.test(wordsOf(card)),
        { ...patience, what: `what ${person.name} shared` },
      ),
  },
  {
    name: 'accepting that a file is saved',
    prepare: async ({ suite, world }, person) => {
      const chat = personalChat(person);
      await suite.signIn(person);
      const view = suite.view(readyAtOnce);
      await suite.say(chat, person, view.url);
      const card = await suite.card(chat, /✓ {2}Ready/, view);
      await suite.press(chat, person, { verb: 'saveOriginal', exportId: exportIdOf(card) }, card.id);
      const question = await world.channel.nextActivity(
        (one) => one.conversationId === chat.id && isConsentCard(latest(one)),
      );
      questions.set(person, question.id);
      const session = world.files.openSession({ name: 'OKRs.csv' });
      return () => inTime(() => world.channel.answerConsent(chat, person, question, session));
    },
    carriedOn: async ({ world }, person) => {
      const chat = personalChat(person).id;
      await world.channel.nextActivity(
        (one) => one.conversationId === chat && /Saved to your OneDrive/.test(latest(one).summary ?? ''),
        { ...patience, what: `the file of ${person.name} is saved` },
      );
      await world.channel.until(
        () => world.channel.messages(chat).every(({ id }) => id !== questions.get(person)) || undefined,
        patience,
      );
    },
  },
];

const groups = new Map<Person, string>();
const questions = new Map<Person, string>();

export const made = (name: string): Person => ({
  oid: randomUUID(),
  tid: sandboxTenantId,
  name,
  userPrincipalName: `${name.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')}@sandbox.example`,
});
export const other = made('Other Sample');
function adminLinkOn(card: KeptActivity): string {
  const link = /https?:[^"\s\\]*adminconsent[^"\s\\]*/.exec(JSON.stringify(cardOf(latest(card))))?.[0];
  assert.ok(link !== undefined, 'the card has the administrator’s link');
  return link;
}

const exchanged = ({ world }: Here, person: Person, prompt: KeptActivity): Promise<void> =>
  inTime(() => world.channel.silentSso(personalChat(person), person, prompt));

/** On a slow machine the bot answers an invoke before it is done, with nothing kept: then it is asked until its answer is one. */
async function inTime(invoke: () => Promise<unknown>): Promise<void> {
  for (let isLate = true; isLate;) {
    const asked = performance.now();
    await invoke();
    isLate = performance.now() - asked >= 3_500;
  }
}

/** Clients repeat what met a process that had just ended. */
export async function untilHeard(act: () => Promise<unknown>): Promise<void> {
  for (const _try of Array.from({ length: 60 })) {
    const heard = await act().then(
      () => true,
      () => pause(500, false),
    );
    if (heard) return;
  }
  assert.fail('the bot never heard it');
}
