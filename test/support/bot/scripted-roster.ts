/** Plays the part of the connector that knows who is in a conversation, answering as a test says; connects what asks it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { createBotCredentials, createTeamsAdapter } from '../../../src/bot/send/adapter.ts';
import { createConnectorClients } from '../../../src/bot/send/connector-client.ts';
import { createSdkAuthentication } from '../../../src/bot/receive/channel-authentication.ts';
import { collectingLog } from '../surroundings/quiet.ts';

type RosterAnswer = readonly [status: number, body: object];

export interface ScriptedRoster {
  /** Paths, in their order. */
  readonly asked: string[];
  /** Of what was posted, in its order. */
  readonly bodies: unknown[];
  /** Gives these one after the other, the last for ever, from now on. */
  readonly answer: (...answers: readonly RosterAnswer[]) => void;
  readonly serviceUrl: () => string;
  /** What `createCountOthers` and `createFindMember` need. */
  readonly deps: (isAllowed?: boolean) => {
    readonly adapter: ReturnType<typeof createTeamsAdapter>;
    readonly botId: string;
    readonly isAllowedServiceUrl: () => boolean;
    readonly log: ReturnType<typeof collectingLog>;
  };
}

/** For the suite that calls it. */
export function useScriptedRoster(): ScriptedRoster {
  const asked: string[] = [];
  const bodies: unknown[] = [];
  let answers: readonly RosterAnswer[] = [];
  let serviceUrl = '';
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push(decodeURIComponent(request.url ?? ''));
    if (request.method === 'POST') bodies.push(await json(request));
    const [status, body] = answers[Math.min(asked.length, answers.length) - 1] ?? [404, {}];
    // Not chained: restify changes writeHead for the whole process.
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void handle(request, response));
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    serviceUrl = `http://127.0.0.1:${address.port}/`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return {
    asked,
    bodies,
    answer: (...given) => {
      asked.length = 0;
      bodies.length = 0;
      answers = given;
    },
    serviceUrl: () => serviceUrl,
    deps: (isAllowed = true) => {
      const openIdUrl = `${serviceUrl}openid`;
      const channel = { issuer: 'https://channel.test', openIdUrl, scope: 'https://x/.default' };
      const authentication = createSdkAuthentication(
        { botId: 'bot', loginUrl: 'https://login.test/tenant', channel },
        createBotCredentials('bot'),
      );
      const clients = createConnectorClients(() => Promise.resolve('bot-token'));
      return {
        adapter: createTeamsAdapter(authentication, clients),
        botId: 'bot',
        isAllowedServiceUrl: () => isAllowed,
        log: collectingLog(),
      };
    },
  };
}
