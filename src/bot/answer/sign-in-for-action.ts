/**
 * Asks for a sign-in when a pressed button needs one; the client then repeats the press with the token. Source: Universal Actions
 * for Adaptive Cards, "Add SSO" (learn.microsoft.com/microsoftteams/platform).
 */
import { z } from 'zod';
import type { CardAction } from '../../cards/blocks/card-actions.ts';
import { signInPrompt } from '../../cards/talk/sign-in-cards.ts';
import { present } from '../../domain/present.ts';
import type { AskOnCard } from '../../usecases/sign-in/sign-in-on-demand.ts';
import type { ExchangeSso } from '../../usecases/sign-in/silent-sign-in.ts';
import type { VerifyState } from '../../usecases/sign-in/sign-in-by-browser.ts';
import type { InvokeAnswer, PersonsTurn } from '../receive/turn.ts';
import { connectionName, oauthCard, type SignInActivityDeps } from '../send/outbound-activities.ts';

export interface SignInForActionDeps {
  readonly signInCard: SignInActivityDeps;
  readonly askOnCard: AskOnCard;
  readonly exchangeSso: ExchangeSso;
  readonly verifyState: VerifyState;
}

/** What a press carries beside its action; `value` of `adaptiveCard/action`. */
export const pressSchema = z.object({
  trigger: z.string().optional().catch(undefined),
  authentication: z
    .object({
      id: z.string().min(1).max(256),
      connectionName: z.literal(connectionName),
      token: z.string().min(1),
    })
    .optional()
    .catch(undefined),
  state: z.string().min(1).max(512).optional().catch(undefined),
});
type Press = z.infer<typeof pressSchema>;

/** False for what a client asks by itself when it shows a card. @param value of `adaptiveCard/action` */
export const isPressed = (value: unknown): boolean =>
  pressSchema.safeParse(value).data?.trigger !== 'automatic';

/** Undefined when the action may go on. */
export type SignInForAction = (
  turn: PersonsTurn,
  action: CardAction,
  press: Press,
) => Promise<InvokeAnswer | undefined>;

const needsToken: ReadonlySet<CardAction['verb']> = new Set(['download', 'list', 'followGraphJob']);

export function createSignInForAction(deps: SignInForActionDeps): SignInForAction {
  return async function signInForAction(
    { requester, conversation },
    action,
    { trigger, authentication, state },
  ) {
    // Nobody pressed anything: a question would come out of the blue, and 401 would be repeated for ever.
    if (trigger === 'automatic') return undefined;
    if (authentication !== undefined) {
      const { id: exchangeId, token: ssoToken } = authentication;
      const outcome = await deps.exchangeSso({ requester, conversation, exchangeId, ssoToken });
      return outcome === 'signedIn' ? undefined : notExchanged;
    }
    if (state !== undefined)
      return (await deps.verifyState({ requester, nonce: state })) ? undefined : invalidCode;
    const exportId = 'exportId' in action ? action.exportId : undefined;
    const request = needsToken.has(action.verb)
      ? await deps.askOnCard({ requester, conversation, ...present({ exportId }) })
      : undefined;
    if (request === undefined) return undefined;
    return answer(
      401,
      'activity.loginRequest',
      oauthCard(deps.signInCard, request, signInPrompt(request.cause)),
    );
  };
}

/** The real status is in the body: Teams wants HTTP 200. */
const answer = (statusCode: number, type: string, value: object): InvokeAnswer => ({
  status: 200,
  body: { statusCode, type: `application/vnd.microsoft.${type}`, value },
});

/** Makes the client show the button. */
const notExchanged = answer(412, 'error.preconditionFailed', {
  code: '412',
  message: 'A sign-in with the button is needed.',
});

const invalidCode = answer(401, 'error.invalidAuthCode', {
  code: '401',
  message: 'That sign-in was used already or is not yours.',
});
