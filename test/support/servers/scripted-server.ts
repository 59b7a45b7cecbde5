/** Starts a loopback HTTP server whose answer a test sets, and counts what comes. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedServer {
  readonly port: number;
  /** Of the next request. */
  answer: RequestListener;
  /** Paths, in order. */
  readonly asked: readonly (string | undefined)[];
  readonly connections: () => number;
  readonly close: () => void;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const asked: (string | undefined)[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    asked.push(request.url);
    scripted.answer(request, response);
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const scripted: ScriptedServer = {
    port: (server.address() as AddressInfo).port,
    answer: (_request, response) => response.writeHead(500).end(),
    asked,
    connections: () => connections,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return scripted;
}
