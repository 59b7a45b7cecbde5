/** Sends bytes that no well-behaved client would send, and collects what comes back until the connection ends. */
import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 when nothing came. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

export async function rawRequest(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  const text = await new Promise<string>((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const end = (): void => resolve(Buffer.concat(chunks).toString('latin1'));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('close', end).on('error', end);
  });
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    head: head.toLowerCase(),
    body: rest.join('\r\n\r\n'),
  };
}
