/** The processes of `npm run bench -- download` beside the bot: a source of files over TLS, and the shortest way through Node. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { contentFor } from '../../src/sandbox/graph/goals-content.ts';

const engines = z.array(z.enum(['embedded', 'postgres']));
const schema = z.object({
  role: z.enum(['source', 'raw']).optional(),
  /** `forms`: what memory it takes to read a file and to take it in all three. */
  what: z.enum(['download', 'forms']).default('download'),
  engines: z
    .string()
    .default('embedded,postgres')
    .transform((names) => engines.parse(names.split(','))),
  mb: z.coerce.number().positive().optional(),
  rounds: z.coerce.number().int().positive().default(5),
  /** How the source says where the file ends: by its length, by chunks, or by closing the connection. */
  framing: z.enum(['counted', 'chunked', 'open']).default('counted'),
  /** Options of the bot's process, such as `--node="--cpu-prof --cpu-prof-dir=/tmp/profile"`. */
  node: z.string().optional(),
  /** Where the source is, and a file with its key and certificate. */
  from: z.string().default(''),
  pair: z.string().default(''),
});
export type DownloadArguments = z.infer<typeof schema> & { readonly mb: number };

const usualMegabytes = { download: 200, forms: 20 } as const;

const text = { type: 'string' } as const;

/** @throws Error on an argument that it does not know */
export function readDownloadArguments(args: readonly string[]): DownloadArguments {
  const own = { what: text, engines: text, mb: text, rounds: text, framing: text, node: text };
  const options = { ...own, role: text, from: text, pair: text };
  const given = schema.parse(parseArgs({ args: [...args], options }).values);
  return { ...given, mb: given.mb ?? usualMegabytes[given.what] };
}

const bytesPerRow = 870;
/** Rows that are all different; a larger file has them over and over. */
const mostRows = 25_000;
let made: Buffer | undefined;

function sampleOf({ mb }: DownloadArguments): Buffer {
  const rows = Math.min(mostRows, Math.ceil((mb * 1e6) / bytesPerRow));
  return (made ??= contentFor({
    explorerViewId: 'bench',
    createdAt: Date.parse('2025-06-01'),
    rows,
  }));
}

const pieceBytes = 1_000_000;

function* pieces(given: DownloadArguments): Generator<Uint8Array> {
  const sample = sampleOf(given);
  let from = 0;
  for (let left = given.mb * 1e6; left > 0; from = sample.indexOf('\n') + 1) {
    left -= sample.length - from;
    for (; from < sample.length; from += pieceBytes) yield sample.subarray(from, from + pieceBytes);
  }
}

export function downloadBytes(given: DownloadArguments): number {
  let bytes = 0;
  for (const piece of pieces(given)) bytes += piece.length;
  return bytes;
}

function answerAsGraph(response: ServerResponse, given: DownloadArguments): void {
  const { framing } = given;
  if (framing === 'open') response.useChunkedEncodingByDefault = false;
  const length = framing === 'counted' ? { 'content-length': downloadBytes(given) } : {};
  response.writeHead(200, { 'content-type': 'text/csv', ...length });
  void pipeline(pieces(given), response).catch(() => undefined);
}

const raw =
  ({ from }: DownloadArguments): RequestListener =>
  (_request, response) => {
    https.get(`${from}/content`, { headers: { authorization: 'Bearer sample' } }, (source) => {
      const length = source.headers['content-length'];
      const headers = length === undefined ? {} : { 'content-length': length };
      response.writeHead(200, { 'content-type': 'text/csv', ...headers });
      void pipeline(source, response);
    });
  };

/** Tells its port to whoever started it, and ends with it. */
async function serve(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.((server.address() as AddressInfo).port);
  process.once('disconnect', () => process.exit());
}

const pairOf = ({ pair }: DownloadArguments): https.ServerOptions =>
  z.object({ key: z.string(), cert: z.string() }).parse(JSON.parse(readFileSync(pair, 'utf8')));

if (import.meta.main) {
  const given = readDownloadArguments(process.argv.slice(2));
  switch (given.role) {
    case 'source':
      await serve(https.createServer(pairOf(given), (_request, response) => answerAsGraph(response, given)));
      break;
    case 'raw':
      await serve(createServer(raw(given)));
      break;
    case undefined:
      throw new Error('Which one?');
  }
}
