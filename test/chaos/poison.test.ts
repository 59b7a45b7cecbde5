// One export kills the process that starts it, each time; everybody else's go on beside it.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import type { Call } from '../../src/sandbox/loopback/script.ts';
import { createSuite, readyAtOnce, runs, type View } from '../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { wordsOf } from '../support/teams/card-search.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { untilHeard } from './answered-moments.ts';
import { startBalancer } from './balancer.ts';
import { createDice } from './dice.ts';
import { startFleet, type BotFleet } from './bot-fleet.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);

/** Deaths are found out after 15 s each, and suspects wait for their turn. */
const patience = 480_000;

/** Graph never answers, and the process that asked it is gone. `once` resolves when it has happened for the first time. */
function killAtEachStart(
  { graph }: AppWorld,
  fleet: BotFleet,
  { explorerViewId }: View,
): { readonly once: Promise<unknown> } {
  const { promise: once, resolve } = Promise.withResolvers<undefined>();
  const isFatal = ({ op, about }: Call): boolean => {
    if (op !== 'create' || about['view'] !== explorerViewId) return false;
    fleet.signal(0, 'SIGKILL');
    resolve(undefined);
    return true;
  };
  graph.script({ match: { where: isFatal }, respond: { status: 503 }, trouble: { kind: 'hang' } });
  return { once };
}

describe('an export that kills whoever starts it', () => {
  it('S5 is put aside after the fifth process, its person and the operator are told, and the others’ are ready', async () => {
    const world = await startAppWorld({ runsApp: false, variables: { LOG_LEVEL: 'info' } });
    const fleet = await startFleet(1, world.variables);
    const balancer = await startBalancer(Number(new URL(world.publicUrl).port), fleet.ports, createDice(1));
    const suite = createSuite(() => world);
    const [own, others] = [personalChat(ada), personalChat(benno)];
    try {
      await fleet.haveListening();
      for (const person of [ada, benno]) await suite.signIn(person);
      const [poison, besides] = [suite.view(runs), suite.view(readyAtOnce)];
      const killing = killAtEachStart(world, fleet, poison);
      await suite.say(own, ada, poison.url);
      await killing.once;
      await fleet.haveListening();
      await untilHeard(() => suite.say(others, benno, besides.url));
      await suite.card(others, /Your file is ready/, besides);
      await world.channel.nextCard(
        (card) => /Something went wrong with this one.*told the bot’s operator/s.test(wordsOf(card)),
        {
          timeoutMs: patience,
          what: 'the card of the export that kills',
        },
      );
      assert.equal(fleet.events.filter(({ kind }) => kind === 'ended').length, 5);
      assert.match(fleet.output(0), /"level":50.*"cause":"crashedTooOften".*put aside/);
    } finally {
      await fleet.stop();
      await balancer.stop();
      await world.stop();
    }
    assert.deepEqual(fleet.faults, []);
  });
});
