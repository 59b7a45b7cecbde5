/** The whole bot as a process of its own, for benches: one person, whose exports' files come from a server that a bench names. */
import { once } from 'node:events';
import { get, request, type IncomingMessage } from 'node:http';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import {
  createSuite,
  downloadPageOf,
  exportIdOf,
  readyAtOnce,
  type AppSuite,
  type View,
} from '../support/app/app-suite.ts';
import { startAppWorld } from '../support/app/app-world.ts';
import { runMainProcess } from '../support/app/main-process.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { noLimits, untilReady } from './load-run.ts';

export interface WholeBotOptions {
  readonly engine: 'embedded' | 'postgres';
  /** Where files come from: Graph redirects there. */
  readonly source: URL;
  /** Of the bot's process, beside what it needs. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface WholeBot {
  readonly pid: number;
  /** A page from which each form of a file can be taken once; `beside`: the bot itself read the small file that Graph has. */
  readonly exportFile: (reads: 'file' | 'beside') => Promise<string>;
  readonly stop: () => Promise<void>;
}

const [ada] = sandboxPeople;
const chat = personalChat(ada);

export async function startWholeBot({ engine, source, variables }: WholeBotOptions): Promise<WholeBot> {
  const database = engine === 'postgres' ? await postgresDatabase('on') : undefined;
  const world = await startAppWorld({
    runsApp: false,
    variables: {
      ...noLimits,
      LOG_LEVEL: 'warn',
      MAX_DOWNLOAD_MB: '10000',
      GRAPH_DOWNLOAD_HOSTS: source.host,
    },
    ...(database === undefined ? {} : { databaseUrl: database.url }),
  });
  const main = runMainProcess({ ...world.variables, ...variables });
  const suite = createSuite(() => world);
  await Promise.race([
    untilReady(world.publicUrl),
    main.ended.then(() => {
      throw new Error(`The bot has ended: ${main.output().slice(-2000)}`);
    }),
  ]);
  await suite.signIn(ada);
  return {
    pid: main.pid ?? 0,
    exportFile: async (reads) => {
      const view = suite.view(readyAtOnce, { rows: 20 });
      const redirect = (): void =>
        void world.graph.script({
          match: { op: 'content', view: view.explorerViewId },
          respond: { status: 302, headers: { location: source.href } },
        });
      if (reads === 'file') redirect();
      const page = await pageOf(suite, view);
      redirect();
      return page;
    },
    stop: async () => {
      main.kill('SIGTERM');
      await main.ended;
      await world.stop();
      await database?.drop();
    },
  };
}

/** Once the bot has read what the file says. */
async function pageOf(suite: AppSuite, view: View): Promise<string> {
  await suite.say(chat, ada, view.url);
  const card = await suite.card(chat, /average progress/, view);
  return downloadPageOf(
    await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(card) }, card.id),
  );
}

/** Takes a file as a browser would, and keeps nothing of it. @returns its bytes */
export async function take(address: string, method: 'GET' | 'POST'): Promise<number> {
  const call = method === 'GET' ? get(address, { agent: false }) : request(address, { agent: false, method });
  call.end();
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`${address} answers ${response.statusCode}`);
  let bytes = 0;
  response.on('data', (piece: Buffer) => (bytes += piece.length));
  await once(response, 'end');
  return bytes;
}
