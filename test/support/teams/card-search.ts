/** Finds things in activities: the card, its actions, its words. */
import * as z from 'zod';
import type { KeptActivity, SentActivity } from './connector-api.ts';

export type CardAction = Readonly<{
  type: string;
  title?: string | undefined;
  verb?: string | undefined;
  id?: string | undefined;
  url?: string | undefined;
  data?: unknown;
}>;

const cardAction = z.looseObject({
  type: z.string().startsWith('Action.'),
  title: z.string().optional(),
  verb: z.string().optional(),
  id: z.string().optional(),
  url: z.string().optional(),
  data: z.unknown().optional(),
});

const oauthCard = z.looseObject({
  connectionName: z.string(),
  tokenExchangeResource: z.looseObject({ id: z.string(), uri: z.string() }).optional(),
  buttons: z.array(z.looseObject({ type: z.string(), value: z.string() })),
});

export type OAuthCard = z.infer<typeof oauthCard>;

export const latest = (activity: KeptActivity): SentActivity => {
  const version = activity.versions.at(-1);
  if (!version) throw new Error(`Activity ${activity.id} has no version`);
  return version;
};

/** The Adaptive Card of an activity, or undefined. */
export const cardOf = (activity: SentActivity): unknown =>
  activity.attachments?.find(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive')
    ?.content;

export const oauthCardOf = (activity: SentActivity): OAuthCard | undefined => {
  const found = activity.attachments?.find(
    ({ contentType }) => contentType === 'application/vnd.microsoft.card.oauth',
  );
  return found && oauthCard.parse(found.content);
};

const consentCard = z.looseObject({
  acceptContext: z.record(z.string(), z.unknown()),
  declineContext: z.record(z.string(), z.unknown()),
});

export const isConsentCard = (activity: SentActivity): boolean => consentIn(activity) !== undefined;

/** The question whether a file may be saved. */
export const consentCardOf = (activity: SentActivity): z.infer<typeof consentCard> =>
  consentCard.parse(consentIn(activity)?.content);

const consentIn = (activity: SentActivity) =>
  activity.attachments?.find(
    ({ contentType }) => contentType === 'application/vnd.microsoft.teams.card.file.consent',
  );

/** Every action anywhere in the card, fallbacks left out. */
export const actionsOf = (card: unknown): readonly CardAction[] => {
  if (Array.isArray(card)) return card.flatMap(actionsOf);
  if (typeof card !== 'object' || card === null) return [];
  const own = cardAction.safeParse(card).data;
  const inner = Object.entries(card).flatMap(([key, value]) =>
    key === 'fallback' || key === 'data' ? [] : actionsOf(value),
  );
  return own ? [own, ...inner] : inner;
};

/** All visible text of a card, a line each. */
export const wordsOf = (card: unknown): string => {
  if (Array.isArray(card)) return card.map(wordsOf).filter(Boolean).join('\n');
  if (typeof card !== 'object' || card === null) return '';
  return Object.entries(card)
    .filter(([key]) => key !== 'fallback' && key !== 'data')
    .map(([key, value]) =>
      ['text', 'title', 'value'].includes(key) && typeof value === 'string'
        ? written(key, value)
        : wordsOf(value),
    )
    .filter(Boolean)
    .join('\n');
};

/** Names in a table of facts are not broken. */
const written = (key: string, text: string): string =>
  key === 'title' ? text.replaceAll('\u00a0', ' ') : text;
