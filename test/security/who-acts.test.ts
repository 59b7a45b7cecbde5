// Row 3: every field of what Teams sends, changed to somebody else's: whoever the channel names as the sender is who acts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, runs, useAppWorld } from '../support/app/app-suite.ts';
import type { OutgoingActivity } from '../support/teams/teams-activities.ts';
import { invokeActivity, messageActivity, submitActivity } from '../support/teams/teams-activities.ts';
import { personalChat, teamsIdOf } from '../support/teams/teams-places.ts';

const [attacker, victim] = sandboxPeople;
assert.ok(victim);

type Path = readonly string[];
const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

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
  let victims = { running: '', job: '' };
  let recorded: readonly OutgoingActivity[] = [];

  before(async () => {
    const { channel, graph, entra, variables } = suite.world();
    await suite.signIn(victim);
    const theirs = suite.view(runs);
    graph.restrict(theirs.goalsOrganizationId, [victim.oid], 404);
    await suite.say(personalChat(victim), victim, theirs.url);
    const running = exportIdOf(await suite.card(personalChat(victim), /Running/, theirs));
    victims = { running, job: (await suite.jobOf(theirs)).id };
    await suite.signIn(attacker);
    const own = suite.view(readyAtOnce);
    await suite.say(personalChat(attacker), attacker, own.url);
    const exportId = exportIdOf(await suite.card(personalChat(attacker), /✓ {2}Ready/, own));
    const sender = channel.sender(personalChat(attacker), attacker);
    const token = await entra.mintSsoToken({
      user: attacker,
      audience: variables['AAD_APP_CLIENT_ID'] ?? '',
    });
    const execute = (verb: string, id: string) => ({
      action: { type: 'Action.Execute', id: 'a', verb, data: { verb, exportId: id } },
      trigger: 'manual',
    });
    recorded = [
      ...['view', 'stop', 'download'].map((verb) =>
        invokeActivity(sender, 'adaptiveCard/action', execute(verb, exportId), 'card'),
      ),
      invokeActivity(sender, 'adaptiveCard/action', execute('stop', running), 'card'),
      invokeActivity(sender, 'signin/tokenExchange', { id: 'x', connectionName: 'goals-graph', token }),
      invokeActivity(sender, 'signin/verifyState', { state: 'some-state' }),
      messageActivity(sender, { text: 'list' }),
      submitActivity(sender, { verb: 'stop', exportId: running }, 'card'),
    ];
  });

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
      [claims],
      JSON.stringify(claims),
    ];
    const before = { graph: graph.calls.length, entra: entra.calls.length };
    let delivered = 0;
    for (const activity of recorded) {
      const paths = pathsIn(activity).filter(
        (path) => !['serviceUrl', 'from,aadObjectId', 'from'].includes(path.join()),
      );
      for (const path of [
        ...paths,
        ...['aadObjectId', 'user', 'relatesTo', 'callerId', '__proto__'].map((name) => [name]),
      ]) {
        const answers = lies.map(async (lie) => {
          const fresh = { ...inOwnChat(activity), id: `f:${randomUUID()}` };
          const { status, body } = await channel.deliver(changed(fresh, path, lie) as OutgoingActivity);
          delivered += 1;
          assert.ok(status < 500 || status === 501, `${path.join('.')} ${String(status)}`);
          assert.ok(!JSON.stringify(body ?? '').includes(victims.job), path.join('.'));
        });
        await Promise.all(answers);
      }
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
    assert.equal(({} as Record<string, unknown>)['aadObjectId'], undefined, 'no prototype was changed');
  }).timeout(360_000);
});
