/** Answers `/oauth2/v2.0/authorize` and `/adminconsent`: what happens in the person's browser. */
import type { RawCall } from '../loopback/loopback-server.ts';
import type { Person } from '../chat/people.ts';
import type { Answer } from '../loopback/script.ts';
import type { AppRegistration, Directory } from './directory.ts';
import { entraErrorQuery, type EntraErrorName } from './entra-errors.ts';
import type { EntraTokens } from './entra-tokens.ts';
import { grantedByDefault, readScopes, readForm } from './token-request.ts';

type AuthorizeDeps = Readonly<{ directory: Directory; tokens: EntraTokens }>;
type Query = RawCall['query'];

export const authorize = (deps: AuthorizeDeps, call: RawCall, tenant: string): Answer => {
  const { query } = call;
  const target = checkTarget(deps.directory, query, tenant);
  if (typeof target === 'string') return refusalPage(target);
  const problem = protocolProblem(query);
  if (problem !== undefined) return sendBack(query, { error: 'invalid_request', error_description: problem });
  const { user: choice, consent } = readForm(call.body);
  if (choice === 'decline' || consent === 'decline') return sendBack(query, cancelled);
  const person = deps.directory.person(choice) ?? whoWithoutAsking(deps.directory, query, tenant);
  if (person) return signedIn(deps, query, target, { person, accepts: consent === 'accept' });
  if (query['prompt'] === 'none')
    return sendBack(query, { error: 'login_required', error_description: 'AADSTS50058: No session.' });
  return signInPage(deps.directory.peopleOf(tenant));
};

export const adminConsent = (
  deps: Pick<AuthorizeDeps, 'directory'>,
  call: RawCall,
  tenant: string,
): Answer => {
  const target = checkTarget(deps.directory, call.query, tenant);
  if (typeof target === 'string') return refusalPage(target);
  const choice = readForm(call.body)['answer'] ?? call.query['answer'];
  if (choice === undefined) return adminConsentPage(target.clientId);
  if (choice !== 'accept') return sendBack(call.query, { admin_consent: 'False', ...cancelled });
  deps.directory.setAdminConsent(tenant, target.clientId, true);
  const scope = grantedByDefault.map((name) => `https://graph.microsoft.com/${name}`).join(' ');
  return sendBack(call.query, { admin_consent: 'True', tenant, scope });
};

const cancelled = {
  error: 'access_denied',
  error_description: 'AADSTS65004: The user declined to consent to access the app.',
};

/** The app, or why the browser must not be sent anywhere. */
const checkTarget = (directory: Directory, query: Query, tenant: string): AppRegistration | string => {
  const app = directory.app(query['client_id']);
  if (!app) return `AADSTS700016: Application '${query['client_id'] ?? ''}' was not found in the directory.`;
  if (!directory.knowsTenant(tenant)) return `AADSTS90002: Tenant '${tenant}' not found.`;
  if (!app.redirectUris.includes(query['redirect_uri'] ?? '')) {
    return `AADSTS50011: The redirect URI '${query['redirect_uri'] ?? ''}' is not registered for the application.`;
  }
  return app;
};

const protocolProblem = (query: Query): string | undefined => {
  if (query['response_type'] !== 'code') return 'AADSTS900144: response_type must be code.';
  if ((query['state'] ?? '') === '') return 'AADSTS900144: The request must contain state.';
  if (query['code_challenge_method'] !== 'S256' || !/^[\w-]{43}$/.test(query['code_challenge'] ?? '')) {
    return 'AADSTS9002325: Proof Key for Code Exchange (S256) is required.';
  }
  return undefined;
};

const whoWithoutAsking = (directory: Directory, query: Query, tenant: string): Person | undefined => {
  if (query['prompt'] === 'select_account' || query['prompt'] === 'login') return undefined;
  const [only, ...others] = directory.peopleOf(tenant);
  return directory.personByHint(tenant, query['login_hint']) ?? (others.length === 0 ? only : undefined);
};

const signedIn = (
  deps: AuthorizeDeps,
  query: Query,
  app: AppRegistration,
  { person, accepts }: Readonly<{ person: Person; accepts: boolean }>,
): Answer => {
  const state = deps.directory.stateOf(person.oid);
  if (state !== 'active')
    return refusalPage(
      state === 'gone' ? 'AADSTS50034: No such account.' : 'AADSTS50057: The account is disabled.',
    );
  const wanted = readScopes(query['scope'] ?? '').permissions;
  const permissions = wanted.includes('.default') ? grantedByDefault : wanted;
  const missing = deps.directory.missingConsent(person, app.clientId, permissions);
  if (missing.length > 0 && !deps.directory.mayAllow(person.tid, missing))
    return refuse(query, 'adminConsentRequired');
  if (missing.length > 0 && !accepts) return consentPage(person, missing);
  deps.directory.allow(person, app.clientId, missing);
  const code = deps.tokens.sealCode({
    clientId: app.clientId,
    redirectUri: query['redirect_uri'] ?? '',
    challenge: query['code_challenge'] ?? '',
    oid: person.oid,
    tid: person.tid,
    scope: query['scope'] ?? '',
    ...(query['nonce'] === undefined ? {} : { nonce: query['nonce'] }),
    ...(query['claims'] === undefined ? {} : { claims: query['claims'] }),
  });
  return sendBack(query, { code, session_state: person.oid });
};

const refuse = (query: Query, name: EntraErrorName): Answer => sendBack(query, entraErrorQuery(name));

const sendBack = (query: Query, values: Readonly<Record<string, string>>): Answer => {
  const target = query['redirect_uri'] ?? '';
  const all = { ...values, ...(query['state'] === undefined ? {} : { state: query['state'] }) };
  if (query['response_mode'] === 'form_post') return postBackPage(target, all);
  const url = new URL(target);
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.toString(), 'cache-control': 'no-store' } };
};

/** Whoever presses a button is that person. */
const signInPage = (people: readonly Person[]): Answer =>
  page(
    'Sign in to the sandbox',
    `<p>Nobody checks a password here: choose who you are.</p>
<form method="post">${people.map(personButton).join('')}<button name="user" value="decline">Cancel</button></form>`,
  );

/** What Entra ID shows to somebody who may allow it by themselves. */
const consentPage = (person: Person, permissions: readonly string[]): Answer =>
  page(
    'Permissions requested',
    `<p>${escaped(person.name)}, this app would like to use, as you: <b>${escaped(permissions.join(', '))}</b>.</p>
<form method="post"><input type="hidden" name="user" value="${escaped(person.oid)}">
<button name="consent" value="accept">Accept</button><button name="consent" value="decline">Cancel</button></form>`,
  );

const adminConsentPage = (clientId: string): Answer =>
  page(
    'Permissions requested for your organisation',
    `<p>The app ${escaped(clientId)} asks for <b>Goals-Export.ReadWrite.All</b> and <b>Goals-Export.Read.All</b>.</p>
<form method="post"><button name="answer" value="accept">Accept as the sandbox's admin</button>
<button name="answer" value="decline">Cancel</button></form>`,
  );

/** Entra shows these itself, because sending the browser back would be unsafe. */
const refusalPage = (text: string): Answer => ({
  ...page('Sorry, that did not work', `<p>${escaped(text)}</p>`),
  status: 400,
});

/** For `response_mode=form_post`. */
const postBackPage = (action: string, values: Readonly<Record<string, string>>): Answer => {
  const fields = Object.entries(values).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return page(
    'One moment',
    `<form method="post" action="${escaped(action)}">${fields.join('')}<button>Continue</button></form>
<script>document.forms[0].submit()</script>`,
  );
};

const personButton = (person: Person): string =>
  `<button name="user" value="${escaped(person.oid)}">Sign in to the sandbox as ${escaped(person.name)}</button><br>`;

const page = (title: string, body: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body: `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}button{font:inherit;margin:.25rem 0;padding:.5rem 1rem}</style>
</head><body><h1>${escaped(title)}</h1>${body}</body></html>`,
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
