/** Stands between the Playground, which sends no token, and the production bot: signs each activity as the sandbox's channel. */
import { createServer, request as sendRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { close, listen } from '../loopback/listening.ts';
import type { ChannelAuthority } from './channel-keys.ts';

export type SigningProxyOptions = Readonly<{
  /** The bot's origin, e.g. `http://127.0.0.1:3978`. */
  target: string;
  authority: Pick<ChannelAuthority, 'sign'>;
  botId: string;
  /** 0, the default, takes any free port. */
  port?: number;
  /** Where the bot shall send its answers, when not to the service URL that the Playground names. */
  serviceUrlFor?: (given: string, text: string) => string;
  /** The tenant that a message comes from, when not from its own. */
  tenantFor?: (text: string) => string | undefined;
  /** What the Playground is shown instead of the answer to a button. */
  asShown?: (answer: unknown) => unknown;
  /** What the bot hears instead. */
  spoken?: (activity: unknown) => unknown;
  /** Is shown every activity as the Playground sent it. */
  seen?: (activity: unknown) => void;
  /** Whether a message that says this comes twice, as Teams repeats what was answered slowly. */
  comesTwice?: (text: string) => boolean;
}>;

export type SigningProxy = Readonly<{
  /** Rejects with EADDRINUSE when the port is taken. */
  start: () => Promise<{ url: string }>;
  stop: () => Promise<void>;
}>;

const object = z.looseObject({}).optional().catch(undefined);
const activity = z.looseObject({
  serviceUrl: z.string(),
  text: z.string().optional().catch(undefined),
  conversation: object,
  channelData: object,
});
const cardAction = z.looseObject({
  type: z.literal('invoke'),
  name: z.literal('adaptiveCard/action'),
  value: z.looseObject({ trigger: z.string().optional() }),
});

export const createSigningProxy = (options: SigningProxyOptions): SigningProxy => {
  const server = createServer((request, response) => {
    // The Playground asks with HEAD whether anybody is there; the bot has no answer to that.
    // restify, in the same process, patches `writeHead` so that it cannot be chained.
    if (request.method === 'HEAD') {
      response.statusCode = 200;
      return void response.end();
    }
    forward(options, request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      response.writeHead(502, { 'content-type': 'text/plain' });
      response.end(`The bot does not answer: ${error instanceof Error ? error.message : String(error)}`);
    });
  });
  return {
    start: async () => {
      const port = await listen(server, options.port ?? 0);
      return { url: `http://127.0.0.1:${port}` };
    },
    stop: () => close(server),
  };
};

const forward = async (
  options: SigningProxyOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const sent = await bytesOf(request);
  options.seen?.(readJson(sent));
  const body = addressed(options, asTeamsSends(sent));
  const said = activity.safeParse(readJson(body)).data;
  if (said !== undefined && options.comesTwice?.(said.text ?? '') === true)
    handOn(options, request, body, said.serviceUrl).then(
      (answer) => answer.resume(),
      () => undefined,
    );
  const answer = await handOn(options, request, body, said?.serviceUrl);
  const { asShown } = options;
  if (asShown !== undefined && cardAction.safeParse(said).success) {
    await showAnswer(answer, response, asShown);
    return;
  }
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, response);
};

const showAnswer = async (
  answer: IncomingMessage,
  response: ServerResponse,
  asShown: (answer: unknown) => unknown,
): Promise<void> => {
  const bytes = await bytesOf(answer);
  const read = readJson(bytes);
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, headers);
  response.end(read === undefined ? bytes : JSON.stringify(asShown(read)));
};

const bytesOf = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const handOn = async (
  { target, authority, botId }: SigningProxyOptions,
  request: IncomingMessage,
  body: Buffer,
  serviceUrl: string | undefined,
): Promise<IncomingMessage> => {
  const token = serviceUrl === undefined ? undefined : await authority.sign({ botId, serviceUrl });
  const headers = { ...forwardable(request.headers), 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const onward = sendRequest(new URL(request.url ?? '/', target), {
      method: request.method,
      headers: token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` },
    });
    onward.on('error', reject);
    onward.on('response', resolve);
    onward.end(body);
  });
};

const addressed = ({ serviceUrlFor, tenantFor, spoken }: SigningProxyOptions, body: Buffer): Buffer => {
  const sent = readJson(body);
  const said = activity.safeParse(spoken === undefined ? sent : spoken(sent)).data;
  if (said === undefined) return body;
  const text = said.text ?? '';
  const serviceUrl = serviceUrlFor?.(said.serviceUrl, text) ?? said.serviceUrl;
  const tenant = tenantFor?.(text);
  const from =
    tenant === undefined
      ? {}
      : {
          conversation: { ...said.conversation, tenantId: tenant },
          channelData: { ...said.channelData, tenant: { id: tenant } },
        };
  return Buffer.from(JSON.stringify({ ...said, serviceUrl, ...from }));
};

/** The Playground leaves out `trigger` of a card action; everything else that the bot checks is there. */
const asTeamsSends = (body: Buffer): Buffer => {
  const action = cardAction.safeParse(readJson(body)).data;
  if (!action || action.value.trigger !== undefined) return body;
  return Buffer.from(JSON.stringify({ ...action, value: { ...action.value, trigger: 'manual' } }));
};

const readJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Whatever the caller claims to be is not passed on. */
const forwardable = (headers: IncomingHttpHeaders): IncomingHttpHeaders => {
  const { authorization: _authorization, host: _host, connection: _connection, ...others } = headers;
  delete others['transfer-encoding'];
  return others;
};
