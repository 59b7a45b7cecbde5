/** Serves the metrics on the operators' own port: whoever can reach it can read them. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Log } from '../ports/runtime.ts';

export interface MetricsServerDeps {
  readonly host: string;
  readonly port: number;
  readonly contentType: string;
  readonly render: () => Promise<string>;
  readonly log: Log;
}

export interface MetricsServer {
  /** Rejects when the address cannot be had. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createMetricsServer(deps: MetricsServerDeps): MetricsServer {
  const server = createServer({ requestTimeout: 5_000 }, (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return send(response, 404, 'text/plain', '');
    deps.render().then(
      (text) => send(response, 200, deps.contentType, text),
      (err: unknown) => {
        deps.log.error({ err }, 'the metrics could not be rendered');
        send(response, 500, 'text/plain', '');
      },
    );
  });
  return {
    start: async () => {
      await once(server.listen(deps.port, deps.host), 'listening');
    },
    stop: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}
