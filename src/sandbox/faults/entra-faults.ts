/** Plays faults of the simulated Entra ID: Graph refuses the token of a fault link once, and its renewal then meets the fault. */
import type { Rule } from '../loopback/script.ts';
import type { EntraErrorName, EntraErrorOptions } from '../entra/entra-errors.ts';
import { entraError } from '../entra/entra-errors.ts';
import { invalidToken } from '../graph/graph-errors.ts';
import type { FaultLink, FaultView, Played } from './fault-link.ts';
import { looks, byJob, inTurn } from './fault-rules.ts';

type Refusal = Readonly<{ error: EntraErrorName } & EntraErrorOptions>;

const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

/** The person's next renewals are answered with the refusals, one each. */
const renewalMeets = (view: FaultView, refusals: readonly Refusal[]): Played => {
  const met = new Map<string, number>();
  const refuse = (user: string, nth: number): boolean => {
    if (met.get(user) !== nth) return false;
    met.delete(user);
    return true;
  };
  const renewals = refusals.map(({ error, ...options }, nth): Rule => ({
    match: { op: 'token', about: { grant: 'refresh' }, where: (call) => refuse(call.user ?? '', nth) },
    respond: entraError(error, options),
  }));
  // A token that could not be renewed is used once more: each refusal needs another look.
  const looksRefused = inTurn({
    match: looks(view),
    by: byJob,
    steps: refusals.map((_refusal, nth) => ({
      respond: (call) => {
        met.set(call.user ?? '', nth);
        return invalidToken('Lifetime validation failed, the token is expired.');
      },
    })),
  });
  return { graph: looksRefused, entra: renewals };
};

const link = (
  given: Pick<FaultLink, 'id' | 'what' | 'see'>,
  ...refusals: readonly [Refusal, ...Refusal[]]
): FaultLink => ({ ...given, play: (view) => renewalMeets(view, refusals) });

export const entraFaults: readonly FaultLink[] = [
  link(
    {
      id: 'E1',
      what: 'Consent is missing when the sign-in is renewed.',
      see: '“An administrator must allow this”, with a link to copy. Press Check again: the export goes on.',
    },
    { error: 'consentRequired' },
  ),
  link(
    {
      id: 'E2',
      what: 'Conditional access wants more from you (a second factor).',
      see: '“Your organisation asks you to sign in again”, with a button. Sign in, and the export goes on.',
    },
    { error: 'interactionRequired', claims },
  ),
  link(
    {
      id: 'E4',
      what: 'Your sign-in was revoked, as after a changed password.',
      see: '“Waiting for your sign-in”. Sign in, and the export goes on.',
    },
    { error: 'refreshRevoked' },
  ),
  link(
    {
      id: 'E5',
      what: 'The bot’s own secret has expired.',
      see: '“Paused – my own sign-in does not work”, with a reference. Press Resume, or wait two minutes, and it goes on.',
    },
    { error: 'secretExpired' },
  ),
  link(
    {
      id: 'E6',
      what: 'Your account is disabled.',
      see: 'No prompt, only a card that waits. Press Sign in on it (the account works again): the export goes on. Until then other links wait for your sign-in, too.',
    },
    { error: 'userDisabled' },
  ),
  link(
    {
      id: 'E8',
      what: 'Entra ID is out of order, then busy.',
      see: 'Nothing: the export goes on a few seconds later.',
    },
    { error: 'unavailable' },
    { error: 'throttled', retryAfterSeconds: 2 },
  ),
  link(
    {
      id: 'E9',
      what: 'Entra ID refuses with a number that nobody knows.',
      see: 'The bot goes by the other words of the answer: “Waiting for your sign-in”. The log has the correlation id.',
    },
    { error: 'unknownNumber' },
  ),
];
