/** Serves the app's bot floor on loopback, over use cases that record what they were asked. */
import { readGoalsLinks } from '../samples/goals-links.ts';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { createExportView } from '../../../src/bot/send/card-views.ts';
import { createBotFloor, type Channel } from '../../../src/app/bot-floor.ts';
import { createTypingIndicator } from '../../../src/bot/send/typing-indicator.ts';
import { createWordsFor, languages, type Languages } from '../../../src/words/words.ts';
import { createOwnFileView } from '../../../src/bot/send/card-views.ts';
import type { MessageLimits } from '../../../src/bot/receive/pace.ts';
import type { InboundKey } from '../../../src/ports/conversation.ts';
import type { Stores } from '../../../src/ports/runtime.ts';
import type { Asked, UseCaseOverrides } from './recording-use-cases.ts';
import { recordingUseCases } from './recording-use-cases.ts';
import { connectTo } from './teams-connection.ts';
import { signToken } from './loopback-channel.ts';
import type { LoopbackChannel } from './loopback-channel.ts';
import { clockAt, collectingLog, watchedBackground } from '../surroundings/quiet.ts';
import type { LogLine, WatchedBackground } from '../surroundings/quiet.ts';

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly body: unknown;
}
type Activity = Readonly<Record<string, unknown>>;

export interface BotFloor {
  readonly botId: string;
  readonly tenantId: string;
  readonly asked: readonly Asked[];
  readonly lines: readonly LogLine[];
  readonly background: WatchedBackground;
  readonly stores: Pick<Stores, 'conversations' | 'inbound'>;
  /** What `post` needs for a delivery with a good token. */
  readonly signed: (activity: Activity) => Promise<[body: Activity, authorization: string]>;
  readonly post: (body: unknown, authorization?: string) => Promise<Answered>;
  /** With a good token for the activity's service URL; waits for what follows the answer. */
  readonly deliver: (activity: Activity) => Promise<Answered>;
  /** Until the next HTTP answer is out. */
  readonly answered: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Overrides extends UseCaseOverrides {
  readonly languages?: Languages;
  readonly stores?: Pick<Stores, 'conversations' | 'inbound'>;
  readonly patienceMilliseconds?: number;
  readonly timeoutMilliseconds?: number;
  /** What Teams calls whoever it is asked about. */
  readonly rosterName?: string;
  readonly isKnownTenant?: (tenantId: string) => Promise<boolean>;
  /** Nobody is too quick unless given. */
  readonly messageLimits?: MessageLimits;
  /** What a conversation waits for before it is shown that the bot is typing; it never comes unless given. */
  readonly untilTyping?: () => Promise<void>;
  /** One unless given. */
  readonly living?: () => number;
  /** No time passes unless given. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

const signInCard: Channel['signInCard'] = {
  newId: randomUUID,
  appIdUri: 'api://botid-sample',
  signInUrl: (requestId) => `https://bot.example.com/auth/start?request=${requestId}`,
};
const fileLimits = { megabytes: 20, rows: 100_000 };
const clock = clockAt('2026-03-02T10:00:00Z');

export async function startBotFloor(channel: LoopbackChannel, overrides: Overrides = {}): Promise<BotFloor> {
  const [botId, tenantId] = [randomUUID(), randomUUID()];
  const asked: Asked[] = [];
  const log = collectingLog();
  const background = watchedBackground();
  const { admit, connector: bare } = connectTo(channel, { botId, log, clock });
  const { conversations, inbound } = overrides.stores ?? memoryStores(asked);
  const { exports, offerDownload, verifyState, ...recording } = recordingUseCases(asked, overrides);
  // Nobody's patience for a reply ends.
  const never = new Promise<void>(() => undefined);
  const { pause = (milliseconds) => (milliseconds === 3_000 ? never : nextTurn()) } = overrides;
  const { untilTyping = () => never } = overrides;
  const { connector, expect } = createTypingIndicator({ connector: bare, log, pause: untilTyping });
  const { handleBotRequest } = createBotFloor(
    {
      wordsFor: createWordsFor(overrides.languages ?? languages),
      readLinks: readGoalsLinks,
      config: {
        allowedTenants: new Set([tenantId]),
        messageLimits: overrides.messageLimits ?? { perUser: 1_000_000, perTenant: 1_000_000 },
      },
      clock,
      chance: { newId: randomUUID },
      instances: { living: overrides.living ?? (() => 1), isNew: () => false },
      processAge: () => 60,
      background,
      log,
      stores: { conversations, inbound, exports },
      useCases: {
        ...recording,
        downloadExport: { offer: offerDownload },
        signInByBrowser: { verifyState },
        catchUp: () => Promise.resolve(),
      },
    },
    {
      connector,
      exportView: createExportView({ clock, adminConsentUrl: () => 'https://login.test/adminconsent' }),
      ownFileView: createOwnFileView(fileLimits),
      fileLimits,
      signInCard,
      admit,
      people: { nameOf: () => Promise.resolve(overrides.rosterName) },
      isKnownTenant: overrides.isKnownTenant ?? (() => Promise.resolve(true)),
      expectAnswer: expect,
      pause,
      patience: {
        signIn: overrides.patienceMilliseconds ?? 4000,
        whole: overrides.timeoutMilliseconds ?? 4500,
      },
    },
  );
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const body: unknown = JSON.parse(Buffer.concat(chunks as Buffer[]).toString('utf8'));
      return handleBotRequest({ headers: request.headers, body }, response);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const events = new EventEmitter();
  const post: BotFloor['post'] = async (body, authorization) => {
    const response = await fetch(`http://127.0.0.1:${address.port}/api/messages`, {
      method: 'POST',
      headers: authorization === undefined ? {} : { authorization },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    events.emit('answered');
    return { status: response.status, text, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  const signed: BotFloor['signed'] = async (activity) => [
    activity,
    `Bearer ${await goodToken(channel, botId, activity['serviceUrl'])}`,
  ];
  return {
    botId,
    tenantId,
    asked,
    background,
    post,
    lines: log.lines,
    stores: { conversations, inbound },
    signed,
    deliver: async (activity) => {
      const answered = await post(...(await signed(activity)));
      await background.settled();
      return answered;
    },
    answered: async () => {
      await once(events, 'answered');
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export const goodToken = (channel: LoopbackChannel, botId: string, serviceUrl: unknown): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  return signToken(channel.key, {
    iss: channel.issuer,
    aud: botId,
    serviceurl: serviceUrl,
    nbf: now - 60,
    exp: now + 600,
  });
};

/** Soon, so that whoever waits in a loop lets others go on. */
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function memoryStores(asked: Asked[]): Pick<Stores, 'conversations' | 'inbound'> {
  const [seen, welcomed] = [new Set<string>(), new Set<string>()];
  const addTo = (set: Set<string>, key: string): Promise<boolean> =>
    Promise.resolve(set.size < set.add(key).size);
  const none = () => Promise.resolve();
  const claims = new Map<string, string>();
  const nameOf = ({ tenantId, conversationId, activityId }: InboundKey): string =>
    [tenantId, conversationId, activityId].join(' ');
  return {
    inbound: {
      firstTime: (...key) => addTo(seen, key.join(' ')),
      note: async (...key) => {
        await addTo(seen, key.join(' '));
      },
      isFirstVersion: async (tenantId, conversationId, activityId, version) => {
        const mine = [tenantId, conversationId, activityId, version].join(' ');
        if (await addTo(seen, [tenantId, conversationId, activityId].join(' '))) seen.add(mine);
        return seen.has(mine);
      },
      claim: (conversation, activityId, holder) => {
        const name = nameOf({ ...conversation, activityId });
        if (seen.has(name)) return Promise.resolve({ kind: 'done' });
        const by = claims.get(name) ?? holder;
        claims.set(name, by);
        return Promise.resolve(by === holder ? { kind: 'claimed', isRemembered: false } : { kind: 'held' });
      },
      answered: async (conversation, activityId) => {
        await addTo(seen, nameOf({ ...conversation, activityId }));
        return { isRemembered: false };
      },
      done: async (key) => {
        claims.delete(nameOf(key));
        await addTo(seen, nameOf(key));
      },
      release: (key) => {
        claims.delete(nameOf(key));
        return none();
      },
      isKnown: (...key) => Promise.resolve(seen.has(key.join(' '))),
    },
    conversations: {
      remember: (conversation) => {
        asked.push({ useCase: 'remember', given: { ...conversation } });
        return Promise.resolve('open' as const);
      },
      claimWelcome: ({ conversationId }) => addTo(welcomed, conversationId),
      block: none,
      unblock: none,
      forget: none,
      isBlocked: () => Promise.resolve(false),
    },
  };
}
