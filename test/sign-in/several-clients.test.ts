// Five clients of one person send the same exchange to two instances at once: one exchange, and one outcome for all.
import assert from 'node:assert/strict';
import { sandboxPeople, sandboxTenantId, type Person } from '../../src/sandbox/chat/people.ts';
import { createSuite, runs, type AppSuite } from '../support/app/app-suite.ts';
import { describeWithPostgres } from '../support/databases/postgres.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { startTwoInstances, type TwoInstances } from '../support/app/two-instances.ts';

const [ada, benno, cleo] = sandboxPeople;
assert.ok(benno && cleo);

describeWithPostgres('five clients and two instances', () => {
  let two: TwoInstances;
  let suite: AppSuite;
  before(async () => {
    two = await startTwoInstances();
    suite = createSuite(() => two.world);
  });
  after(() => two.stop());

  const exchangesOf = ({ oid }: Person): number =>
    two.world.entra.calls.filter(({ user, about }) => user === oid && about['grant'] === 'obo').length;
  /** Each client has a token of its own, all for the one question. */
  const fromFive = async (person: typeof ada) => {
    const chat = personalChat(person);
    const view = suite.view(runs);
    await suite.say(chat, person, view.url);
    const prompt = await suite.prompt(chat);
    const before = exchangesOf(person);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => two.world.channel.silentSso(chat, person, prompt)),
    );
    return { view, chat, answers, asked: exchangesOf(person) - before };
  };

  it('make one exchange, and all five are signed in', async () => {
    const { answers, asked, chat, view } = await fromFive(ada);
    assert.equal(asked, 1);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200, 200],
    );
    assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1);
    await suite.card(chat, /Running/, view);
    assert.equal(two.world.graph.jobs().filter(({ oid }) => oid === ada.oid).length, 1);
  });

  it('all get the winner’s 412 when consent is missing', async () => {
    const { entra, variables } = two.world;
    entra.setAdminConsent(sandboxTenantId, variables['AAD_APP_CLIENT_ID'] ?? '', false);
    const { answers, asked } = await fromFive(benno);
    assert.equal(asked, 1);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [412, 412, 412, 412, 412],
    );
    entra.setAdminConsent(sandboxTenantId, variables['AAD_APP_CLIENT_ID'] ?? '', true);
  });

  it('meet a slow Entra ID with one exchange, too', async () => {
    two.world.entra.script({ match: { op: 'token', user: cleo.oid }, times: 1, delayMs: 700 });
    const { answers, asked } = await fromFive(cleo);
    assert.equal(asked, 1);
    assert.ok(answers.every(({ status }) => status === 200));
  });
});
