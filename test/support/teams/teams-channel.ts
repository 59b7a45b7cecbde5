/** Plays Teams on loopback: speaks to the bot with signed activities, and is spoken to through the connector API. */
import { randomUUID } from 'node:crypto';
import type { ChannelAuthority } from '../../../src/sandbox/chat/channel-keys.ts';
import type { WaitOptions } from '../../../src/sandbox/loopback/loopback-server.ts';
import type { EntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import type { FileHost } from '../../../src/sandbox/files/file-host.ts';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import type { Visit } from '../servers/browser-visit.ts';
import { visit } from '../servers/browser-visit.ts';
import { actionsOf, cardOf, consentCardOf, latest, oauthCardOf } from './card-search.ts';
import type { ConnectorApi, KeptActivity } from './connector-api.ts';
import { createConnectorApi } from './connector-api.ts';
import type { OutgoingActivity, SaidMessage, Sender } from './teams-activities.ts';
import {
  deletedActivity,
  editedActivity,
  installActivity,
  invokeActivity,
  memberLeftActivity,
  membersAddedActivity,
  messageActivity,
  submitActivity,
} from './teams-activities.ts';
import type { Place } from './teams-places.ts';

export type TeamsChannelOptions = Readonly<{
  /** The bot's origin. A function when the bot starts after the channel. */
  botUrl: string | (() => string);
  botId: string;
  botName?: string;
  authority: Pick<ChannelAuthority, 'sign'>;
  entra: Pick<EntraSimulator, 'jwksUrl' | 'mintSsoToken'>;
  /** The audience of SSO tokens: the SSO app's client id. */
  ssoClientId: string;
  users: readonly Person[];
}>;

type UploadInfo = ReturnType<FileHost['openSession']>;

/** The bot's HTTP answer to a turn; `body` is parsed JSON, or undefined when empty. */
export type TurnAnswer = Readonly<{ status: number; body: unknown; activity: OutgoingActivity }>;

type Said = string | SaidMessage;

export type TeamsChannel = Pick<
  ConnectorApi,
  'start' | 'stop' | 'calls' | 'script' | 'clearScript' | 'until' | 'nextCall' | 'activities' | 'setMember'
> &
  Readonly<{
    serviceUrl: () => string;
    /** Sends any activity, signed for the serviceUrl it names; `authorization` replaces the token. */
    deliver: (activity: OutgoingActivity, authorization?: string) => Promise<TurnAnswer>;
    /** The header that `deliver` sends. */
    authorization: () => Promise<string>;
    sender: (place: Place, user: Person) => Sender;
    say: (place: Place, user: Person, said: Said) => Promise<TurnAnswer>;
    edit: (place: Place, user: Person, activityId: string, said: Said) => Promise<TurnAnswer>;
    remove: (place: Place, user: Person, activityId: string) => Promise<TurnAnswer>;
    install: (place: Place, user: Person, action?: 'add' | 'remove' | 'add-upgrade') => Promise<TurnAnswer>;
    botAdded: (place: Place, user: Person) => Promise<TurnAnswer>;
    /** Takes somebody off the roster and tells the bot; `named` by their id in Entra ID as well. */
    leave: (place: Place, who: Person, named?: boolean) => Promise<TurnAnswer>;
    invoke: (
      place: Place,
      user: Person,
      name: string,
      value: unknown,
      replyToId?: string,
    ) => Promise<TurnAnswer>;
    /** Presses the Action.Execute with this title or verb, on the activity's card or on a card shown to the user alone. */
    clickExecute: (
      place: Place,
      user: Person,
      activityId: string,
      name: string,
      ownCard?: unknown,
    ) => Promise<TurnAnswer>;
    /** The same button in a client that only knows Action.Submit: its fallback. */
    clickSubmit: (place: Place, user: Person, activityId: string, data: unknown) => Promise<TurnAnswer>;
    /** Opens the OAuthCard's button in a browser of that user's. */
    signInByButton: (activity: KeptActivity, user: Person | 'decline') => Promise<Visit>;
    /** What one signed-in client does when it sees the OAuthCard; call it twice for two clients. */
    silentSso: (
      place: Place,
      user: Person,
      activity: KeptActivity,
      exchange?: { id?: string; token?: string },
    ) => Promise<TurnAnswer>;
    verifyState: (place: Place, user: Person, state: string) => Promise<TurnAnswer>;
    /** Answers a file consent card; Teams opens an upload session for whoever accepts. */
    answerConsent: (
      place: Place,
      user: Person,
      posted: KeptActivity,
      uploadInfo: UploadInfo | 'decline',
    ) => Promise<TurnAnswer>;
    signInFailure: (place: Place, user: Person, code: string) => Promise<TurnAnswer>;
    /** Everything the bot posted there and did not delete, oldest first. */
    messages: (conversationId: string) => readonly KeptActivity[];
    activity: (id: string) => KeptActivity;
    /** Waits for an activity whose newest version satisfies the predicate. */
    nextActivity: (
      matches: (activity: KeptActivity) => boolean,
      options?: WaitOptions,
    ) => Promise<KeptActivity>;
    /** Waits for an activity whose Adaptive Card satisfies the predicate. */
    nextCard: (
      matches: (card: unknown, activity: KeptActivity) => boolean,
      options?: WaitOptions,
    ) => Promise<KeptActivity>;
    /** Waits for a sign-in card. */
    nextOAuthCard: (options?: WaitOptions) => Promise<KeptActivity>;
  }>;

export const createTeamsChannel = (options: TeamsChannelOptions): TeamsChannel => {
  const { authority, botId, entra } = options;
  const connector = createConnectorApi({ botId, jwksUrl: entra.jwksUrl(), users: options.users });
  const bot = { id: botId, name: options.botName ?? 'OKR Export' };
  const sender = (place: Place, user: Person): Sender => ({ place, user, bot, serviceUrl: connector.url() });
  const living = () => connector.activities().filter(({ deleted }) => !deleted);
  const nextActivity: TeamsChannel['nextActivity'] = (matches, waiting) =>
    connector.until(() => living().find(matches), waiting);

  const authorize = async (serviceUrl: string): Promise<string> =>
    `Bearer ${await authority.sign({ botId, serviceUrl })}`;
  const deliver: TeamsChannel['deliver'] = async (activity, authorization) => {
    const bearer = authorization ?? (await authorize(String(activity['serviceUrl'])));
    const botUrl = typeof options.botUrl === 'string' ? options.botUrl : options.botUrl();
    const response = await fetch(`${botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: bearer },
      body: JSON.stringify(activity),
    });
    return { status: response.status, body: parsed(await response.text()), activity };
  };

  const invoke: TeamsChannel['invoke'] = (place, user, name, value, replyToId) =>
    deliver(invokeActivity(sender(place, user), name, value, replyToId));

  const activity: TeamsChannel['activity'] = (id) => {
    const found = connector.activities().find((one) => one.id === id);
    if (!found) throw new Error(`The bot posted no activity ${id}`);
    return found;
  };

  return {
    ...connector,
    serviceUrl: connector.url,
    deliver,
    authorization: () => authorize(connector.url()),
    sender,
    say: (place, user, said) => deliver(messageActivity(sender(place, user), messageOf(said))),
    edit: (place, user, id, said) => deliver(editedActivity(sender(place, user), id, messageOf(said))),
    remove: (place, user, id) => deliver(deletedActivity(sender(place, user), id)),
    install: (place, user, action = 'add') => deliver(installActivity(sender(place, user), action)),
    botAdded: (place, user) => deliver(membersAddedActivity(sender(place, user))),
    leave: (place, who, named = true) => {
      connector.setMember(place.id, who, 'gone');
      return deliver(memberLeftActivity(sender(place, who), who, named));
    },
    invoke,
    clickExecute: (place, user, id, name, ownCard) => {
      const action = executeNamed(ownCard ?? cardOf(latest(activity(id))), name);
      return invoke(place, user, 'adaptiveCard/action', { action, trigger: 'manual' }, id);
    },
    clickSubmit: (place, user, id, data) => deliver(submitActivity(sender(place, user), data, id)),
    signInByButton: (posted, user) => visit(signInUrlOf(posted), user),
    silentSso: async (place, user, posted, { id, token } = {}) => {
      const card = oauthCardOf(latest(posted));
      if (!card?.tokenExchangeResource)
        throw new Error('Teams exchanges no token without a tokenExchangeResource');
      const minted = token ?? (await entra.mintSsoToken({ user, audience: options.ssoClientId }));
      const value = {
        id: id ?? card.tokenExchangeResource.id,
        connectionName: card.connectionName,
        token: minted,
      };
      return invoke(place, user, 'signin/tokenExchange', value, posted.id);
    },
    answerConsent: (place, user, posted, given) =>
      invoke(place, user, 'fileConsent/invoke', consentValue(posted, given), posted.id),
    verifyState: (place, user, state) => invoke(place, user, 'signin/verifyState', { state }),
    signInFailure: (place, user, code) =>
      invoke(place, user, 'signin/failure', { code, message: `Sign-in failed: ${code}` }),
    messages: (conversationId) => living().filter((one) => one.conversationId === conversationId),
    activity,
    nextActivity,
    nextCard: (matches, waiting) =>
      nextActivity((one) => {
        const card = cardOf(latest(one));
        return card !== undefined && matches(card, one);
      }, waiting),
    nextOAuthCard: (waiting) => nextActivity((one) => oauthCardOf(latest(one)) !== undefined, waiting),
  };
};

const consentValue = (posted: KeptActivity, given: UploadInfo | 'decline') => {
  const { acceptContext, declineContext } = consentCardOf(latest(posted));
  return given === 'decline'
    ? { type: 'fileUpload', action: 'decline', context: declineContext }
    : { type: 'fileUpload', action: 'accept', context: acceptContext, uploadInfo: given };
};

const messageOf = (said: Said): SaidMessage => (typeof said === 'string' ? { text: said } : said);

const executeNamed = (card: unknown, name: string) => {
  const executes = actionsOf(card).filter(({ type }) => type === 'Action.Execute');
  const action = executes.find(({ title, verb }) => title === name || verb === name);
  if (action)
    return {
      type: action.type,
      id: action.id ?? randomUUID(),
      title: action.title,
      verb: action.verb,
      data: action.data,
    };
  throw new Error(
    `No button "${name}" among: ${executes.map(({ title, verb }) => title ?? verb).join(', ') || 'none'}`,
  );
};

const signInUrlOf = (activity: KeptActivity): string => {
  const url = oauthCardOf(latest(activity))?.buttons[0]?.value;
  if (url === undefined) throw new Error(`Activity ${activity.id} has no sign-in button`);
  return url;
};

const parsed = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
};
