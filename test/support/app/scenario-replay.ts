/** Replays a recorded case through the whole app, and tells what stands in the conversations and what Graph was asked. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Call } from '../../../src/sandbox/loopback/script.ts';
import { sandboxPeople, type Person } from '../../../src/sandbox/chat/people.ts';
import { isNotice } from './app-suite.ts';
import type { AppWorld } from './app-world.ts';
import { actionsOf, cardOf, latest, oauthCardOf, wordsOf } from '../teams/card-search.ts';
import type { KeptActivity, SentActivity } from '../teams/connector-api.ts';
import type { Expected, Recorded, Step } from './scenario-files.ts';
import type { OutgoingActivity } from '../teams/teams-activities.ts';

/** @throws AssertionError when a step is not answered as recorded */
export async function replay(world: AppWorld, recorded: Recorded): Promise<Expected> {
  // The newest rule that fits comes first. What the file says must not depend on the day of the replay.
  world.graph.script({ match: { op: 'content' }, respond: file });
  for (const { op, times = 1, status, headers = {}, body } of recorded.graph.toReversed())
    world.graph.script({ match: { op }, times, respond: { status, headers, body } });
  const held: Held = { nonce: '', exchangeId: '' };
  for (const step of recorded.activities) await play(world, step, held);
  await world.channel.until(() => (everything(world).some(isBeingRead) ? undefined : true), {
    what: 'every card to say what its file says',
  });
  // What was answered or has passed goes a moment later.
  const isAsRecorded = (): boolean => isDeepStrictEqual(transcript(world), recorded.expected);
  await world.channel.until(isAsRecorded, { timeoutMs: patience }).catch(() => undefined);
  return transcript(world);
}

/** Milliseconds; only what does not come out as recorded takes that long. */
const patience = 20_000;

const file = {
  status: 200,
  headers: { 'content-type': 'text/csv' },
  body: [
    'Title,Object Type,Owner,End Date,Last Check-in,Progress %,Status',
    'Delight every customer,Objective,Noor Sample,2020-12-31,2020-06-01,40,On Track',
    'Answer within a day,Key result,Kim Probe,2020-06-30,2020-06-01,25.5,At Risk',
    'Open two depots,Key result,,,,100,Closed',
    '',
  ].join('\n'),
} as const;

const isBeingRead = (one: KeptActivity): boolean => /Reading what it says/.test(saidBy(one));

/** What Teams' clients hold. */
interface Held {
  /** Of the page that the newest sign-in by button ended with. */
  nonce: string;
  /** Of the newest prompt: a second client may still hold what the first one has answered, and what is gone by then. */
  exchangeId: string;
}

async function play(world: AppWorld, step: Step, held: Held): Promise<void> {
  if (step.until !== undefined) await waitFor(world, step.until);
  world.skip(step.skipSeconds ?? 0);
  if (step.signsInByButton !== undefined) {
    const visit = await world.channel.signInByButton(newest(world, isPrompt), personOf(step.signsInByButton));
    check(step, visit.status, visit.html);
    held.nonce = /data-nonce="([\w-]+)"/.exec(visit.html)?.[1] ?? held.nonce;
    return;
  }
  if (step.approves === true) {
    const page = await fetch(`${approvalLinkOf(newest(world, isExportCard))}&answer=accept`);
    check(step, page.status, await page.text());
  }
  if (step.activity !== undefined) {
    const answer = await world.channel.deliver(await filledIn(world, step.activity, held));
    check(step, answer.status, JSON.stringify(answer.body ?? ''));
  }
}

function check({ what, answer }: Step, status: number, said: string): void {
  assert.equal(status, answer?.status, `${what}: ${said}`);
  if (answer?.says !== undefined) assert.match(said, new RegExp(answer.says), what);
}

const isPrompt = (one: KeptActivity): boolean => oauthCardOf(latest(one)) !== undefined;
const firstOf = (one: KeptActivity): SentActivity => one.versions[0] ?? latest(one);
const wasPrompt = (one: KeptActivity): boolean => oauthCardOf(firstOf(one)) !== undefined;
const isExportCard = (one: KeptActivity): boolean =>
  exportIdOf(one) !== undefined && !isNotice(cardOf(latest(one)));
const exportIdOf = (one: KeptActivity): string | undefined =>
  actionsOf(cardOf(latest(one)))
    .map(({ data }) => (data as { subject?: { id: string } } | undefined)?.subject?.id)
    .find((id) => id !== undefined);

function approvalLinkOf(card: KeptActivity): string {
  const url = actionsOf(cardOf(latest(card))).find(
    (action) => action.url?.includes('/adminconsent?') === true,
  )?.url;
  assert.ok(url !== undefined, 'the card has a link for an administrator');
  return url;
}

const everything = (world: AppWorld): readonly KeptActivity[] => {
  const places = new Set(world.channel.calls.flatMap(({ about }) => about['conversation'] ?? []));
  return [...places].flatMap((id) => world.channel.messages(id)).sort((a, b) => Number(a.id) - Number(b.id));
};

function newest(world: AppWorld, fits: (one: KeptActivity) => boolean): KeptActivity {
  const found = everything(world).findLast(fits);
  assert.ok(found, 'there is one');
  return found;
}

const saidBy = (one: KeptActivity): string =>
  isPrompt(one) ? (latest(one).summary ?? '') : (latest(one).text ?? wordsOf(visibleCard(one)));

/** Without the action that Teams runs by itself. */
const visibleCard = (one: KeptActivity): unknown => ({
  ...(cardOf(latest(one)) as object),
  refresh: undefined,
});

async function waitFor(world: AppWorld, words: string): Promise<void> {
  const fits = words === 'prompt' ? isPrompt : (one: KeptActivity) => new RegExp(words).test(saidBy(one));
  await world.channel.nextActivity(fits, { what: `“${words}”` });
}

function personOf(oid: string): Person {
  const found = sandboxPeople.find((person) => person.oid === oid);
  assert.ok(found, `somebody with object id ${oid}`);
  return found;
}

async function filledIn(
  world: AppWorld,
  activity: NonNullable<Step['activity']>,
  held: Held,
): Promise<OutgoingActivity> {
  const { from } = activity as { from?: { aadObjectId?: string } };
  const fillers: Readonly<Record<string, () => Promise<string> | string>> = {
    botId: () => world.variables['BOT_ID'] ?? '',
    serviceUrl: () => world.channel.serviceUrl(),
    ssoToken: () =>
      world.entra.mintSsoToken({
        user: personOf(from?.aadObjectId ?? ''),
        audience: world.variables['AAD_APP_CLIENT_ID'] ?? '',
      }),
    exchangeId: () => {
      const prompt = everything(world).findLast(wasPrompt);
      const id = prompt && oauthCardOf(firstOf(prompt))?.tokenExchangeResource?.id;
      return (held.exchangeId = id ?? held.exchangeId);
    },
    cardId: () => newest(world, isExportCard).id,
    exportId: () => exportIdOf(newest(world, isExportCard)) ?? '',
    scheduleId: () => carried(world, 'scheduleId').id,
    scheduleCardId: () => carried(world, 'scheduleId').by.id,
    nameId: () => carried(world, 'nameId').id,
    nameCardId: () => carried(world, 'nameId').by.id,
    nonce: () => held.nonce,
  };
  let text = JSON.stringify(activity);
  for (const [name, fill] of Object.entries(fillers))
    if (text.includes(`{{${name}}}`)) text = text.replaceAll(`{{${name}}}`, await fill());
  assert.doesNotMatch(text, /\{\{(?!DATE|TIME)/, 'every placeholder is known');
  return JSON.parse(text) as OutgoingActivity;
}

/** The newest card whose buttons carry such an id. */
function carried(world: AppWorld, what: 'scheduleId' | 'nameId'): { id: string; by: KeptActivity } {
  const carriedBy = (one: KeptActivity): string | undefined =>
    actionsOf(cardOf(latest(one)))
      .map(({ data }) => (data as Partial<Record<typeof what, string>> | undefined)?.[what])
      .find((id) => id !== undefined);
  const by = newest(world, (one) => carriedBy(one) !== undefined);
  return { id: carriedBy(by) ?? '', by };
}

function transcript(world: AppWorld): Expected {
  return {
    conversations: everything(world)
      .map((one) => ({
        in: one.conversationId,
        says: saidBy(one).split('\n').map(withoutTimes),
        ...buttonsOf(one),
      }))
      .sort((a, b) => (a.says.join() < b.says.join() ? -1 : 1)),
    // The bot reads the file when it gets to it, which is no matter of order.
    graph: world.graph.calls
      .filter(({ op }) => op !== 'content')
      .map(lineFor)
      .filter((line, nth, all) => line !== all[nth - 1]),
  };
}

function buttonsOf(one: KeptActivity): { buttons?: string[] } {
  const titles = actionsOf(visibleCard(one))
    .filter(({ type }) => type === 'Action.Execute')
    .flatMap(({ title }) => title ?? []);
  return titles.length === 0 ? {} : { buttons: titles };
}

const withoutTimes = (line: string): string => line.replace(/\{\{(DATE|TIME)\([^)]*\)\}\}/g, '<time>');

const lineFor = (call: Call): string => {
  const query = new URLSearchParams(call.query).toString();
  const target = call.path.replace('/beta/employeeExperience/goals/', '');
  return `${call.method} ${target}${query === '' ? '' : `?${decodeURIComponent(query)}`} ${call.body.toString()}`.trim();
};
