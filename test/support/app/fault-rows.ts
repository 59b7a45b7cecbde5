/** Runs the fault rows of a file around one app: each row has a person of its own, and all happen at the same time. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultId, FaultView } from '../../../src/sandbox/faults/fault-link.ts';
import { faultView } from '../../../src/sandbox/faults/fault-link.ts';
import { playFaults, createWayToGraph } from '../../../src/sandbox/faults/play-faults.ts';
import type { SimulatedJob } from '../../../src/sandbox/graph/job-store.ts';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import type { AppSuite, Shown } from './app-suite.ts';
import { exportIdOf, readyAtOnce, useAppWorld } from './app-suite.ts';
import type { AppWorldOptions } from './app-world.ts';
import { actionsOf, cardOf, latest, oauthCardOf, wordsOf } from '../teams/card-search.ts';
import type { KeptActivity } from '../teams/connector-api.ts';
import type { Place } from '../teams/teams-places.ts';
import { personalChat } from '../teams/teams-places.ts';

/** One row being played: its person, their personal chat, and the link of the row. */
export interface Scene {
  readonly suite: AppSuite;
  readonly person: Person;
  readonly chat: Place;
  readonly view: FaultView;
  /** Pastes the link; the person signs in silently when the bot asks. */
  readonly paste: () => Promise<void>;
  /** Signs in silently with an export that has no fault, so that the link meets somebody who is signed in. */
  readonly signIn: () => Promise<void>;
  /** Answers the prompt that came after the link was pasted, with its button. */
  readonly signInAgain: () => Promise<void>;
  /** Waits for the card of the link to say so. */
  readonly card: (words: RegExp) => Promise<KeptActivity>;
  readonly press: (verb: string, card: KeptActivity) => Promise<Shown>;
  /** Presses Download, and then the button of the page. */
  readonly download: (card: KeptActivity) => Promise<Response>;
  readonly jobs: () => readonly SimulatedJob[];
  /** How often the simulated Graph was asked about the link's view. */
  readonly asked: (op: 'create' | 'get' | 'content') => number;
  /** Sign-in prompts that still can be pressed. */
  readonly prompts: () => readonly KeptActivity[];
  /** They go a moment after the sign-in. */
  readonly promptsAreGone: () => Promise<unknown>;
  /** Cards of the link that stand in the chat. */
  readonly cards: () => readonly KeptActivity[];
  /** Lines of the app's log that hold the text. */
  readonly logged: (text: string) => readonly string[];
  /** For what is logged only after whoever waits for it has been answered. */
  readonly untilLogged: (text: string) => Promise<void>;
}

type Play = (scene: Scene) => Promise<void>;

export interface FaultRows {
  readonly suite: AppSuite;
  /** A test of its own; `name` starts with the id of its row, which is also the link's. */
  readonly row: (name: `${FaultId} ${string}`, play: Play) => void;
}

const mostAtOnce = 8;

export function useFaultRows(options: AppWorldOptions = {}): FaultRows {
  const rows = new Map<string, { readonly play: Play; readonly person: Person; ended?: Promise<unknown> }>();
  const people: [Person, ...Person[]] = [...sandboxPeople];
  const way = createWayToGraph();
  const waiting: string[] = [];
  // Rows that nobody waits for, because only some were to run, are not begun any more.
  after(() => {
    waiting.length = 0;
  });
  const suite = useAppWorld({ ...options, people, addressOf: way.addressOf });

  before(() => {
    const { graph, entra, channel, planner } = suite.world();
    playFaults(
      { graph, entra, connector: channel, way, planner },
      { retryAfterSeconds: 1, fate: readyAtOnce },
    );
    waiting.push(...rows.keys());
    const next = async (): Promise<void> => {
      const name = waiting.shift() ?? '';
      const row = rows.get(name);
      if (row === undefined) return;
      const done = row.play(sceneOf(suite, row.person, name));
      const settled = done.then(
        () => undefined,
        () => undefined,
      );
      row.ended = done;
      begun.get(name)?.resolve(undefined);
      await settled;
      await next();
    };
    for (let lane = 0; lane < mostAtOnce; lane += 1) void next();
  });

  const begun = new Map<string, PromiseWithResolvers<undefined>>();
  return {
    suite,
    row: (name, play) => {
      rows.set(name, { play, person: somebody(rows.size, people) });
      begun.set(name, Promise.withResolvers());
      it(name, async () => {
        await begun.get(name)?.promise;
        await rows.get(name)?.ended;
      });
    },
  };
}

/** The world knows whom it serves when it starts: everybody is made before. */
function somebody(nth: number, people: Person[]): Person {
  const name = `Row ${String(nth + 1)} Sample`;
  const upn = `row-${String(nth + 1)}@sandbox.example`;
  // Graph's 429 quiets a whole tenant: each row has one of its own.
  const person: Person = { oid: randomUUID(), tid: randomUUID(), name, userPrincipalName: upn };
  people.push(person);
  return person;
}

function sceneOf(suite: AppSuite, person: Person, name: string): Scene {
  const chat = personalChat(person);
  const view = faultView((name.split(' ', 1)[0] ?? '') as FaultId);
  const { channel, graph } = suite.world();
  const answered: KeptActivity[] = [];
  const prompts: Scene['prompts'] = () =>
    channel.messages(chat.id).filter((one) => oauthCardOf(latest(one)) !== undefined);
  const answerPrompt = async (): Promise<void> => {
    const prompt = await suite.prompt(chat);
    answered.push(prompt);
    await channel.silentSso(chat, person, prompt);
  };
  const press: Scene['press'] = (verb, card) =>
    suite.press(chat, person, { verb, exportId: exportIdOf(card) }, card.id);
  const logged: Scene['logged'] = (text) =>
    suite
      .world()
      .logged()
      .split('\n')
      .filter((line) => line.includes(text));
  return {
    suite,
    person,
    chat,
    view,
    press,
    logged,
    untilLogged: async (text) => {
      const end = Date.now() + 180_000;
      while (logged(text).length === 0) {
        assert.ok(Date.now() < end, `the log says: ${text}`);
        await pause(20);
      }
    },
    paste: async () => {
      await suite.say(chat, person, view.url);
      if (!known.has(person.oid)) await answerPrompt();
      known.add(person.oid);
    },
    signInAgain: async () => {
      const visit = await channel.signInByButton(await suite.prompt(chat, answered), person);
      assert.equal(visit.status, 200);
    },
    signIn: async () => {
      await suite.signIn(person);
      answered.push(...channel.messages(chat.id));
      known.add(person.oid);
    },
    card: (words) => suite.card(chat, words, view),
    download: async (card) => {
      const offered = await press('download', card);
      const url = actionsOf(offered.card).find((action) => action.url?.includes('/d/') === true)?.url;
      assert.ok(url !== undefined, `no download page on: ${offered.words}`);
      return fetch(url, { method: 'POST' });
    },
    jobs: () => graph.jobs().filter((job) => job.explorerViewId === view.explorerViewId),
    asked: (op) =>
      graph.calls.filter((call) => call.op === op && call.about['view'] === view.explorerViewId).length,
    prompts,
    promptsAreGone: () => channel.until(() => (prompts().length === 0 ? true : undefined)),
    cards: () =>
      channel.messages(chat.id).filter((one) => wordsOf(cardOf(latest(one))).includes(view.shortId)),
  };
}

const known = new Set<string>();

export const saidBy = (card: KeptActivity): string => wordsOf(cardOf(latest(card)));

/** What the page says, and that it is one. */
export async function pageText(response: Response, status: number): Promise<string> {
  const text = await response.text();
  assert.equal(response.status, status, text.slice(0, 500));
  return text;
}
