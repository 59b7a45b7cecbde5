// Row 4: five people in each of two tenants, every verb and route: nobody gets anything of anybody else's, and "not yours" reads like "not there".
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, runs, useAppWorld } from '../support/app/app-suite.ts';
import { actionsOf, cardOf, latest, oauthCardOf } from '../support/teams/card-search.ts';
import { groupChat, personalChat, type Place } from '../support/teams/teams-places.ts';

const tenants = [randomUUID(), randomUUID()];
const people = tenants.flatMap((tid, tenant) =>
  Array.from({ length: 5 }, (_, nth): Person => {
    const word = `Quill${String.fromCharCode(97 + tenant)}${String.fromCharCode(97 + nth)}`;
    return { tid, oid: randomUUID(), name: `${word} Sample`, userPrincipalName: `${word}@sandbox.example` };
  }),
) as [Person, ...Person[]];

const verbs = [
  'view',
  'refresh',
  'download',
  'stop',
  'retry',
  'resume',
  'exportAgain',
  'exportForMe',
  'nameIt',
] as const;

const subscriptionVerbs = [
  'acceptSubscription',
  'declineSubscription',
  'aboutSubscription',
  'askPause',
  'pauseSubscription',
  'resumeSubscription',
  'endSubscription',
  'exportSubscribed',
  'showSchedule',
  'runScheduleNow',
  'pauseSchedule',
  'endSchedule',
] as const;

interface Owned {
  readonly owner: Person;
  readonly ready: string;
  readonly running: string;
  readonly runningJob: string;
  /** Words that nobody else may ever be shown; ids of exports are what an attacker may have. */
  readonly marks: readonly string[];
}

describe('what is not yours', () => {
  const suite = useAppWorld({ people, variables: { LIMIT_OPEN_PER_USER: '50' } });
  const owned: Owned[] = [];
  /** What each person was answered and sent, in whatever place they act in. */
  const seen = new Map<Person, string[]>();

  const begin = async (owner: Person): Promise<Owned> => {
    const [done, open] = [suite.view(readyAtOnce), suite.view(runs)];
    for (const view of [done, open]) suite.world().graph.restrict(view.goalsOrganizationId, [owner.oid], 404);
    const chat = personalChat(owner);
    await suite.say(chat, owner, done.url);
    const prompt = await suite.prompt(chat);
    suite.world().skip(11);
    await suite.world().channel.silentSso(chat, owner, prompt);
    const ready = exportIdOf(await suite.card(chat, /Your file is ready/, done));
    // Nothing is left to come by itself that could be taken for an answer.
    await suite.notice(chat, done);
    await suite.card(chat, /average progress/, done);
    await suite.say(chat, owner, open.url);
    const running = exportIdOf(await suite.card(chat, /Running/, open));
    const { id } = await suite.jobOf(open, owner);
    const ids = [done, open].flatMap(({ explorerViewId, goalsOrganizationId }) => [
      explorerViewId.slice(0, 8),
      goalsOrganizationId.slice(0, 8),
    ]);
    const word = owner.name.split(' ')[0] ?? '';
    return { owner, ready, running, runningJob: id, marks: [...ids, id, word, owner.oid] };
  };
  before(async () => {
    for (const person of people) seen.set(person, []);
    owned.push(...(await Promise.all(people.map(begin))));
  });

  const press = async (
    place: Place,
    person: Person,
    data: Readonly<Record<string, string>>,
  ): Promise<string> => {
    const { card } = await suite.press(place, person, data);
    const answer = JSON.stringify(card);
    seen.get(person)?.push(answer);
    return Object.values(data).reduce((text, id) => text.replaceAll(id, 'ID'), answer);
  };

  it('has one answer for every verb, whether it is there or not, in a chat of one’s own and in a group', async () => {
    for (const [nth, attacker] of people.entries()) {
      const places = [personalChat(attacker), groupChat([attacker])];
      for (const verb of verbs) {
        for (const place of places) {
          const notThere = await press(place, attacker, { verb, exportId: randomUUID() });
          for (const { ready, running } of owned.filter(({ owner }) => owner !== attacker)) {
            const exportId = (nth + verb.length) % 2 === 0 ? ready : running;
            assert.equal(await press(place, attacker, { verb, exportId }), notThere, verb);
          }
        }
      }
    }
  });

  it('has one answer for other people’s Graph jobs and made-up ones', async () => {
    for (const attacker of people) {
      const place = personalChat(attacker);
      const notThere = await press(place, attacker, { verb: 'followGraphJob', graphJobId: 'j!madeUp' });
      for (const { runningJob: graphJobId } of owned.filter(({ owner }) => owner !== attacker))
        assert.equal(await press(place, attacker, { verb: 'followGraphJob', graphJobId }), notThere);
    }
  });

  it('has one answer for other people’s subscriptions, offered or running, and for none', async () => {
    const [owner] = people;
    const place = groupChat([owner]);
    const { url } = suite.view(readyAtOnce);
    await suite.say(place, owner, `schedule ${url} mondays 9:00`);
    const question = await suite.card(place, /will see the summary of what you may see/);
    const [scheduleId = ''] = actionsOf(cardOf(latest(question))).flatMap(({ data }) => {
      const carried = data as { readonly scheduleId?: string } | undefined;
      return carried?.scheduleId ?? [];
    });
    const tryAll = async (attacker: Person, where: Place): Promise<void> => {
      for (const verb of subscriptionVerbs) {
        const notThere = await press(where, attacker, { verb, scheduleId: randomUUID() });
        assert.equal(await press(where, attacker, { verb, scheduleId }), notThere, verb);
      }
    };
    const others = people.slice(1);
    for (const other of others) await tryAll(other, personalChat(other));
    // Whoever stands in the same chat sees that it is asked, and can answer nothing.
    for (const other of others.slice(0, 2)) await tryAll(other, place);
    await press(place, owner, { verb: 'acceptSubscription', scheduleId });
    await suite.card(place, /From now on I post this here/);
    for (const other of others) await tryAll(other, personalChat(other));
    await press(place, owner, { verb: 'endSubscription', scheduleId });
  });

  it('answers the buttons of old clients alike, too', async () => {
    const { channel } = suite.world();
    for (const [nth, verb] of verbs.entries()) {
      // A chat each: Teams takes few messages at once in one conversation.
      const attacker = people[nth] ?? people[0];
      const place = personalChat(attacker);
      const answers: string[] = [];
      for (const exportId of [randomUUID(), owned[nth + 1]?.ready ?? '', owned.at(-1)?.running ?? '']) {
        const before = channel.messages(place.id).length;
        await channel.clickSubmit(place, attacker, 'an old card', { verb, exportId });
        const answer = await channel.until(() => channel.messages(place.id)[before]);
        answers.push(JSON.stringify(latest(answer).attachments).replaceAll(exportId, 'ID'));
      }
      assert.equal(new Set(answers).size, 1, verb);
    }
  });

  it('lists to each what is theirs', async () => {
    for (const { owner, marks } of owned) {
      const list = await press(personalChat(owner), owner, { verb: 'list' });
      assert.ok(list.includes(marks[0] ?? '?') && list.includes(marks[2] ?? '?'));
    }
  });

  it('gives nobody else’s sign-in to a token, a link, a page or a state', async () => {
    const { channel, entra, publicUrl } = suite.world();
    const [victim] = people;
    const others = people.slice(1);
    const group = groupChat(people);
    await suite.say(personalChat(victim), victim, 'sign out');
    await suite.say(group, victim, suite.view(runs).url);
    const prompt = await suite.prompt(group);
    const exchanges = (): number => entra.calls.filter(({ about }) => about['grant'] === 'obo').length;
    const before = exchanges();
    for (const other of others) {
      const token = await entra.mintSsoToken({
        user: victim,
        audience: suite.world().variables['AAD_APP_CLIENT_ID'] ?? '',
      });
      // Whoever is signed in already is told so; the token that is not theirs is not looked at.
      const { body } = await channel.silentSso(group, other, prompt, { id: randomUUID(), token });
      assert.ok(!JSON.stringify(body).includes(victim.oid));
      assert.equal(exchanges(), before);
      const visit = await channel.signInByButton(prompt, other);
      // An account of another tenant is refused by Entra ID already.
      assert.equal(visit.status, other.tid === victim.tid ? 403 : 400);
      assert.doesNotMatch(visit.html, /data-nonce/);
    }
    const good = await channel.signInByButton(prompt, victim);
    const nonce = /data-nonce="([\w-]+)"/.exec(good.html)?.[1] ?? '';
    assert.ok(good.url.startsWith(publicUrl) && nonce !== '');
    for (const other of others)
      assert.equal((await channel.verifyState(personalChat(other), other, nonce)).status, 404);
    assert.equal((await channel.verifyState(personalChat(victim), victim, nonce)).status, 200);
    const [link] = oauthCardOf(prompt.versions[0] ?? latest(prompt))?.buttons ?? [];
    assert.equal((await fetch(link?.value ?? '')).status, 404, 'the question is answered');
  });

  it('has changed nothing by all that, and has shown nobody anything', async () => {
    for (const { owner, ready, running } of owned) {
      assert.match(
        (await suite.press(personalChat(owner), owner, { verb: 'view', exportId: running })).words,
        /Running|In line|signed out|sign-in/i,
      );
      assert.match(
        (await suite.press(personalChat(owner), owner, { verb: 'view', exportId: ready })).words,
        /Your file is ready/,
      );
    }
    for (const attacker of people) {
      const posted = suite
        .world()
        .channel.messages(personalChat(attacker).id)
        .map(({ versions }) => versions);
      const text = `${JSON.stringify(posted)}${seen.get(attacker)?.join('') ?? ''}`;
      for (const { owner, marks } of owned.filter((other) => other.owner !== attacker))
        for (const mark of marks)
          assert.ok(!text.includes(mark), `${attacker.name} was shown ${mark} of ${owner.name}`);
    }
  });
});
