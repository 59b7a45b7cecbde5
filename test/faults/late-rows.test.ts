// The rows of the fault table that take minutes: the app's clock goes forward, and its person presses Refresh.
import assert from 'node:assert/strict';
import type { FaultId, FaultView } from '../../src/sandbox/faults/fault-link.ts';
import { faultView } from '../../src/sandbox/faults/fault-link.ts';
import { playFaults, createWayToGraph } from '../../src/sandbox/faults/play-faults.ts';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, titlesOf, useAppWorld } from '../support/app/app-suite.ts';
import { cardOf, latest } from '../support/teams/card-search.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import { saidBy } from '../support/app/fault-rows.ts';
import { personalChat } from '../support/teams/teams-places.ts';

const [ada] = sandboxPeople;
const chat = personalChat(ada);

describe('faults that take their time', () => {
  const suite = useAppWorld();
  before(async () => {
    const { graph, entra, channel, planner } = suite.world();
    playFaults(
      { graph, entra, connector: channel, way: createWayToGraph(), planner },
      { retryAfterSeconds: 1, fate: readyAtOnce },
    );
    await suite.signIn(ada);
  });

  const paste = async (id: FaultId): Promise<FaultView> => {
    const view = faultView(id);
    await suite.say(chat, ada, view.url);
    return view;
  };
  /** As if nobody had looked for so long, and then the person pressed Refresh. */
  const lookAfter = async (seconds: number, card: KeptActivity): Promise<void> => {
    suite.world().skip(seconds);
    await suite.press(chat, ada, { verb: 'refresh', exportId: exportIdOf(card) }, card.id);
  };
  const looksAt = ({ explorerViewId }: FaultView): number =>
    suite.world().graph.calls.filter(({ op, about }) => op === 'get' && about['view'] === explorerViewId)
      .length;

  it('G7 looks once more after a minute for an export that is gone, in the list as well, and then says so', async () => {
    const view = await paste('G7');
    const card = await suite.card(chat, /Looking for it/, view);
    await lookAfter(20, card);
    assert.match(saidBy(await suite.card(chat, /Looking for it/, view)), /I’ll look once more in a minute/);
    await lookAfter(45, card);
    const gone = await suite.card(chat, /The export no longer exists[^]*Start again\?/, view);
    const lists = suite
      .world()
      .graph.calls.filter(({ about }) => about['filter']?.includes(view.goalsOrganizationId) === true);
    assert.notEqual(lists.length, 0, 'it may be known there under another id');
    assert.deepEqual(titlesOf(cardOf(latest(gone))), ['Try again']);
  });

  it('G17 keeps following an export in a state that nobody knows, more slowly, and shows Graph’s word', async () => {
    const view = await paste('G17');
    const card = await suite.card(chat, /Running \(state: unknownFutureValue\)/, view);
    const looks = looksAt(view);
    assert.match(saidBy(card), /Next look/);
    await lookAfter(11, card);
    assert.equal(looksAt(view), looks + 1);
    await lookAfter(11, card);
    await suite.card(chat, /Your file is ready/, view);
  });

  it('G19 takes odd answers for trouble that passes, pauses after five, and leaves a trace without secrets', async () => {
    const view = await paste('G19');
    const card = await suite.card(chat, /In line at Microsoft|Running/, view);
    await suite.world().graph.until(() => looksAt(view) >= 1, { what: 'a first look' });
    // A look that the queue has just begun is not begun again.
    for (let tries = 0; looksAt(view) < 5 && tries < 20; tries += 1) await lookAfter(60, card);
    const paused = await suite.card(chat, /Paused – odd answers from Microsoft Graph/, view);
    assert.equal(looksAt(view), 5);
    const traces = suite
      .world()
      .logged()
      .split('\n')
      .filter((line) => line.includes('an answer of Graph made no sense'))
      .map((line) => JSON.parse(line) as { source: string; sample: string });
    assert.equal(traces.length, 5);
    assert.ok(traces.every(({ source, sample }) => source === 'goals' && Buffer.byteLength(sample) <= 1024));
    assert.match(traces[0]?.sample ?? '', /^200 text\/html[^]*Please wait/);
    await suite.press(chat, ada, { verb: 'resume', exportId: exportIdOf(paused) }, paused.id);
    await suite.card(chat, /Your file is ready/, view);
  });
});
