/** Turns a schedule into a row and back; what it is of, who owns it, and its days are sealed for its owner. */
import type { Selectable } from 'kysely';
import * as z from 'zod';
import { present } from '../../../domain/present.ts';
import {
  endCauses,
  pauseCauses,
  type Condition,
  type Days,
  type Run,
  type RunOutcome,
  type Schedule,
  type ScheduleState,
  type Weekday,
} from '../../../domain/schedules/schedule.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import { baseIdOf } from '../conversations/conversations.ts';
import { openJson, sealJson, storableJson } from '../rows/column-values.ts';
import type { SchedulesTable } from '../rows/table-types.ts';

const placeOf = (id: string): string => `schedules ${id}`;

const text = z.string();
const weekday = z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day as Weekday)));
const days: z.ZodType<Days> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everyDay') }),
  z.object({ kind: z.literal('weekdays') }),
  z.object({ kind: z.literal('weekly'), on: z.array(weekday) }),
  z.object({ kind: z.literal('monthly'), day: z.int() }),
]);
const condition: z.ZodType<Condition> = z.enum(['always', 'ifChanged', 'ifAtRisk']);
const sealedSchema = z.object({
  owner: z.object({ name: text, channelUserId: text, locale: text.exactOptional() }),
  ownerChatId: text.exactOptional(),
  target: z.object({ label: text, address: text.exactOptional(), place: text.exactOptional() }),
  timing: z.object({ days, at: z.object({ hour: z.int(), minute: z.int() }), condition, until: text }),
  zone: text,
});
const moment = z.iso.datetime().transform((written) => new Date(written));
const outcome: z.ZodType<RunOutcome> = z.enum([
  'underWay',
  'waitingForSignIn',
  'posted',
  'notMet',
  'skipped',
  'failed',
]);
const runSchema: z.ZodType<Run> = z.object({
  dueAt: moment,
  begunAt: moment,
  outcome,
  exportId: text.exactOptional(),
  askedAt: moment.exactOptional(),
  byHand: z.literal(true).exactOptional(),
});
const pauseCause = z.enum(pauseCauses);
const endCause = z.enum(endCauses);

/** What changes in the life of a schedule beside what is sealed. */
const changingColumns = ({ state, until, lastRun, failures, madeAt }: Schedule) => ({
  made_at: madeAt,
  state: state.kind,
  why: 'why' in state ? state.why : null,
  since: state.kind === 'active' ? null : state.since,
  next_at: state.kind === 'active' ? (state.nextAt ?? null) : null,
  until,
  run: lastRun === undefined ? null : storableJson(lastRun),
  failures,
});

const sealedColumns = (vault: Vault, { id, owner, ownerChatId, target, timing, zone }: Schedule) => {
  const { name, channelUserId, locale } = owner;
  const { label, address, place } = target;
  return sealJson(vault, owner, placeOf(id), {
    owner: { name, channelUserId, ...present({ locale }) },
    target: { label, ...present({ address, place }) },
    timing,
    zone,
    ...present({ ownerChatId }),
  });
};

export const changedRow = async (vault: Vault, schedule: Schedule) => ({
  ...changingColumns(schedule),
  ...(await sealedColumns(vault, schedule)),
});

export const newRow = async (vault: Vault, schedule: Schedule) => {
  const { id, owner, target, conversation, audience } = schedule;
  return {
    id,
    tenant_id: owner.tenantId,
    user_id: owner.userId,
    conversation_tenant_id: conversation.tenantId,
    conversation_id: conversation.conversationId,
    base_id: baseIdOf(conversation.conversationId),
    conversation_kind: conversation.kind,
    service_url: conversation.serviceUrl,
    bot_channel_id: conversation.botChannelId,
    team_id: conversation.teamId ?? null,
    audience,
    source: target.source,
    target_key: target.key,
    ...(await changedRow(vault, schedule)),
  };
};

export type ScheduleRow = Omit<Selectable<SchedulesTable>, 'sealed' | 'base_id' | 'told'> & {
  readonly sealed: string;
};

/** Undefined when a key is gone or the row was altered. */
export async function scheduleOf(vault: Vault, row: ScheduleRow): Promise<Schedule | undefined> {
  const person = { tenantId: row.tenant_id, userId: row.user_id };
  const opened = sealedSchema.safeParse(await openJson(vault, person, placeOf(row.id), row)).data;
  if (opened === undefined) return undefined;
  const lastRun = row.run === null ? undefined : runSchema.parse(row.run);
  return {
    id: row.id,
    owner: { ...person, ...opened.owner },
    target: { source: row.source, key: row.target_key, ...opened.target },
    conversation: {
      tenantId: row.conversation_tenant_id,
      conversationId: row.conversation_id,
      kind: z.enum(['personal', 'groupChat', 'channel']).parse(row.conversation_kind),
      serviceUrl: row.service_url,
      botChannelId: row.bot_channel_id,
      ...present({ teamId: row.team_id ?? undefined }),
    },
    audience: z.enum(['owner', 'everybody']).parse(row.audience),
    timing: opened.timing,
    zone: opened.zone,
    until: row.until,
    state: stateOf(row),
    failures: row.failures,
    madeAt: row.made_at,
    ...present({ lastRun, ownerChatId: opened.ownerChatId }),
  };
}

function stateOf({ state, why, since, next_at: nextAt }: ScheduleRow): ScheduleState {
  if (state === 'active') return { kind: 'active', ...present({ nextAt: nextAt ?? undefined }) };
  if (since === null) throw new Error('A schedule that rests since no time');
  if (state === 'offered') return { kind: 'offered', since };
  return state === 'paused'
    ? { kind: 'paused', why: pauseCause.parse(why), since }
    : { kind: 'ended', why: endCause.parse(why), since };
}
