// What an operator reads at METRICS_PORT, through the whole app.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { createSuite, readyAtOnce, runs } from '../../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { personalChat } from '../../support/teams/teams-places.ts';
import { testPort } from '../../support/servers/test-port.ts';

const [ada] = sandboxPeople;

describe('metrics', () => {
  let world: AppWorld;
  let port: number;
  before(async () => {
    port = await testPort();
    world = await startAppWorld({ variables: { METRICS_PORT: String(port) } });
  });
  after(() => world.stop());
  const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
  const figures = async (): Promise<ReadonlyMap<string, number>> => {
    const lines = (await (await get('/metrics')).text()).split('\n').filter((line) => /^\w/.test(line));
    return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(/\S+$/.exec(line)?.[0])]));
  };

  /** The queue counts its jobs anew every few seconds only. */
  const figuresOfQueuedWork = async (): Promise<ReadonlyMap<string, number>> => {
    const end = Date.now() + 30_000;
    for (;;) {
      const seen = await figures();
      const queued = seen.get('okr_export_queue_jobs{of="exports",state="queued"}') ?? 0;
      if (queued >= 1 || Date.now() > end) return seen;
      await pause(250);
    }
  };

  it('tell what happened and what stands, and name nobody', async () => {
    const suite = createSuite(() => world);
    await suite.signIn(ada);
    const [ready, running] = [suite.view(readyAtOnce), suite.view(runs)];
    const chat = personalChat(ada);
    await suite.say(chat, ada, ready.url);
    await suite.card(chat, /✓ {2}Ready/, ready);
    const ending = suite.view(runs);
    await suite.say(chat, ada, ending.url);
    const card = await suite.card(chat, /◕ {2}Running/, ending);
    await suite.finish(chat, ada, card, await suite.jobOf(ending));
    await suite.card(chat, /✓ {2}Ready/, ending);
    const name = 'Sorrel beds';
    await suite.say(chat, ada, `save as ${name}`);
    await suite.card(chat, /Sorrel beds/);
    await suite.say(chat, ada, running.url);
    await suite.card(chat, /◕ {2}Running/, running);
    const seen = await figuresOfQueuedWork();
    assert.equal(seen.get('okr_export_database_up'), 1);
    assert.equal(seen.get('okr_export_exports{source="goals",status="running"}'), 1);
    assert.equal(seen.get('okr_export_prompts_outstanding'), 0);
    assert.ok((seen.get('okr_export_most_overdue_seconds') ?? 60) < 30);
    assert.equal(seen.get('okr_export_sign_ins_total{way="silent",outcome="signedIn"}'), 1);
    for (const [name, least] of [
      ['graph_calls_total{source="goals",call="create",outcome="created"}', 3],
      ['graph_calls_total{source="goals",call="get",outcome="job"}', 3],
      ['messages_total{what="export",how="post",outcome="sent"}', 3],
      ['messages_total{what="export",how="update",outcome="sent"}', 3],
      ['messages_total{what="signIn",how="post",outcome="sent"}', 1],
      ['names_total{what="given"}', 1],
      ['poll_lag_seconds_count', 1],
      ['queue_jobs{of="exports",state="queued"}', 1],
      ['queue_jobs{of="files",state="ready"}', 0],
    ] as const)
      assert.ok(
        (seen.get(`okr_export_${name}`) ?? -1) >= least,
        `${name}: ${seen.get(`okr_export_${name}`)}`,
      );
    assert.ok((seen.get('process_resident_memory_bytes') ?? 0) > 0);
    const text = [...seen.keys()].join('\n');
    for (const secret of [ada.oid, ada.tid, ada.name, ready.explorerViewId, chat.id, name])
      assert.ok(!text.includes(secret), 'a label names somebody');
  });

  it('are all there is at the port, and are not at the port of the bot', async () => {
    const response = await get('/metrics');
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    for (const [path, method] of [
      ['/', 'GET'],
      ['/healthz', 'GET'],
      ['/metrics', 'POST'],
    ] as const)
      assert.equal((await get(path, method)).status, 404);
    assert.equal((await fetch(`${world.publicUrl}/metrics`)).status, 404);
  });

  it('are gone when the app has stopped', async () => {
    await world.stopApp();
    await assert.rejects(get('/metrics'));
  });
});
