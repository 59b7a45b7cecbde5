/** Handles the three invokes of Teams' sign-in: the silent exchange, the end of the sign-in page, and a failure. */
import * as z from 'zod';
import type { Background } from '../../ports/runtime.ts';
import type { ExchangeOutcome } from '../../ports/sign-ins.ts';
import type { ExchangeSso, SignInFailed } from '../../usecases/sign-in/silent-sign-in.ts';
import type { VerifyState } from '../../usecases/sign-in/sign-in-by-browser.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';
import type { InvokeAnswer, PersonsTurn } from '../receive/turn.ts';
import { connectionName } from '../send/outbound-activities.ts';

export interface OnSignInDeps {
  readonly exchangeSso: ExchangeSso;
  readonly verifyState: VerifyState;
  readonly signInFailed: SignInFailed;
  readonly background: Background;
  /** How long the silent exchange may take before the button is offered. */
  readonly patienceMilliseconds: number;
}

export interface OnSignIn {
  readonly tokenExchange: (turn: PersonsTurn) => Promise<InvokeAnswer>;
  readonly verifyState: (turn: PersonsTurn) => Promise<InvokeAnswer>;
  readonly failure: (turn: PersonsTurn) => Promise<InvokeAnswer>;
}

const exchange = z.object({
  id: z.string().min(1).max(256),
  connectionName: z.literal(connectionName),
  token: z.string().min(1),
});
const state = z.object({ state: z.string().min(1).max(512) });
const failure = z.object({ code: z.string().max(64) });

export const onSignIn = (deps: OnSignInDeps): OnSignIn => ({
  tokenExchange: async ({ activity, requester, conversation }) => {
    const value = exchange.safeParse(activity.value);
    if (!value.success) return exchangeRefused(activity.value);
    const work = deps.exchangeSso({
      requester,
      conversation,
      exchangeId: value.data.id,
      ssoToken: value.data.token,
    });
    const outcome = await withTimeout(deps.patienceMilliseconds, work);
    if (outcome === 'signedIn') return { status: 200, body: { id: value.data.id, connectionName } };
    if (outcome === undefined) {
      deps.background.run('late token exchange', async () => {
        await work;
      });
    }
    return exchangeRefused(activity.value, outcome);
  },
  verifyState: async ({ activity, requester }) => {
    const value = state.safeParse(activity.value);
    const isGood = value.success && (await deps.verifyState({ requester, nonce: value.data.state }));
    return { status: isGood ? 200 : 404 };
  },
  failure: async ({ activity, requester, conversation }) => {
    const value = failure.safeParse(activity.value);
    const code = value.success ? value.data.code : 'unknown';
    await deps.signInFailed({ requester, conversation, code });
    return { status: 200 };
  },
});

const exchangeId = z.object({ id: z.string() });

/** For whoever reads the client's log; names nobody. */
const details: Readonly<Record<Exclude<ExchangeOutcome, 'signedIn'>, string>> = {
  interactionNeeded: 'A sign-in with the button is needed.',
  refused:
    'This token is not one of the person who was asked, or not one for this app. Sign in with the button.',
  unavailable: 'The sign-in service does not answer at the moment. Sign in with the button later.',
};

/** Makes every client of the person show the button. Source: `TokenExchangeInvokeResponse`. */
export function exchangeRefused(
  value: unknown,
  outcome?: Exclude<ExchangeOutcome, 'signedIn'>,
): InvokeAnswer {
  const reading = exchangeId.safeParse(value);
  const id = reading.success ? reading.data.id : '';
  return {
    status: 412,
    body: { id, connectionName, failureDetail: details[outcome ?? 'interactionNeeded'] },
  };
}
