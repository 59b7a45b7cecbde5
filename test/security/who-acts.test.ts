// Row 3: every field of what Teams sends, changed to somebody else's: whoever the channel names as the sender is who acts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, runs, useAppWorld } from '../support/app/app-suite.ts';
import { actionsOf, cardOf, consentCardOf, isConsentCard, latest } from '../support/teams/card-search.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import type { OutgoingActivity } from '../support/teams/teams-activities.ts';
import { invokeActivity, messageActivity, submitActivity } from '../support/teams/teams-activities.ts';
import { personalChat, teamsIdOf } from '../support/teams/teams-places.ts';

const [attacker, victim] = sandboxPeople;
assert.ok(victim);

type Path = readonly string[];
const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The channel's own word on who speaks, and where answers go. */
const isOfTheChannel = (path: Path): boolean =>
  ['serviceUrl', 'from,aadObjectId', 'from'].includes(path.join());
/** What a shown card gives a button to carry. */
const carriedBy = (shown: KeptActivity, key: string): unknown =>
  actionsOf(cardOf(latest(shown)))
    .map(({ data }) => (isBranch(data) ? data[key] : undefined))
    .find((value) => value !== undefined);

/** Every field, inner ones and whole branches. */
const pathsIn = (value: unknown, at: Path = []): readonly Path[] =>
  isBranch(value)
    ? [
        ...(at.length === 0 ? [] : [at]),
        ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...at, name])),
      ]
    : [at];

function changed(value: unknown, [name, ...rest]: Path, to: unknown): unknown {
  if (name === undefined) return to;
  const branch = isBranch(value) ? value : {};
  const inner = changed(branch[name], rest, to);
  return Array.isArray(value)
    ? value.map((one: unknown, nth) => (String(nth) === name ? inner : one))
    : { ...branch, [name]: inner };
}

/** Each message in a chat of its own: replies to one chat would wait for each other, as Teams' limits want it. */
const inOwnChat = (activity: OutgoingActivity): OutgoingActivity =>
  activity.type === 'message'
    ? (changed(activity, ['conversation', 'id'], `a:1${randomUUID()}`) as OutgoingActivity)
    : activity;

describe('who acts', () => {
  const suite = useAppWorld({ variables: { LIMIT_OPEN_PER_USER: '1000', LIMIT_DAILY_PER_USER: '1000' } });
  const secretName = 'Hidden quarter';
  let victims = { running: '', job: '' };
  let question: KeptActivity | undefined;
  let recorded: readonly (readonly [OutgoingActivity, ...OutgoingActivity[]])[] = [];

  /** Teams' question whether a file may be saved, asked of its owner. */
  const askedToSave = async (person: typeof victim, exportId: string): Promise<KeptActivity> => {
    const chat = personalChat(person);
    const data = { verb: 'saveOriginal', exportId };
    assert.match((await suite.press(chat, person, data)).words, /Teams asks you below/);
    return suite
      .world()
      .channel.nextActivity((one) => one.conversationId === chat.id && isConsentCard(latest(one)));
  };
  const accepting = (posted: KeptActivity) => ({
    type: 'fileUpload',
    action: 'accept',
    context: consentCardOf(latest(posted)).acceptContext,
    uploadInfo: suite.world().files.openSession({ name: 'OKRs.csv' }),
  });

  before(async () => {
    const { channel, graph, entra, variables } = suite.world();
    await suite.signIn(victim);
    const theirs = suite.view(runs);
    graph.restrict(theirs.goalsOrganizationId, [victim.oid], 404);
    await suite.say(personalChat(victim), victim, theirs.url);
    const running = exportIdOf(await suite.card(personalChat(victim), /Running/, theirs));
    victims = { running, job: (await suite.jobOf(theirs)).id };
    await suite.say(personalChat(victim), victim, `save as ${secretName}`);
    const named = carriedBy(await suite.card(personalChat(victim), /Done\. Write/), 'nameId');
    const readyOfVictim = suite.view(readyAtOnce);
    await suite.say(personalChat(victim), victim, readyOfVictim.url);
    const ready = exportIdOf(await suite.card(personalChat(victim), /average progress/, readyOfVictim));
    question = await askedToSave(victim, ready);
    await suite.signIn(attacker);
    const own = suite.view(readyAtOnce);
    await suite.say(personalChat(attacker), attacker, own.url);
    const exportId = exportIdOf(await suite.card(personalChat(attacker), /✓ {2}Ready/, own));
    const sender = channel.sender(personalChat(attacker), attacker);
    const token = await entra.mintSsoToken({
      user: attacker,
      audience: variables['AAD_APP_CLIENT_ID'] ?? '',
    });
    const execute = (verb: string, id: string) =>
      invokeActivity(
        sender,
        'adaptiveCard/action',
        {
          action: { type: 'Action.Execute', id: 'a', verb, data: { verb, exportId: id } },
          trigger: 'manual',
        },
        'card',
      );
    const form = (name: 'task/fetch' | 'task/submit', thing: string) =>
      invokeActivity(sender, name, {
        data: {
          verb: 'scheduleIt',
          thing,
          ...(name === 'task/submit' && { days: 'weekly:1', at: '09:00', condition: 'always', sent: true }),
        },
        context: { theme: 'default' },
      });
    const consent = (posted: KeptActivity) =>
      invokeActivity(sender, 'fileConsent/invoke', accepting(posted), posted.id);
    recorded = [
      [
        execute('view', exportId),
        execute('stop', exportId),
        execute('download', exportId),
        execute('stop', running),
      ],
      [invokeActivity(sender, 'signin/tokenExchange', { id: 'x', connectionName: 'goals-graph', token })],
      [invokeActivity(sender, 'signin/verifyState', { state: 'some-state' })],
      [messageActivity(sender, { text: 'list' })],
      [submitActivity(sender, { verb: 'stop', exportId: running }, 'card')],
      [form('task/fetch', `export:${exportId}`), form('task/fetch', `name:${String(named)}`)],
      [form('task/submit', `export:${exportId}`), form('task/submit', `name:${String(named)}`)],
      [consent(question), consent(await askedToSave(attacker, exportId))],
    ];
  });

  const victimsAnswer = (posted: KeptActivity): OutgoingActivity =>
    invokeActivity(
      suite.world().channel.sender(personalChat(victim), victim),
      'fileConsent/invoke',
      accepting(posted),
    );

  it('is the sender, whatever else the activity says', async () => {
    const { channel, graph, entra } = suite.world();
    const claims = {
      aadObjectId: victim.oid,
      oid: victim.oid,
      userId: victim.oid,
      id: teamsIdOf(victim),
      tenantId: victim.tid,
      requester: { userId: victim.oid, tenantId: victim.tid },
    };
    const lies: readonly unknown[] = [
      victim.oid,
      teamsIdOf(victim),
      victims.running,
      claims,
      JSON.stringify(claims),
    ];
    const before = { graph: graph.calls.length, entra: entra.calls.length };
    let delivered = 0;
    const deliver = async (activity: OutgoingActivity, path: Path, lie: unknown): Promise<void> => {
      const fresh = { ...inOwnChat(activity), id: `f:${randomUUID()}` };
      const { status, body } = await channel.deliver(changed(fresh, path, lie) as OutgoingActivity);
      delivered += 1;
      const [where, answer] = [`${String(activity['name'])} ${path.join('.')}`, JSON.stringify(body ?? '')];
      assert.ok(status < 500 || status === 501, `${where} ${String(status)}`);
      assert.ok(!answer.includes(victims.job) && !answer.includes(secretName), where);
    };
    const added = ['aadObjectId', 'user', 'relatesTo', 'callerId', '__proto__'].map((name): Path => [name]);
    for (const alike of recorded)
      for (const [nth, activity] of alike.entries()) {
        const [first] = alike;
        // What is alike around several of a kind is changed once.
        const paths = [...pathsIn(activity).filter((path) => !isOfTheChannel(path)), ...added].filter(
          (path) => nth === 0 || path[0] === 'value',
        );
        assert.equal(activity['name'], first['name']);
        for (const path of paths) await Promise.all(lies.map((lie) => deliver(activity, path, lie)));
      }
    assert.ok(delivered > 1000, String(delivered));
    const acting = [...graph.calls.slice(before.graph), ...entra.calls.slice(before.entra)].filter(
      ({ user }) => user === victim.oid,
    );
    // Nothing but the bot's own look at what it follows for the victim.
    assert.deepEqual(
      acting.filter(({ op, about }) => op !== 'get' || about['job'] !== victims.job).map(({ op }) => op),
      [],
    );
    const shown = await suite.press(personalChat(victim), victim, {
      verb: 'view',
      exportId: victims.running,
    });
    assert.match(shown.words, /Running/);
    const schedulesOf = async (person: typeof victim) =>
      (await suite.press(personalChat(person), person, { verb: 'schedules' })).words;
    assert.match(await schedulesOf(victim), /no schedules yet/);
    assert.match(await schedulesOf(attacker), /Monday/, 'what was sent sets one up, for its sender');
    const elsewhere = channel.activities().filter((one) => one.conversationId !== personalChat(victim).id);
    assert.ok(!JSON.stringify(elsewhere).includes(secretName));
    // The victim's question is still open: nobody has answered it for them.
    assert.ok(question);
    assert.equal((await channel.deliver(victimsAnswer(question))).status, 200);
    await channel.nextActivity(
      (one) =>
        one.conversationId === personalChat(victim).id &&
        /Saved to your OneDrive/.test(latest(one).summary ?? ''),
    );
    assert.equal(({} as Record<string, unknown>)['aadObjectId'], undefined, 'no prototype was changed');
  });
});
