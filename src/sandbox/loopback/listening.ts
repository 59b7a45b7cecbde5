/** Finds a port to listen on (the usual one if it is free, else any), and lets a server listen there, and end. */
import type { Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';

/** 0 asks for any free port. Somebody may take it before the caller does: that then fails with EADDRINUSE. */
export async function freePort(preferred: number): Promise<number> {
  // Somebody on all addresses leaves 127.0.0.1 free, but a browser that is sent to localhost would meet them.
  const everywhere = await tryPort(preferred);
  const here = everywhere === undefined ? undefined : await tryPort(everywhere, '127.0.0.1');
  return here ?? (await tryPort(0, '127.0.0.1')) ?? 0;
}

const tryPort = (port: number, host?: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(undefined);
    });
    probe.listen(port, host, () => {
      const { port: taken } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(taken);
      });
    });
  });

/** On 127.0.0.1; the port that it got. Rejects with EADDRINUSE when the port is taken. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Ends every connection, also the hanging ones. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
