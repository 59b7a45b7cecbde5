/** Plays faults of Teams: what the bot sends about a fault link’s view meets them, or what the person says calls them up. */
import type { Call, CallMatch, Answer, Rule } from '../loopback/script.ts';
import { type FaultLink, type FaultView, faultView } from './fault-link.ts';
import { byPath, inTurn } from './fault-rules.ts';

const refusal = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: { error: { code, message: code } },
});

/** What Teams says of a message that was deleted, which is no word about the conversation. */
const deleted: Answer = { status: 403, body: { error: { code: 'ServiceError', message: 'Unknown' } } };

/** Sends of the view's card, by the short id that each one shows. */
const cardOf = (view: FaultView, method: 'POST' | 'PUT', more: (call: Call) => boolean = () => true) =>
  ({
    method,
    pathIncludes: '/activities',
    where: (call) => {
      const body = call.body.toString('utf8');
      return body.includes(view.shortId) && body.includes('card.adaptive') && more(call);
    },
  }) satisfies CallMatch;

/** The first update of each card of the view. */
const firstUpdate = (view: FaultView, ...steps: Omit<Rule, 'match'>[]): readonly Rule[] =>
  inTurn({ match: cardOf(view, 'PUT'), by: byPath, steps });

/** The short card, which everybody may read, has the way to the requester's own. */
const isWhole = ({ body }: Call): boolean => !body.includes('"verb":"show"');

export const teamsFaults: readonly FaultLink[] = [
  {
    id: 'C1',
    what: 'Teams says that the bot is no member of the conversation any more, at the first update of the card.',
    see: 'The card stands still while the export goes on. Write anything: the bot may write again, and the card catches up.',
    play: (view) => ({
      connector: firstUpdate(view, { respond: refusal(403, 'BotNotInConversationRoster') }),
    }),
  },
  {
    id: 'C2',
    what: 'You have blocked the bot, at the first update of the card.',
    see: 'The same: it tries no more, and the card catches up when you write.',
    play: (view) => ({ connector: firstUpdate(view, { respond: refusal(403, 'MessageWritesBlocked') }) }),
  },
  {
    id: 'C3',
    what: 'Somebody has deleted the card’s message when it is to be updated.',
    see: 'One fresh card, which is kept up to date from then on. Once in each conversation.',
    // Not once for each card: the fresh one would be gone, too.
    play: (view) => ({
      connector: inTurn({
        match: cardOf(view, 'PUT'),
        by: ({ path }) => path.replace(/\/activities\/.*$/, ''),
        steps: [{ respond: deleted }],
      }),
    }),
  },
  {
    id: 'C4',
    what: 'Teams answers an update with “precondition failed”, twice.',
    see: 'Nothing: the update is repeated a moment later.',
    play: (view) => ({
      connector: firstUpdate(
        view,
        { respond: refusal(412, 'PreconditionFailed') },
        { respond: refusal(412, 'PreconditionFailed') },
      ),
    }),
  },
  {
    id: 'C5',
    what: 'Teams finds the whole card too large.',
    see: 'In the personal chat a short card, as everybody in a channel would see it. Show my details shows the rest.',
    play: (view) => ({
      connector: (['POST', 'PUT'] as const).map((method) => ({
        match: cardOf(view, method, isWhole),
        respond: refusal(413, 'MessageSizeTooBig'),
      })),
    }),
  },
  {
    id: 'C6',
    what: 'Teams is busy, twice.',
    see: 'A slight delay.',
    play: (view) => ({
      connector: firstUpdate(
        view,
        { respond: refusal(429, 'Throttled', { 'retry-after': '1' }) },
        { respond: refusal(429, 'Throttled') },
      ),
    }),
  },
  {
    id: 'C7',
    what: 'Teams does not know the bot, at the first update of the card.',
    see: 'The card stands still; the log tells the operator what to check. After five minutes the card catches up.',
    play: (view) => ({ connector: firstUpdate(view, { respond: refusal(401, 'BotNotRegistered') }) }),
  },
  {
    id: 'C8',
    what: 'The first card and its first update arrive, but the connection breaks before Teams says so.',
    see: 'At worst the first card stands there twice; only one of them is kept up to date.',
    play: (view) => ({
      connector: [
        ...inTurn({
          match: cardOf(view, 'POST'),
          by: ({ path }) => path,
          again: true,
          steps: [{ trouble: { kind: 'reset' } }],
        }),
        ...firstUpdate(view, { trouble: { kind: 'reset' } }),
      ],
    }),
  },
  // These three are played by whoever hands on what the person says: see below.
  {
    id: 'E7',
    what: 'Your message comes from an organisation that this bot does not serve.',
    see: '“This bot is not set up for your organisation”, once. Nothing is started, kept or asked.',
    play: () => ({}),
  },
  {
    id: 'C9',
    what: 'Teams changes the address at which it takes the bot’s answers.',
    see: 'Nothing: the bot answers at the newest address, if its host is on the list of allowed ones.',
    play: () => ({}),
  },
  {
    id: 'C10',
    what: 'Teams delivers your message twice.',
    see: 'One answer, one card, one export.',
    play: () => ({}),
  },
];

/** What is said with the link of the row in it. */
const holds = (id: 'C9' | 'C10' | 'E7', text: string): boolean => text.includes(faultView(id).explorerViewId);

export const comesFromElsewhere = (text: string): boolean => holds('C9', text);
/** The tenant that a message claims to come from instead of its own. */
export const strangeTenantOf = (text: string): string | undefined =>
  holds('E7', text) ? 'fa17e007-0000-4000-8000-000000000003' : undefined;
export const comesTwice = (text: string): boolean => holds('C10', text);
