/** Keeps other web sites out of the sandbox's pages: only this machine's own address counts, and only its own forms may post. */
import type { IncomingMessage } from 'node:http';

/**
 * Why a request is refused, or undefined. A page elsewhere can make a browser send requests here, under a name of its
 * own that leads to 127.0.0.1 too: hence `Host`. A browser tells with `Origin` whose form it posts.
 */
export const refusalOf = ({ method, headers }: IncomingMessage, port: number): string | undefined => {
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`];
  if (!hosts.includes(headers.host ?? '')) return 'Open this page as localhost.';
  if (method === 'GET' || method === 'HEAD') return undefined;
  return headers.origin === `http://${headers.host ?? ''}`
    ? undefined
    : 'Only the pages of this sandbox may send something here.';
};
