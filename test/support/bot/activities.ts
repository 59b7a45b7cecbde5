/** Builds activities as Teams sends them, with made-up people. */
import { randomUUID } from 'node:crypto';

export interface Place {
  readonly serviceUrl: string;
  readonly botId: string;
  readonly tenantId: string;
  readonly kind?: 'personal' | 'groupChat' | 'channel';
  readonly conversationId?: string;
}

const conversationIds = {
  personal: 'a:sample-personal-chat',
  groupChat: '19:sample-group@thread.v2',
  channel: '19:sample-channel@thread.tacv2;messageid=1772445600000',
};

/** Any type; `given` wins. */
export function activityIn(place: Place, given: Readonly<Record<string, unknown>> = {}) {
  const { kind = 'personal', serviceUrl, botId, tenantId } = place;
  const userId = randomUUID();
  return {
    type: 'message',
    id: String(Date.now()) + String(Math.random()).slice(2),
    channelId: 'msteams',
    serviceUrl,
    timestamp: '2026-03-02T10:00:00.000Z',
    locale: 'en-GB',
    from: { id: `29:${userId}`, name: 'Sample Person', aadObjectId: userId },
    recipient: { id: `28:${botId}`, name: 'Goals export' },
    conversation: {
      id: place.conversationId ?? conversationIds[kind],
      conversationType: kind,
      tenantId,
      ...(kind !== 'personal' && { isGroup: true }),
    },
    channelData: { tenant: { id: tenantId } },
    ...given,
  };
}

/** In groups and channels with the mention that Teams demands there. */
export function messageIn(place: Place, text: string, given: Readonly<Record<string, unknown>> = {}) {
  const mention = '<at>Goals export</at>';
  const mentioned = { id: `28:${place.botId}`, name: 'Goals export' };
  const inGroup = (place.kind ?? 'personal') !== 'personal';
  return activityIn(place, {
    text: inGroup ? `${mention} ${text}` : text,
    textFormat: 'plain',
    ...(inGroup && { entities: [{ type: 'mention', mentioned, text: mention }] }),
    ...given,
  });
}

export const executeIn = (place: Place, data: unknown, given: Readonly<Record<string, unknown>> = {}) =>
  activityIn(place, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: '1772445600111',
    value: { action: { type: 'Action.Execute', id: '', verb: 'any', data }, trigger: 'manual' },
    ...given,
  });

export const view = (organizationId: string, viewId: string): string =>
  `https://goals.microsoft.com/org_uuid/${organizationId}/objective-explorer?viewId=${viewId}`;
