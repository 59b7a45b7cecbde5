/** Stands between the bot and the Playground's conversations: hands on what the bot sends, so that a script can get in its way. */
import type { LoopbackServer } from './loopback-server.ts';
import { createLoopbackServer } from './loopback-server.ts';
import type { Call } from './call.ts';
import type { Answer } from './script.ts';

export type ConnectorProxy = Pick<LoopbackServer, 'start' | 'stop' | 'script'> &
  Readonly<{
    /** The same service URL with this proxy in place of the Playground; `other` names it by another of its two names. */
    serviceUrl: (playgroundUrl: string, other?: 'other') => string;
    /** For `BOT_SERVICE_URL_HOSTS`, after `start`. */
    hosts: () => readonly string[];
  }>;

export const createConnectorProxy = (options: { readonly port?: number } = {}): ConnectorProxy => {
  // The Playground listens where its own service URL says, which the first activity tells.
  let target = 'http://127.0.0.1';
  const server = createLoopbackServer({
    ...options,
    handle: (call) => handOn(target, call),
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
    ...{ method: call.method, redirect: 'manual', headers: plain(headers) },
    ...(call.body.length === 0 ? {} : { body: new Uint8Array(call.body) }),
  });
  const type = response.headers.get('content-type');
  return {
    ...{ status: response.status, body: Buffer.from(await response.arrayBuffer()) },
    ...(type === null ? {} : { headers: { 'content-type': type } }),
  };
};

const plain = (headers: Readonly<Record<string, string | string[] | undefined>>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || name === 'transfer-encoding' ? [] : [[name, String(value)]],
  );
