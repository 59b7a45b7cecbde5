/** Makes error answers of the simulated Graph, with both spellings of the inner error that the documents show. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../loopback/script.ts';

export type GraphErrorFacts = Readonly<{
  status: number;
  code: string;
  message: string;
  innerCode?: string;
  target?: string;
  spelling?: 'innerError' | 'innererror';
  headers?: Readonly<Record<string, string>>;
}>;

/** Repeats the answer's request id and date inside the body, as Graph does. */
export const graphError = (facts: GraphErrorFacts): Answer => {
  const requestId = randomUUID();
  const inner = {
    ...(facts.innerCode === undefined ? {} : { code: facts.innerCode }),
    date: new Date().toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': requestId,
  };
  return {
    status: facts.status,
    headers: { 'request-id': requestId, 'client-request-id': requestId, ...facts.headers },
    body: {
      error: {
        code: facts.code,
        message: facts.message,
        ...(facts.target === undefined ? {} : { target: facts.target }),
        [facts.spelling ?? 'innerError']: inner,
      },
    },
  };
};

export const organizationNotFound = (): Answer =>
  graphError({
    status: 404,
    code: 'notFound',
    message: 'The Goals organization was not found.',
    innerCode: 'goalsOrganizationIdNotFound',
  });

export const jobNotFound = (): Answer =>
  graphError({
    status: 404,
    code: 'notFound',
    message: 'The export job was not found.',
    innerCode: 'exportJobNotFound',
  });

export const accessDenied = (): Answer =>
  graphError({
    status: 403,
    code: 'accessDenied',
    message: 'The user is not a member of the Goals organization.',
  });

export const accessDeniedTo = (what: string): Answer =>
  graphError({
    status: 403,
    code: '',
    message: `You do not have the required permissions to access ${what}, or the item may not exist.`,
  });

export const missingScope = (scopes: readonly string[]): Answer =>
  graphError({
    status: 403,
    code: 'Forbidden',
    message: `Missing scope permissions on the request. API requires one of '${scopes.join(', ')}'.`,
  });

export const invalidToken = (message: string): Answer =>
  graphError({
    status: 401,
    code: 'InvalidAuthenticationToken',
    message,
    headers: { 'www-authenticate': 'Bearer realm="", error="invalid_token"' },
  });

export const serviceRetired = (form: 'noSegment' | 'html404' | 'html410'): Answer => {
  if (form === 'noSegment') {
    return graphError({
      status: 400,
      code: 'BadRequest',
      message: "Resource not found for the segment 'goals'.",
    });
  }
  const status = form === 'html404' ? 404 : 410;
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'request-id': randomUUID() },
    body: `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>The page is not available.</h1></body></html>`,
  };
};
