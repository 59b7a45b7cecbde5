/** A server that sends headers and the beginning of a file, and then nothing until the client gives up. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StallingServer {
  readonly baseUrl: string;
  /** Resolves when the client has closed a connection. */
  readonly clientLeft: Promise<unknown>;
  readonly stop: () => void;
}

export async function startStallingServer(beginning: Uint8Array): Promise<StallingServer> {
  const left = Promise.withResolvers<undefined>();
  const server = createServer((_request, response) => {
    response.on('close', () => left.resolve(undefined));
    response.writeHead(200, { 'content-type': 'text/csv', 'content-length': '1000000' });
    response.write(beginning);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${String(port)}`,
    clientLeft: left.promise,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
