/** What a page of the sandbox is: the request it is given, and what it shows. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Html } from '../../web/html.ts';

export type PageRequest = Readonly<{
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Empty for GET. */
  body: Buffer;
}>;

export type SandboxPage = Readonly<{
  /** 200 without it. */
  status?: number;
  /** Window title and heading. */
  title: string;
  body: Html;
}>;

export type PageRoute = Readonly<{
  method: 'GET' | 'POST';
  path: string;
  /** Bytes that a POST may bring; 64 KB without it. */
  maxBytes?: number;
  /** How the start page leads to it; without it, it does not. */
  entry?: Readonly<{ title: string; what: string }>;
  answer: (request: PageRequest) => Promise<SandboxPage> | SandboxPage;
}>;
