/** Sends the browser to sign in, and receives it when it comes back, also from an administrator's consent. */
import * as z from 'zod';
import { present } from '../domain/present.ts';
import type { ConsentLanded } from '../usecases/sign-in/admin-consent.ts';
import type { BeginSignIn, FinishSignIn } from '../usecases/sign-in/sign-in-by-browser.ts';
import { sendPage } from './page.ts';
import type { Route, Visit } from './route.ts';
import { consentPage, signedInPage, troublePage, type SignInTrouble } from './sign-in-result.ts';

export interface SignInPagesDeps {
  readonly beginSignIn: BeginSignIn;
  readonly finishSignIn: FinishSignIn;
  readonly consentLanded: ConsentLanded;
}

const secret = z.string().regex(/^[\w-]{1,128}$/);

/** What Entra ID sends to the redirect address: RFC 6749 §4.1.2. */
const callback = z.object({
  state: secret,
  code: z.string().min(1).max(8192).optional(),
  error: z.string().min(1).max(200).optional(),
  error_description: z.string().max(4096).optional(),
});

/** What the administrator's consent page sends back; the tenant is a claim, not a proof. */
const consent = z.object({
  admin_consent: z.string().optional(),
  tenant: z.guid().optional(),
  state: secret.optional(),
  error: z.string().optional(),
});

/** Undefined when a name comes twice: nobody honest sends that. */
function single(query: URLSearchParams): Record<string, string> | undefined {
  const names = [...query.keys()];
  return new Set(names).size === names.length ? Object.fromEntries(query) : undefined;
}

async function start({ beginSignIn }: SignInPagesDeps, visit: Visit): Promise<void> {
  const request = secret.safeParse(single(visit.query)?.['request']);
  const begun = request.success ? await beginSignIn(request.data) : ({ kind: 'unknown' } as const);
  if (begun.kind === 'go') {
    visit.response.writeHead(302, { Location: begun.url, 'Content-Length': 0 });
    visit.response.end();
    return;
  }
  visit.log.info({ outcome: begun.kind }, 'Sign-in was not begun');
  sendTrouble(visit, { ...begun, ...present({ requestId: request.data }) });
}

const sendTrouble = ({ words, response, reference }: Visit, outcome: SignInTrouble): void =>
  sendPage(words, response, troublePage(words, outcome, reference));

async function finish({ finishSignIn }: SignInPagesDeps, visit: Visit): Promise<void> {
  const given = callback.safeParse(single(visit.query));
  const outcome = given.success
    ? await finishSignIn({
        state: given.data.state,
        ...present({ code: given.data.code, error: errorOf(given.data) }),
      })
    : ({ kind: 'unknown' } as const);
  if (outcome.kind === 'signedIn') {
    sendPage(visit.words, visit.response, signedInPage(visit.words, outcome.nonce));
    return;
  }
  visit.log.info({ outcome: outcome.kind }, 'Sign-in was not finished');
  sendTrouble(visit, outcome);
}

const errorOf = ({ error, error_description }: z.infer<typeof callback>) =>
  error === undefined ? undefined : { code: error, ...present({ description: error_description }) };

async function landConsent({ consentLanded }: SignInPagesDeps, visit: Visit): Promise<void> {
  const given = consent.safeParse(single(visit.query));
  const landed = await consentLanded({
    tenantId: given.data?.tenant?.toLowerCase(),
    state: given.data?.state,
    granted: given.data?.error === undefined && given.data?.admin_consent?.toLowerCase() === 'true',
  });
  visit.log.info({ outcome: landed.kind }, 'An administrator came back from the consent page');
  sendPage(visit.words, visit.response, consentPage(visit.words, landed));
}

export const createSignInPages = (deps: SignInPagesDeps): readonly Route[] => [
  { method: 'get', path: '/auth/start', handle: async (visit) => await start(deps, visit) },
  { method: 'get', path: '/auth/callback', handle: async (visit) => await finish(deps, visit) },
  { method: 'get', path: '/auth/consented', handle: async (visit) => await landConsent(deps, visit) },
];
