// Rows 12 and 13: a whole journey, its mishaps included, leaves no secret in the store, in the log, or on the console.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { allStored } from '../support/databases/what-is-stored.ts';
import { downloadPageOf, exportIdOf, readyAtOnce, runs, useAppWorld } from '../support/app/app-suite.ts';
import { channelThread, personalChat } from '../support/teams/teams-places.ts';
import { inDatabase } from '../support/app/time-travel.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const canary = (what: string): string => `${what}Canary${randomBytes(12).toString('hex')}`;
const root = path.resolve(import.meta.dirname, '..', '..');

/** What is written meanwhile is kept instead of shown. */
function captureConsole(): { readonly lines: string[]; readonly end: () => void } {
  const { console: shared } = globalThis;
  const lines: string[] = [];
  const usual = { ...shared };
  const keep = (...words: readonly unknown[]): void => void lines.push(JSON.stringify(words));
  Object.assign(shared, { debug: keep, log: keep, info: keep, warn: keep, error: keep });
  return { lines, end: () => void Object.assign(shared, usual) };
}

describe('secrets', () => {
  const suite = useAppWorld();
  const chat = personalChat(ada);
  const thread = channelThread([ada, benno]);
  const secrets = new Set<string>();
  let written: ReturnType<typeof captureConsole>;

  const keep = <T extends string>(secret: T): T => {
    secrets.add(secret);
    return secret;
  };
  /** What travelled as a bearer token, in a form or in a query, anywhere around the app. */
  const keepWhatTravelled = (): void => {
    const { graph, entra, channel } = suite.world();
    for (const call of [...graph.calls, ...entra.calls, ...channel.calls]) {
      const bearer = call.headers.authorization?.split(' ')[1];
      const form = Object.fromEntries(new URLSearchParams(call.body.toString('utf8')));
      const secretFields = [
        'client_secret',
        'assertion',
        'code',
        'code_verifier',
        'refresh_token',
        'client_assertion',
      ];
      for (const secret of [bearer, ...secretFields.map((name) => form[name]), call.query['state']])
        if (secret !== undefined && secret.length >= 12) secrets.add(secret);
    }
  };

  before(() => {
    written = captureConsole();
  });
  after(() => written.end());

  it('of a journey: silent sign-in, button, words, files', async () => {
    const { channel, variables } = suite.world();
    for (const name of ['BOT_PASSWORD', 'AAD_APP_CLIENT_SECRET', 'ENCRYPTION_KEYS'])
      keep(variables[name] ?? '?');
    keep((variables['ENCRYPTION_KEYS'] ?? '').split(':')[1] ?? '?');
    await suite.say(chat, ada, keep(canary('said')));
    await suite.signIn(ada);
    const view = suite.view(readyAtOnce);
    await suite.say(thread, benno, `${keep(canary('asked'))} ${view.url}`);
    const prompt = await suite.prompt(thread);
    const signedIn = await channel.signInByButton(prompt, benno);
    assert.equal(signedIn.status, 200);
    keep(/data-nonce="([\w-]+)"/.exec(signedIn.html)?.[1] ?? '?');
    for (const url of signedIn.trail)
      for (const [name, value] of new URL(url).searchParams)
        if (['code', 'state'].includes(name)) keep(value);
    const card = await suite.card(thread, /✓ {2}Ready/, view);
    const shown = await suite.press(thread, benno, { verb: 'download', exportId: exportIdOf(card) }, card.id);
    const link = downloadPageOf(shown);
    keep(link.split('/').at(-1) ?? '?');
    const file = await (await fetch(link, { method: 'POST' })).text();
    for (const line of file.split('\n').slice(0, 5)) if (line.length >= 20) keep(line);
    keepWhatTravelled();
  });

  it('of mishaps: junk that callers send, and words that Entra ID, Graph and Teams answer with', async () => {
    const { channel, entra, graph, publicUrl } = suite.world();
    const junk = `eyJ${canary('token')}.eyJpc3MiOiJodHRwczovL2FwaS5ib3RmcmFtZXdvcmsuY29tIn0.${canary('signature')}`;
    keep(junk);
    const { activity } = await suite.say(chat, ada, 'help');
    assert.equal((await channel.deliver(activity, `Bearer ${junk}`)).status, 401);
    await channel.invoke(chat, ada, 'signin/tokenExchange', {
      id: 'x',
      connectionName: 'goals-graph',
      token: junk,
    });
    await channel.verifyState(chat, ada, keep(canary('nonce')));
    for (const url of [
      `/auth/callback?code=${keep(canary('code'))}&state=${keep(canary('state'))}`,
      `/auth/callback?error=${keep(canary('error'))}&error_description=${keep(canary('why'))}&state=${canary('state')}`,
      `/auth/start?request=${keep(canary('request'))}`,
      `/d/${keep(randomBytes(32).toString('base64url'))}`,
      `/${keep(canary('path'))}?token=${keep(canary('query'))}`,
    ])
      assert.ok((await fetch(`${publicUrl}${url}`)).status >= 400);
    const graphWords = { error: { code: 'generalException', message: keep(canary('graph')) } };
    const words = { status: 500, body: graphWords };
    const view = suite.view(runs);
    graph.script({ match: { op: 'create', view: view.explorerViewId }, times: 1, respond: words });
    channel.script({
      match: { op: 'post', about: { conversation: chat.id } },
      times: 1,
      respond: { status: 403, body: { error: { code: 'x', message: keep(canary('teams')) } } },
    });
    const refusal = { error: 'invalid_grant', error_description: `AADSTS50173: ${keep(canary('entra'))}` };
    await suite.say(chat, ada, view.url);
    await graph.until(() =>
      graph.calls.find(({ op, about }) => op === 'list' || about['view'] === view.explorerViewId),
    );
    entra.script({
      match: { op: 'token', about: { grant: 'refresh' } },
      times: 3,
      respond: { status: 400, body: refusal },
    });
    graph.script({ match: { user: ada.oid }, times: 1, respond: { status: 401, body: {} } });
    await suite.press(chat, ada, { verb: 'list' });
    keepWhatTravelled();
    for (const simulator of [channel, entra, graph]) simulator.clearScript();
  });

  it('are nowhere in the log nor on the console', () => {
    const all = `${suite.world().logged()}\n${written.lines.join('\n')}`;
    assert.ok(secrets.size > 25, String(secrets.size));
    for (const secret of secrets) assert.ok(!all.includes(secret), secret);
    assert.doesNotMatch(all, /eyJ[\w-]{10}/);
  });

  it('are nowhere in the store in clear, nor is any token', async () => {
    const stored = await inDatabase(suite.world(), allStored);
    assert.match(stored, /token_partitions: \[\{/);
    for (const secret of secrets) assert.ok(!stored.includes(secret), secret);
    // Sealed bytes may spell the beginning of a token, but hold no point.
    assert.doesNotMatch(stored, /eyJ[\w-]+\.[\w-]/);
  });

  it('are gone after a sign-out, and after the personal app is removed', async () => {
    const { channel } = suite.world();
    const count = (): Promise<number> =>
      inDatabase(
        suite.world(),
        async (db) =>
          (await db.acrossTenants('a test').selectFrom('token_partitions').select('user_id').execute())
            .length,
      );
    const before = await count();
    assert.ok(before >= 1);
    await suite.say(thread, benno, 'sign out');
    await suite.card(thread, /You are signed out/);
    assert.equal(await count(), before - 1);
    assert.equal((await channel.install(chat, ada, 'remove')).status, 200);
    assert.equal(await count(), 0);
  });

  it('change their key by the command, which prints numbers only', async () => {
    await suite.signIn(benno);
    const world = suite.world();
    const next = Buffer.alloc(32, 9).toString('base64');
    const rotate = (): string =>
      execFileSync(process.execPath, [path.join(root, 'src', 'tools', 'rotate-keys.ts')], {
        cwd: root,
        encoding: 'utf8',
        stdio: 'pipe',
        env: {
          ...world.variables,
          ENCRYPTION_KEYS: `k2:${next},${world.variables['ENCRYPTION_KEYS'] ?? ''}`,
        },
      });
    assert.throws(rotate, /in use/, 'the embedded database is the running bot’s');
    await world.stopApp();
    const printed = rotate();
    assert.match(printed, /Tokens of 1 person were sealed anew with the key "k2"/);
    assert.ok(!printed.includes(next) && !printed.includes(benno.oid));
    assert.match(rotate(), /Tokens of 0 people/);
    const ids = await inDatabase(world, async (db) =>
      db.acrossTenants('a test').selectFrom('token_partitions').select('key_id').execute(),
    );
    assert.deepEqual(ids, [{ key_id: 'k2' }]);
  });
});
