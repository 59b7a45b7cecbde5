// Row 4, for every verb of the table: whatever id of somebody else's a button carries, its answer is that of a made-up id.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { buttons, type Verb } from '../../src/cards/blocks/buttons.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { contentFor } from '../../src/sandbox/graph/goals-content.ts';
import { readyAtOnce, runs, useAppWorld } from '../support/app/app-suite.ts';
import { inDatabase } from '../support/app/time-travel.ts';
import { cardOf, latest } from '../support/teams/card-search.ts';
import { groupChat, personalChat, type Place } from '../support/teams/teams-places.ts';

const tenants = [randomUUID(), randomUUID()];
const people = tenants.flatMap((tid, tenant) =>
  Array.from({ length: 5 }, (_, nth): Person => {
    const word = `Plume${String.fromCharCode(97 + tenant)}${String.fromCharCode(97 + nth)}`;
    return { tid, oid: randomUUID(), name: `${word} Sample`, userPrincipalName: `${word}@sandbox.example` };
  }),
) as [Person, ...Person[]];
const owners = [people[0], people[5] ?? people[0]] as const;

type Data = Readonly<Record<string, unknown>>;

/** What each verb may carry besides ids. */
const values: Readonly<Record<string, unknown>> = { format: 'original', name: 'Quill', page: 1 };
const ids = new Set(['nameId', 'scheduleId', 'thing', 'graphJobId', 'source']);
/** These of a form need not be there. */
const ofForms = new Set(['days', 'at', 'condition', 'until', 'zone', 'sent']);

const tables = ['exports', 'own_files', 'target_names', 'shared_names', 'schedules'] as const;
type Owned = Readonly<Partial<Record<(typeof tables)[number], readonly string[]>>>;

interface Way {
  readonly of: readonly (typeof tables)[number][];
  readonly data: (id: string) => Data;
}
const names = ['target_names', 'shared_names'] as const;

/** Every way in which a verb can name something, as data around an id. */
function waysOf(verb: Verb): readonly Way[] {
  const { on = [], carries = {} } = buttons[verb];
  const keys = Object.keys(carries);
  for (const key of keys)
    assert.ok(key in values || ids.has(key) || ofForms.has(key), `${verb} carries ${key}`);
  const more = Object.fromEntries(keys.filter((key) => key in values).map((key) => [key, values[key]]));
  const ways: readonly (Way & { readonly by: string })[] = [
    { by: 'nameId', of: names, data: (nameId) => ({ verb, nameId, ...more }) },
    { by: 'scheduleId', of: ['schedules'], data: (scheduleId) => ({ verb, scheduleId }) },
    { by: 'thing', of: names, data: (id) => ({ verb, thing: `name:${id}` }) },
    { by: 'thing', of: ['exports'], data: (id) => ({ verb, thing: `export:${id}` }) },
  ];
  return [
    ...on.map((kind): Way => ({
      of: kind === 'export' ? ['exports'] : ['own_files'],
      data: (id) => ({ verb, subject: { kind, id }, ...more }),
    })),
    ...ways.filter(({ by }) => keys.includes(by)),
  ];
}

describe('what is not yours, by any verb', () => {
  const suite = useAppWorld({ people, variables: { LIMIT_OPEN_PER_USER: '50', LIMIT_DAILY_PER_USER: '50' } });
  const owned = new Map<Person, Owned>();

  const press = async (place: Place, person: Person, data: Data): Promise<string> => {
    const value = { action: { type: 'Action.Execute', verb: data['verb'], data }, trigger: 'manual' };
    const { status, body } = await suite.world().channel.invoke(place, person, 'adaptiveCard/action', value);
    assert.equal(status, 200);
    return JSON.stringify(body);
  };
  const idsOf = ({ oid }: Person): Promise<Owned> =>
    inDatabase(suite.world(), async (db) => {
      const found = tables.map(async (table) => {
        const rows = await db
          .acrossTenants('a test')
          .selectFrom(table)
          .select('id')
          .where('user_id', '=', oid)
          .orderBy('id')
          .execute();
        assert.ok(rows.length > 0, `${table}: something of each kind is owned`);
        return [table, rows.map(({ id }) => id)] as const;
      });
      return Object.fromEntries(await Promise.all(found));
    });

  /** One of each kind: exports, a file, a name, one that a group has, a schedule. */
  const own = async (owner: Person): Promise<void> => {
    const [chat, group] = [personalChat(owner), groupChat([owner])];
    const { channel, files } = suite.world();
    const view = suite.view(runs);
    await suite.say(chat, owner, view.url);
    await suite.card(chat, /Running/, view);
    await suite.say(chat, owner, {
      text: '',
      files: [
        files.offer({
          name: 'Plans.csv',
          bytes: Buffer.from(
            contentFor({ explorerViewId: randomUUID(), createdAt: Date.UTC(2026, 2, 2), rows: 20 }),
          ),
        }),
      ],
    });
    await suite.card(chat, /Plans/);
    await suite.say(chat, owner, `save as Nettle ${suite.view(readyAtOnce).url}`);
    await suite.card(chat, /Nettle/);
    await suite.say(chat, owner, 'schedule Nettle mondays 9:00');
    await suite.card(chat, /Nettle[^]*9:00|Mondays/i);
    await suite.say(group, owner, `save as Sorrel ${suite.view(readyAtOnce).url}`);
    const question = await suite.card(group, /Give this name to this chat/);
    await channel.clickExecute(group, owner, question.id, 'Yes, for everybody here');
    await channel.until(
      () => /calls this/.test(JSON.stringify(cardOf(latest(channel.activity(question.id))))) || undefined,
    );
  };

  before(async () => {
    await Promise.all(people.map((person) => suite.signIn(person)));
    for (const owner of owners) await own(owner);
    for (const owner of owners) owned.set(owner, await idsOf(owner));
  });

  const answerTo = async (person: Person, { data }: Way, id: string): Promise<string> =>
    (await press(personalChat(person), person, data(id)))
      .replaceAll(id, 'ID')
      .replaceAll(id.slice(0, 8), 'ID');
  /** Somebody of the same tenant, of the other one, and so on; never their own. */
  const victimOf = (attacker: Person, nth: number): Person => {
    const [one, other] = nth % 2 === 0 ? owners : ([owners[1], owners[0]] as const);
    return one === attacker ? other : one;
  };

  it('has one answer for every verb and every id, there or not, whoever asks', async () => {
    let pressed = 0;
    for (const [nth, attacker] of people.entries()) {
      const theirs = owned.get(victimOf(attacker, nth));
      assert.ok(theirs);
      for (const verb of Object.keys(buttons) as Verb[])
        for (const way of waysOf(verb)) {
          const notThere = await answerTo(attacker, way, randomUUID());
          for (const table of way.of) {
            assert.equal(
              await answerTo(attacker, way, theirs[table]?.[0] ?? ''),
              notThere,
              `${verb} ${attacker.name}`,
            );
            pressed += 1;
          }
        }
    }
    assert.ok(pressed > 500, String(pressed));
  });

  it('has another answer for its owner, so that the one above says something', async () => {
    for (const way of waysOf('show')) {
      const [owner] = owners;
      const [id = ''] = way.of.flatMap((table) => owned.get(owner)?.[table] ?? []);
      assert.notEqual(await answerTo(owner, way, id), await answerTo(owner, way, randomUUID()));
    }
  });

  it('is all still there, and still its owner’s', async () => {
    for (const owner of owners) {
      assert.deepEqual(await idsOf(owner), owned.get(owner));
      const views = await press(personalChat(owner), owner, { verb: 'views' });
      assert.match(views, /Nettle/);
      assert.match(await press(personalChat(owner), owner, { verb: 'schedules' }), /Nettle/);
    }
  });
});
