/** Stands between the bot and the Playground's conversations: hands on what the bot sends, so that a script can get in its way. */
import * as z from 'zod';
import { createLoopbackServer, type LoopbackServer } from './loopback/loopback-server.ts';
import type { Call, Answer } from './loopback/script.ts';
import { withoutDialogs } from './chat/without-dialogs.ts';
import type { WithOwner } from './chat/team-owner.ts';
import type { ConsentDesk } from './files/consent-desk.ts';

export type ConnectorProxy = Pick<LoopbackServer, 'start' | 'stop' | 'script'> &
  Readonly<{
    /** The same service URL with this proxy in place of the Playground; `other` names it by another of its two names. */
    serviceUrl: (playgroundUrl: string, other?: 'other') => string;
    /** For `BOT_SERVICE_URL_HOSTS`, after `start`. */
    hosts: () => readonly string[];
  }>;

export type ConnectorProxyOptions = Readonly<{
  /** 0, the default, takes any free port. */
  port?: number;
  /** Knows what the Playground is shown instead of what it cannot show. */
  desk?: Pick<ConsentDesk, 'asShown' | 'whenRemoved'>;
  /** Changes what the Playground answers about its roster. */
  withOwner?: WithOwner;
}>;

export const createConnectorProxy = ({
  port,
  desk,
  withOwner,
}: ConnectorProxyOptions = {}): ConnectorProxy => {
  // The Playground listens where its own service URL says, which the first activity tells.
  let target = 'http://127.0.0.1';
  const server = createLoopbackServer({
    handle: async (call) => {
      const answer = await (desk === undefined ? handOn(target, call) : handOnAsShown(target, call, desk));
      if (withOwner === undefined || call.method !== 'GET') return answer;
      const read = readJson(answer.body);
      return read === undefined ? answer : { ...answer, body: withOwner(call, read) };
    },
    ...(port === undefined ? {} : { port }),
  });
  const hosts = (): readonly string[] => {
    const { port } = new URL(server.url());
    return [`127.0.0.1:${port}`, `localhost:${port}`];
  };
  return {
    start: server.start,
    stop: server.stop,
    script: server.script,
    hosts,
    serviceUrl: (playgroundUrl, other) => {
      const url = new URL(playgroundUrl);
      target = url.origin;
      url.host = hosts()[other === undefined ? 0 : 1] ?? url.host;
      return url.href;
    },
  };
};

const handOn = async (target: string, call: Call): Promise<Answer> => {
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = call.headers;
  const url = new URL(call.path.split('/').map(encodeURIComponent).join('/'), target);
  url.search = new URLSearchParams(call.query).toString();
  const response = await fetch(url, {
    method: call.method,
    redirect: 'manual',
    headers: plain(headers),
    ...(call.body.length === 0 ? {} : { body: new Uint8Array(call.body) }),
  });
  const type = response.headers.get('content-type');
  return {
    status: response.status,
    body: Buffer.from(await response.arrayBuffer()),
    ...(type === null ? {} : { headers: { 'content-type': type } }),
  };
};

const handOnAsShown = async (
  target: string,
  call: Call,
  { asShown, whenRemoved }: NonNullable<ConnectorProxyOptions['desk']>,
): Promise<Answer> => {
  if (call.method === 'DELETE') {
    const instead = whenRemoved(call.path.split('/').at(-1) ?? '');
    return handOn(target, instead === undefined ? call : { ...call, method: 'PUT', ...jsonOf(instead) });
  }
  const activity = readJson(call.body);
  if (activity === undefined) return handOn(target, call);
  const shown = asShown(activity) ?? { activity: withoutDialogs(activity) };
  const answer = await handOn(target, { ...call, ...jsonOf(shown.activity) });
  const { id } = postedActivity.safeParse(readJson(answer.body)).data ?? {};
  if (id !== undefined) shown.posted?.(id);
  return answer;
};

const postedActivity = z.object({ id: z.string() });

const jsonOf = (activity: unknown): Pick<Call, 'body' | 'headers'> => ({
  body: Buffer.from(JSON.stringify(activity)),
  headers: { 'content-type': 'application/json' },
});

const readJson = (body: unknown): unknown => {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
};

const plain = (headers: Readonly<Record<string, string | string[] | undefined>>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || name === 'transfer-encoding' ? [] : [[name, String(value)]],
  );
