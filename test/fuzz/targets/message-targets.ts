/** Fuzzes what people write: messages and their links, commands, names, timings, and the data of buttons. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCommand, readHelpOn, nearestCommand } from '../../../src/bot/receive/commands.ts';
import { readMessage } from '../../../src/bot/receive/read-message.ts';
import { readNaming } from '../../../src/bot/receive/read-naming.ts';
import { readScheduling } from '../../../src/bot/receive/schedules/read-scheduling.ts';
import { waysToSchedule } from '../../../src/bot/receive/schedules/read-timing.ts';
import { wholeTiming } from '../../../src/bot/receive/schedules/read-form.ts';
import { readActivity } from '../../../src/bot/receive/turn.ts';
import { readCardAction } from '../../../src/cards/blocks/card-actions.ts';
import { buttons } from '../../../src/cards/blocks/buttons.ts';
import { createMessageLinks, maxTargetsPerMessage } from '../../../src/domain/exports/message-links.ts';
import { nextRun } from '../../../src/domain/schedules/next-run.ts';
import { readExplorerUrl } from '../../../src/sources/goals/explorer-url.ts';
import { readPlanLink } from '../../../src/sources/planner/plan-link.ts';
import { everySource } from '../../../src/sources/sources.ts';
import { en } from '../../../src/words/en/en.ts';
import { messageIn } from '../../support/bot/activities.ts';
import { someTarget } from '../../support/samples/sample-exports.ts';
import { fuzzTarget, type FuzzTarget } from '../fuzz-target.ts';
import { mutated, oddText, spliced } from '../mutations.ts';

const link = someTarget().address ?? '';
const plan = 'https://planner.cloud.microsoft/webui/plan/xqQg5FS2LkCp935s-FIFm2QAFkHM/view/board?tid=';
const wrapped = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&data=05`;
const linkPieces = [
  link,
  plan,
  wrapped,
  'https://goals.microsoft.com',
  'https://teams.microsoft.com/l/entity/com.microsoft.teamspace.tab.planner/x?webUrl=',
  encodeURIComponent(plan),
  '<',
  '>',
  '|',
  ')',
  '[x](',
  '%',
  '%25',
  '@',
  '#',
  '?viewId=',
  '&url=',
  ' ',
  '\n',
  '//',
  ':443',
];

const readLinks = createMessageLinks(everySource);
const place = { serviceUrl: 'https://smba.trafficmanager.net/emea/', botId: 'bot', tenantId: 'tenant' };
const hosts = new Set(['goals.microsoft.com', 'planner.cloud.microsoft', 'tasks.office.com']);

function assertLeadsNowhereElse(address: string | undefined): void {
  if (address === undefined) return;
  const url = new URL(address);
  assert.equal(url.protocol, 'https:');
  assert.ok(hosts.has(url.hostname), address);
}

const html = (content: unknown) => ({ contentType: 'text/html', content });
const many = Array.from({ length: maxTargetsPerMessage + 3 }, () => someTarget().address ?? '');
const messages = [
  messageIn({ ...place, kind: 'personal' }, many.join(' ')),
  messageIn({ ...place, kind: 'personal' }, `export ${link}`),
  messageIn({ ...place, kind: 'channel' }, `${plan} and ${wrapped}`),
  messageIn({ ...place, kind: 'groupChat' }, '', {
    attachments: [html(`<p><a href="${link}">view</a> <at id="0">Goals export</at> &amp; ${plan}</p>`)],
  }),
  messageIn({ ...place, kind: 'groupChat' }, '<blockquote itemid="1772445600000">x</blockquote> list'),
];

const message = fuzzTarget({ name: 'messages', share: 120_000, input: mutated(messages) }, (given) => {
  const activity = readActivity(given);
  if (activity === undefined) return;
  const { text, links } = readMessage(activity, readLinks);
  assert.equal(typeof text, 'string');
  assert.ok(links.targets.length <= 5);
  for (const { address } of [...links.targets, ...links.leftOut]) assertLeadsNowhereElse(address);
});

const addresses = fc
  .record({
    before: spliced(['', 'https://', 'https://', 'HTTPS://', 'http://', 'x@', 'u:p@', '//'], 2),
    host: fc.constantFrom(
      'goals.microsoft.com',
      'goals.microsoft.com.example.org',
      'goals.microsoft.com@example.org',
      'example.org\\@goals.microsoft.com',
      'example.org#@goals.microsoft.com',
      'goals.microsoft.com:8443',
      'goals.microsoft.com%2eexample.org',
      'evil-goals.microsoft.com',
      'planner.cloud.microsoft',
      'planner.cloud.microsoft.example.org',
    ),
    path: fc.constantFrom(new URL(link).pathname + new URL(link).search, new URL(plan).pathname),
    behind: spliced(['', '', '&x=1', '#y', '?viewId=', '%00', '/'], 2),
  })
  .map(({ before, host, path, behind }) => before + host + path + behind);

const linksInText = fuzzTarget(
  { name: 'links', share: 250_000, input: fc.oneof(spliced(linkPieces), addresses) },
  (text) => {
    const { targets, leftOut } = readLinks(text, [text]);
    for (const { address } of [...targets, ...leftOut]) assertLeadsNowhereElse(address);
    const goals = readExplorerUrl(text);
    if (goals.kind === 'view') assert.equal(new URL(text).hostname, 'goals.microsoft.com');
    const found = readPlanLink(text);
    if (found.kind === 'plan') assert.match(found.plan.planId, /^[\w-]{20,64}$/);
  },
);

const sayings = [
  'export',
  'list',
  'views',
  'schedule',
  'save as',
  'rename',
  'forget',
  'pause',
  'run now',
  'unschedule',
  'help',
  'delete my data',
  'sign out',
  'debug',
  'to',
  'please',
  '"',
  '“',
  '”',
  ' ',
  '  ',
  '/',
  '?',
  '!',
  'Q3 sales',
  'mondays',
  'every',
  'weekday',
  'monthly',
  '1',
  '31',
  '9:00',
  '25:00',
  '9am',
  'noon',
  'if',
  'changed',
  'at risk',
  'until',
  '24 December',
  'friday',
  '2027-02-30',
  'for',
  '3 months',
  ',',
  'and',
].map((word) => `${word} `);

const commands = fuzzTarget({ name: 'commands', share: 120_000, input: spliced(sayings, 6) }, (text) => {
  assert.equal(typeof readCommand(en, text), 'string');
  readHelpOn(en, text);
  nearestCommand(en, text);
  readScheduling(en, text);
  const naming = readNaming(en, text);
  if (naming?.command === 'rename')
    for (const { from, to } of naming.ways) assert.ok(from !== '' && to !== '');
});

const now = new Date('2026-11-30T10:00:00Z');
const calendar = { today: '2026-11-30', monthFirst: false } as const;

const timings = fuzzTarget({ name: 'timings', share: 60_000, input: spliced(sayings, 8) }, (text) => {
  const ways = waysToSchedule(en, text.replace(/\s+/g, ' ').trim(), calendar);
  assert.ok(ways.length > 0);
  for (const { timing } of ways) {
    const { days, at } = timing;
    if (days === undefined || at === undefined || timing.problem !== undefined) continue;
    const next = nextRun(wholeTiming({ ...timing, days, at }), 'Europe/Berlin', now);
    assert.ok(next === undefined || next > now);
  }
});

const verbs = Object.keys(buttons);
const actions = fc
  .tuple(
    fc.constantFrom(...verbs),
    mutated([{ verb: '', exportId: 'x', subject: { kind: 'export', id: 'x' } }]),
  )
  .map(([verb, data]) => ({ ...data, verb }));

const cardActions = fuzzTarget({ name: 'data of buttons', share: 80_000, input: actions }, (data) => {
  const action = readCardAction(data);
  if (action !== undefined) assert.equal(action.verb, data.verb);
});

const anyData = fuzzTarget({ name: 'other data of buttons', share: 20_000, input: fc.anything() }, (data) => {
  readCardAction(data);
  readActivity(data);
});

const lastWords = fuzzTarget({ name: 'odd words', share: 40_000, input: oddText }, (text) => {
  readCommand(en, text);
  readLinks(text, [text]);
  readMessage({ ...messages[0], text } as Parameters<typeof readMessage>[0], readLinks);
});

export const messageTargets: readonly FuzzTarget[] = [
  message,
  linksInText,
  commands,
  timings,
  cardActions,
  anyData,
  lastWords,
];
