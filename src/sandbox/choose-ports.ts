/** Chooses where each part of the sandbox listens: beside one another, each time the same where they are free. */
import { freePort } from './loopback/listening.ts';

export type Ports = Readonly<
  Record<'chat' | 'bot' | 'graph' | 'entra' | 'channel' | 'pages' | 'connector' | 'files', number>
>;

/** The same ones each time if they are free: tokens and links name them. */
export async function choosePorts(port: number): Promise<Ports> {
  const near = (offset: number): Promise<number> => freePort(port === 0 ? 0 : port + offset);
  return {
    chat: await near(0),
    bot: await near(1),
    graph: await near(2),
    entra: await near(3),
    channel: await near(4),
    pages: await near(5),
    connector: await near(6),
    files: await near(7),
  };
}
