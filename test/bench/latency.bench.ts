// How quick the bot itself is, between simulators that answer at once: figures to read, nothing is asserted.
import { randomUUID } from 'node:crypto';
import { explorerUrlOf } from '../../src/sandbox/graph/scenarios.ts';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { wordsOf } from '../support/teams/card-search.ts';
import { personalChat } from '../support/teams/teams-places.ts';

const [ada] = sandboxPeople;
const chat = personalChat(ada);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 40);
const generous = { LIMIT_OPEN_PER_USER: '1000', LIMIT_DAILY_PER_USER: '1000' };

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const describeSpread = (name: string, values: readonly number[]): string =>
  `${name}: median ${median(values).toFixed(0)} ms, worst ${Math.max(...values).toFixed(0)} ms, n = ${String(values.length)}`;

describe('latency of the whole app', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld({ variables: { ...generous, LOG_LEVEL: 'info' } });
  });
  after(() => world.stop());

  const newView = () => ({ goalsOrganizationId: randomUUID(), explorerViewId: randomUUID() });
  type View = ReturnType<typeof newView>;
  const cardOfView = (view: View, words: RegExp) =>
    world.channel.nextCard((card) => {
      const text = wordsOf(card);
      return text.includes(view.explorerViewId.slice(0, 8)) && words.test(text);
    });

  it('prints medians', async function () {
    this.timeout(600_000);
    const { channel, graph } = world;
    const first = newView();
    await channel.say(chat, ada, explorerUrlOf(first));
    await channel.silentSso(chat, ada, await channel.nextOAuthCard());
    await cardOfView(first, /line|Running/);
    const toFirstCard: number[] = [];
    const turns: number[] = [];
    const toUpdate: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const view = newView();
      const said = performance.now();
      const turn = channel
        .say(chat, ada, explorerUrlOf(view))
        .then(() => turns.push(performance.now() - said));
      await cardOfView(view, /./);
      toFirstCard.push(performance.now() - said);
      await turn;
      await cardOfView(view, /line|Running/);
      const job = await graph.until(() =>
        graph.jobs().find((one) => one.explorerViewId === view.explorerViewId),
      );
      const seen = graph.nextCall({ op: 'get', about: { job: job.id } }, { timeoutMs: 30_000 });
      graph.completeJob(job.id);
      await seen;
      const asked = performance.now();
      await cardOfView(view, /ready to download/);
      toUpdate.push(performance.now() - asked);
    }
    console.log(describeSpread('message → first card', toFirstCard));
    console.log(describeSpread('message → turn answered', turns));
    console.log(describeSpread('poll that finds the job done → card updated', toUpdate));
    console.log(
      `memory (bot and simulators in one process): ${String(Math.round(process.memoryUsage().rss / 1e6))} MB`,
    );
  });
});
