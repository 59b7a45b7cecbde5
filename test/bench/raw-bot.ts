/**
 * The raw reference of messages and exports: the least that Node needs to check the channel's token, answer with a card, sign somebody
 * in, start a job of Graph, look at it and change the card. A process of its own; it keeps nothing and mends nothing.
 */
import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';

interface Activity {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly text?: string;
  readonly value?: { readonly token: string };
  readonly serviceUrl: string;
  readonly from: { readonly id: string };
  readonly conversation: { readonly id: string };
}

interface Answer<T> {
  readonly status: number;
  readonly location: string;
  readonly body: T;
}

const setting = (name: string): string => process.env[name] ?? '';
/** A connection that has been idle for longer may be closed just when it is used. */
const agent = new Agent({ keepAlive: true, maxSockets: 128, timeout: 2_000 });
const lookEvery = 3_000;

async function ask<T>(
  method: string,
  url: string,
  token?: string,
  body?: object | URLSearchParams,
): Promise<Answer<T>> {
  const isForm = body instanceof URLSearchParams;
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
  };
  const call = request(url, { method, agent, headers });
  call.end(isForm ? body.toString() : JSON.stringify(body));
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const { statusCode: status = 0, headers: given } = response;
  return { status, location: given.location ?? '', body: (await json(response)) as T };
}

async function tokenBy(tenant: string, grant: Readonly<Record<string, string>>): Promise<string> {
  const url = `${setting('ENTRA_BASE_URL')}/${tenant}/oauth2/v2.0/token`;
  const answer = await ask<{ access_token: string }>('POST', url, undefined, new URLSearchParams(grant));
  return answer.body.access_token;
}

const botToken = once1(() =>
  tokenBy(setting('BOT_TENANT_ID'), {
    grant_type: 'client_credentials',
    client_id: setting('BOT_ID'),
    client_secret: setting('BOT_PASSWORD'),
    scope: 'https://api.botframework.com/.default',
  }),
);

const channelKeys = once1(async () => {
  const { body } = await ask<{ jwks_uri: string }>('GET', setting('BOT_CHANNEL_OPENID_URL'));
  const keys = await ask<{ keys: readonly (JsonWebKey & { kid: string })[] }>('GET', body.jwks_uri);
  return new Map(keys.body.keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]));
});

function once1<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

const readPart = (part: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

async function isFromChannel(token: string, { serviceUrl }: Activity): Promise<boolean> {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const [{ alg, kid }, claims] = [readPart(head), readPart(payload)];
  const key: KeyObject | undefined = (await channelKeys()).get(String(kid));
  const isSigned =
    alg === 'RS256' &&
    key !== undefined &&
    verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'));
  return (
    isSigned &&
    claims['iss'] === setting('BOT_CHANNEL_ISSUER') &&
    claims['aud'] === setting('BOT_ID') &&
    claims['serviceurl'] === serviceUrl &&
    Number(claims['exp']) * 1000 > Date.now()
  );
}

/** Posts, or changes the activity that is named. @returns its id */
async function send(
  { serviceUrl, conversation }: Activity,
  attachment: object,
  changes?: string,
): Promise<string> {
  const activities = `${serviceUrl.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(conversation.id)}/activities`;
  const url = changes === undefined ? activities : `${activities}/${encodeURIComponent(changes)}`;
  const content = { type: 'message', attachments: [attachment] };
  const { body } = await ask<{ id: string }>(
    changes === undefined ? 'POST' : 'PUT',
    url,
    await botToken(),
    content,
  );
  return body.id;
}

const cardOf = (text: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text, wrap: true }] },
});

const questionOf = ({ id }: Activity) => ({
  contentType: 'application/vnd.microsoft.card.oauth',
  content: {
    text: 'Sign in',
    connectionName: 'raw',
    tokenExchangeResource: { id, uri: setting('AAD_APP_ID_URI') },
    buttons: [],
  },
});

const tokens = new Map<string, string>();
const waiting = new Map<string, Activity>();
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

async function onMessage(activity: Activity): Promise<void> {
  const [goalsOrganizationId, explorerViewId] = (activity.text ?? '').match(guid) ?? [];
  if (explorerViewId === undefined) {
    await send(activity, cardOf('Paste the link of a view.'));
    return;
  }
  const token = tokens.get(activity.from.id);
  if (token !== undefined) return follow(activity, token, { goalsOrganizationId, explorerViewId });
  waiting.set(activity.from.id, activity);
  await send(activity, questionOf(activity));
}

async function onSignIn({ from, value }: Activity): Promise<void> {
  const assertion = value?.token ?? '';
  const { tid } = readPart(assertion.split('.')[1] ?? '');
  const grant = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: setting('AAD_APP_CLIENT_ID'),
    client_secret: setting('AAD_APP_CLIENT_SECRET'),
    assertion,
    scope: setting('RAW_SCOPES'),
  };
  tokens.set(from.id, await tokenBy(String(tid), grant));
  const first = waiting.get(from.id);
  if (first !== undefined) await onMessage(first);
}

interface Job {
  readonly id: string;
  readonly status: string;
}

async function follow(activity: Activity, token: string, view: object): Promise<void> {
  const jobs = `${setting('GRAPH_BASE_URL')}/beta/employeeExperience/goals/exportJobs`;
  const { body: job } = await ask<Job>('POST', jobs, token, view);
  const card = await send(activity, cardOf(`Export ${job.status}`));
  const look = async (): Promise<void> => {
    const { body } = await ask<Job | { value: Job }>('GET', `${jobs}/${encodeURIComponent(job.id)}`, token);
    const { status } = 'value' in body ? body.value : body;
    if (status === 'succeeded') await send(activity, cardOf('Your file is ready to download'), card);
    else setTimeout(() => void look(), lookEvery);
  };
  setTimeout(() => void look(), lookEvery);
}

createServer((incoming, response) => {
  void (async () => {
    const activity = (await json(incoming)) as Activity;
    const token = (incoming.headers.authorization ?? '').replace(/^Bearer /, '');
    if (!(await isFromChannel(token, activity))) return response.writeHead(401).end();
    const isSignIn = activity.name === 'signin/tokenExchange';
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    await (isSignIn ? onSignIn(activity) : onMessage(activity));
    return undefined;
  })();
}).listen(Number(setting('PORT')), '127.0.0.1');
