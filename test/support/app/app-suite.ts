/** Describes suites around one running app: its world, views whose fate a test chooses, and what everybody was shown. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Call } from '../../../src/sandbox/loopback/script.ts';
import { explorerUrlOf, type Fate, type Scenario } from '../../../src/sandbox/graph/scenarios.ts';
import type { SimulatedJob } from '../../../src/sandbox/graph/job-store.ts';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import { startAppWorld, type AppWorld, type AppWorldOptions } from './app-world.ts';
import { actionsOf, cardOf, latest, oauthCardOf, wordsOf } from '../teams/card-search.ts';
import type { KeptActivity } from '../teams/connector-api.ts';
import type { SaidMessage } from '../teams/teams-activities.ts';
import type { TurnAnswer } from '../teams/teams-channel.ts';
import { personalChat, type Place } from '../teams/teams-places.ts';

type ViewIds = Pick<Scenario, 'goalsOrganizationId' | 'explorerViewId'>;

export type View = ViewIds & Readonly<{ url: string }>;

/** Graph has the file at the first look. */
export const readyAtOnce: Fate = { kind: 'runs', startsAfterMs: 0, endsAfterMs: 0, ends: 'succeeded' };
/** Runs until the test says otherwise. */
export const runs = {
  kind: 'runs',
  startsAfterMs: 0,
  endsAfterMs: 3_600_000,
  ends: 'succeeded',
} as const satisfies Fate;
/** The same, but Graph wants a minute between the bot's own looks: whatever looks within it was pressed for. */
export const runsInPeace: Fate = { ...runs, retryAfterSeconds: 60 };

/** What a button's answer shows its presser: a card, or a line of text. */
export type Shown = Readonly<{ words: string; card: unknown }>;

export interface AppSuite {
  /** Not before the first hook has run. */
  readonly world: () => AppWorld;
  readonly view: (fate: Fate, options?: { readonly organization?: string; readonly rows?: number }) => View;
  /** Sends a message and expects 200. */
  readonly say: (place: Place, person: Person, said: string | SaidMessage) => Promise<TurnAnswer>;
  /**
   * Signs the person in silently in their personal chat, with an export that is ready at once, and waits until the bot has
   * said all that it has to say about it: its notice, and what the file says.
   */
  readonly signIn: (person: Person) => Promise<void>;
  readonly prompt: (place: Place, butNot?: readonly KeptActivity[]) => Promise<KeptActivity>;
  /** Waits for a card in the place that says the words; of the view, when one is given. */
  readonly card: (place: Place, words: RegExp, view?: ViewIds) => Promise<KeptActivity>;
  readonly text: (place: Place, words: RegExp) => Promise<KeptActivity>;
  /** The message beside the card that tells how the export of a view ended. */
  readonly notice: (
    place: Place,
    view: Pick<ViewIds, 'explorerViewId'>,
    words?: RegExp,
  ) => Promise<KeptActivity>;
  /** Waits until the bot has fetched what the view's file says: from then on only downloads fetch it. */
  readonly read: (view: ViewIds) => Promise<void>;
  readonly jobOf: (view: ViewIds, person?: Person) => Promise<SimulatedJob>;
  /** Presses a button as a client would that holds any of our cards; expects HTTP 200 with status 200 inside. */
  readonly press: (
    place: Place,
    person: Person,
    data: Readonly<Record<string, string>>,
    replyToId?: string,
  ) => Promise<Shown>;
  /** Lets Graph finish the job, and the app look at once. */
  readonly finish: (place: Place, person: Person, card: KeptActivity, job: SimulatedJob) => Promise<void>;
}

export function useAppWorld(options: AppWorldOptions = {}): AppSuite {
  let running: AppWorld | undefined;
  const said: string[] = [];
  const world = (): AppWorld => {
    assert.ok(running, 'the world stands from the first hook on');
    return running;
  };
  before(async () => {
    running = await startAppWorld(options);
  });
  after(() => running?.stop());
  afterEach(() => assertNothingSecretLogged(world().logged(), said));
  return createSuite(world, said);
}

/** For tests that start worlds of their own. */
export function createSuite(world: () => AppWorld, said: string[] = []): AppSuite {
  const card: AppSuite['card'] = (place, words, view) =>
    world().channel.nextCard(
      (shown, one) => {
        const text = wordsOf(shown);
        const isOfView = view === undefined || text.includes(view.explorerViewId.slice(0, 8));
        return one.conversationId === place.id && isOfView && words.test(text) && !isNotice(shown);
      },
      { what: `a card in ${place.kind} ${place.id} that says ${String(words)}` },
    );
  const say: AppSuite['say'] = async (place, person, message) => {
    said.push(typeof message === 'string' ? message : message.text);
    const answer = await world().channel.say(place, person, message);
    assert.equal(answer.status, 200);
    return answer;
  };
  const prompt: AppSuite['prompt'] = (place, butNot = []) =>
    world().channel.nextActivity(
      (one) =>
        one.conversationId === place.id &&
        !butNot.some(({ id }) => id === one.id) &&
        oauthCardOf(latest(one)) !== undefined,
      { what: `a sign-in prompt in ${place.kind} ${place.id}` },
    );
  const press: AppSuite['press'] = async (place, person, data, replyToId) => {
    const action = { type: 'Action.Execute', verb: data['verb'], data };
    const value = { action, trigger: 'manual' };
    const answer = await world().channel.invoke(place, person, 'adaptiveCard/action', value, replyToId);
    return shownBy(answer);
  };
  const view: AppSuite['view'] = (fate, { organization = randomUUID(), rows = 300 } = {}) => {
    const ids = { goalsOrganizationId: organization, explorerViewId: randomUUID() };
    world().graph.register({ name: 'of a test', what: 'is decided by a test', ...ids, fate, rows });
    return { ...ids, url: explorerUrlOf(ids) };
  };
  const text: AppSuite['text'] = (place, words) =>
    world().channel.nextActivity(
      (one) => one.conversationId === place.id && words.test(latest(one).text ?? ''),
      { what: `a message in ${place.kind} ${place.id} that says ${String(words)}` },
    );
  const notice: AppSuite['notice'] = (place, { explorerViewId }, words = / is ready/) =>
    world().channel.nextCard(
      (shown, one) => one.conversationId === place.id && isNotice(shown, explorerViewId, words),
      { what: `a notice in ${place.kind} ${place.id} that says ${String(words)}` },
    );
  return {
    world,
    view,
    say,
    prompt,
    card,
    press,
    text,
    notice,
    signIn: async (person) => {
      const first = view(readyAtOnce);
      const chat = personalChat(person);
      await say(chat, person, first.url);
      const asked = await prompt(chat);
      // Whoever has just written is not notified.
      const isNotified = world().skip(11);
      await world().channel.silentSso(chat, person, asked);
      await card(chat, /Your file is ready/, first);
      if (isNotified) await notice(chat, first);
      await card(chat, /average progress/, first);
    },
    read: async ({ explorerViewId }) => {
      const isFetch = ({ op, about }: Call) => op === 'content' && about['view'] === explorerViewId;
      const { graph } = world();
      const what = `the reading of view ${explorerViewId}`;
      await graph.until(() => graph.calls.some(isFetch) || undefined, { what });
    },
    jobOf: ({ explorerViewId }, person) =>
      world().graph.until(
        () =>
          world()
            .graph.jobs()
            .findLast(
              (job) =>
                job.explorerViewId === explorerViewId && (person === undefined || job.oid === person.oid),
            ),
        { what: `a Graph job for view ${explorerViewId}` },
      ),
    finish: async (place, person, shown, job) => {
      world().graph.completeJob(job.id);
      world().skip(11);
      await press(place, person, { verb: 'refresh', exportId: exportIdOf(shown) }, shown.id);
    },
  };
}

/** Whether a card is the message beside an export's card. */
export const isNotice = (shown: unknown, viewId = '', words = /(?:)/): boolean =>
  new RegExp(`[Yy]our export of (?:view|plan) ${viewId.slice(0, 8)}[\\w–]* (is|ended|has|waits)`).test(
    wordsOf(shown),
  ) && words.test(wordsOf(shown));

/** The answer of an `adaptiveCard/action`. */
export function shownBy(answer: TurnAnswer): Shown {
  assert.equal(answer.status, 200);
  const { statusCode, value } = answer.body as { statusCode: number; value: unknown };
  assert.equal(statusCode, 200);
  return { words: typeof value === 'string' ? value : wordsOf(value), card: value };
}

/** Which export of ours a card's buttons act on. */
export function exportIdOf(shown: KeptActivity): string {
  const found = actionsOf(cardOf(latest(shown)))
    .map(({ data }) => (data as { subject?: { id: string } } | undefined)?.subject?.id)
    .find((id) => id !== undefined);
  assert.ok(found !== undefined, `activity ${shown.id} has a button of an export`);
  return found;
}

/** Titles of the buttons that act on something, in their order. */
export const titlesOf = (card: unknown): readonly (string | undefined)[] =>
  actionsOf(card)
    .filter(({ type }) => type === 'Action.Execute')
    .map(({ title }) => title);

/** The one-time download page on a card that its requester was shown. */
export function downloadPageOf({ card }: Shown): string {
  const url = actionsOf(card).find((action) => action.url?.includes('/d/') === true)?.url;
  assert.ok(url !== undefined, 'the card opens a download page');
  return url;
}

export function assertNothingSecretLogged(logged: string, said: readonly string[]): void {
  assert.doesNotMatch(
    logged,
    /eyJ|\/d\/[\w-]{20}|code=[\w.-]{10}|state=[\w-]{10}|request=[\w-]{20}|Objective,|goals\.microsoft\.com/,
  );
  for (const text of said.filter(({ length }) => length > 20)) assert.ok(!logged.includes(text), text);
}
