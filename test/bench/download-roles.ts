/** The processes of `npm run bench:download`: a source over TLS as Graph is, the bot's way through it, and the shortest way that Node has. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { contentFor } from '../../src/sandbox/graph/goals-content.ts';
import { createGraphClient } from '../../src/adapters/graph/http/graph-client.ts';
import { createGoalsExports } from '../../src/sources/goals/goals-api.ts';
import type { Log } from '../../src/ports/runtime.ts';
import { sendFile } from '../../src/web/send-file.ts';

const schema = z.object({
  role: z.enum(['source', 'raw', 'ours']).optional(),
  mb: z.coerce.number().positive().default(200),
  rounds: z.coerce.number().int().positive().default(5),
  /** How the source says where the file ends: by its length, by chunks, or by closing the connection. */
  framing: z.enum(['counted', 'chunked', 'open']).default('counted'),
  /** Options of the bot's process, such as `--node="--cpu-prof --cpu-prof-dir=/tmp/profile"`. */
  node: z.string().optional(),
  /** Where the source is, and a file with its key and certificate. */
  from: z.string().default(''),
  pair: z.string().default(''),
});
export type DownloadArguments = z.infer<typeof schema>;

const text = { type: 'string' } as const;

/** @throws Error on an argument that it does not know */
export function readDownloadArguments(args: readonly string[]): DownloadArguments {
  const options = { role: text, mb: text, rounds: text, framing: text, node: text, from: text, pair: text };
  return schema.parse(parseArgs({ args: [...args], options }).values);
}

/** The sandbox's rows over and over. */
const sample = contentFor({ explorerViewId: 'bench', createdAt: Date.parse('2025-06-01'), rows: 2_000 });
const rows = sample.subarray(sample.indexOf('\n') + 1);
const repeats = ({ mb }: DownloadArguments): number => Math.ceil((mb * 1e6) / rows.length);

export const downloadBytes = (given: DownloadArguments): number =>
  sample.length + repeats(given) * rows.length;

function* pieces(given: DownloadArguments): Generator<Uint8Array> {
  yield sample;
  for (let nth = 0; nth < repeats(given); nth += 1) yield rows;
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

function ours({ from }: DownloadArguments): RequestListener {
  const nothing = (): void => undefined;
  const log: Log = {
    debug: nothing,
    info: nothing,
    warn: console.error,
    error: console.error,
    child: () => log,
  };
  const clock = { now: () => new Date() };
  const goals = createGoalsExports(
    createGraphClient({ baseUrl: from, downloadHosts: [], maxDownloadBytes: 2e9, clock, log }),
  );
  const handOver = async (response: ServerResponse): Promise<void> => {
    const answer = await goals.content('sample', 'j');
    if (answer.kind !== 'content') throw new Error(answer.kind);
    const sent = await sendFile(response, { ...answer, fileName: 'sample.csv' });
    if (sent.kind === 'broken') throw sent.cause;
  };
  return (_request, response) => void handOver(response);
}

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
    case 'ours':
    case undefined:
      await serve(createServer(ours(given)));
  }
}
