/** Reads what reaches the simulated Graph: which call of the goals export API it is, and whose token it brings. */
import * as z from 'zod';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { RawCall } from '../loopback/loopback-server.ts';
import type { Answer, Call } from '../loopback/script.ts';

export const exportJobsPath = '/beta/employeeExperience/goals/exportJobs';

export type GraphOperation =
  | Readonly<{ op: 'create'; goalsOrganizationId?: string; explorerViewId?: string }>
  | Readonly<{ op: 'list'; filter?: string; skip: number }>
  | Readonly<{ op: 'get'; jobId: string; select?: readonly string[] }>
  | Readonly<{ op: 'content'; jobId: string }>
  | Readonly<{ op: 'other' }>;

const createBody = z.object({
  goalsOrganizationId: z.string().optional(),
  explorerViewId: z.string().optional(),
});

export const readOperation = (call: RawCall): GraphOperation => {
  if (!call.path.startsWith(exportJobsPath)) return { op: 'other' };
  const [jobId, stream, ...rest] = call.path.slice(exportJobsPath.length).split('/').slice(1);
  if (rest.length > 0) return { op: 'other' };
  if (call.method === 'POST' && jobId === undefined) return { op: 'create', ...readCreateBody(call.body) };
  if (call.method !== 'GET') return { op: 'other' };
  if (jobId === undefined) return readList(call.query);
  if (stream === 'content') return { op: 'content', jobId };
  const select = call.query['$select'];
  return { op: 'get', jobId, ...(select === undefined ? {} : { select: select.split(',') }) };
};

const readList = (query: RawCall['query']): GraphOperation => {
  const filter = query['$filter'];
  return { op: 'list', skip: Number(query['$skiptoken'] ?? 0), ...(filter === undefined ? {} : { filter }) };
};

const readCreateBody = (body: Buffer) => {
  try {
    const { goalsOrganizationId, explorerViewId } = createBody.parse(JSON.parse(body.toString('utf8')));
    return {
      ...(goalsOrganizationId === undefined ? {} : { goalsOrganizationId }),
      ...(explorerViewId === undefined ? {} : { explorerViewId }),
    };
  } catch {
    return {};
  }
};

/** What else lives below the same address of Graph. */
export type GraphNeighbour = Readonly<{
  /** Undefined for what is not its own. */
  annotate: (call: RawCall) => Pick<Call, 'op' | 'about'> | undefined;
  /** Of calls that it has annotated. */
  answer: (call: Call, caller: GraphCaller) => Answer;
}>;

/** Each answers what is its own. */
export const neighbours = (...all: readonly GraphNeighbour[]): GraphNeighbour => {
  const ownerOf = (call: RawCall) => all.find((one) => one.annotate(call) !== undefined);
  return {
    annotate: (call) => ownerOf(call)?.annotate(call),
    answer: (call, caller) => {
      const owner = ownerOf(call);
      if (owner === undefined) throw new Error(`Nobody has annotated ${call.path}.`);
      return owner.answer(call, caller);
    },
  };
};

export type GraphCaller = Readonly<{ oid: string; tid: string; scopes: readonly string[] }>;

type TokenVerdict =
  Readonly<{ kind: 'caller'; caller: GraphCaller }> | Readonly<{ kind: 'refused'; message: string }>;

export type VerifyGraphToken = (authorization: string | undefined) => Promise<TokenVerdict>;

const graphAudiences: readonly string[] = [
  'https://graph.microsoft.com',
  '00000003-0000-0000-c000-000000000000',
];

/** A token of an app for itself has no scopes. */
const claims = z.object({ oid: z.string(), tid: z.string(), scp: z.string().default('') });

/** Seconds. A token counts in whole seconds, and is on its way for some of them. */
const clockTolerance = 5;

export const createGraphTokenCheck = (options: {
  jwksUrl: string;
  clock: () => number;
}): VerifyGraphToken => {
  const keys = createRemoteJWKSet(new URL(options.jwksUrl));

  return async function verifyGraphToken(authorization) {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return { kind: 'refused', message: 'Access token is empty.' };
    try {
      const { payload } = await jwtVerify(token, keys, {
        audience: [...graphAudiences],
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'iss'],
        currentDate: new Date(options.clock()),
        clockTolerance,
      });
      const { oid, tid, scp } = claims.parse(payload);
      return { kind: 'caller', caller: { oid, tid, scopes: scp.split(' ') } };
    } catch (error) {
      return { kind: 'refused', message: wordsFor(error) };
    }
  };
};

const wordsFor = (error: unknown): string => {
  if (error instanceof errors.JWTExpired) return 'Lifetime validation failed, the token is expired.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return 'Access token validation failure. Invalid audience.';
  return 'IDX14100: JWT is not well formed or its signature is invalid.';
};
