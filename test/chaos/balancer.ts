/** The one address of several instances: hands each connection to one of them that listens, as a load balancer does. */
import { connect, createServer, type Socket } from 'node:net';
import type { Dice } from './dice.ts';

export interface Balancer {
  readonly stop: () => Promise<void>;
}

/** @param ports of the instances that take connections now */
export function startBalancer(port: number, ports: () => readonly number[], dice: Dice): Promise<Balancer> {
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    // Whichever side breaks, the other is told by destroying it.
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    handOver(client, dice.shuffled(ports()), keep);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({
        stop: () =>
          new Promise((stopped) => {
            server.close(() => {
              stopped();
            });
            for (const socket of open) socket.destroy();
          }),
      });
    });
  });
}

function handOver(client: Socket, ports: readonly number[], keep: (socket: Socket) => void): void {
  const [port, ...others] = ports;
  if (port === undefined) {
    client.destroy();
    return;
  }
  const instance = connect({ port, host: '127.0.0.1' });
  keep(instance);
  const refused = (): void => {
    handOver(client, others, keep);
  };
  instance.once('error', refused).once('connect', () => {
    instance.off('error', refused).on('close', () => client.destroy());
    client.on('close', () => instance.destroy());
    client.pipe(instance).pipe(client);
  });
}
