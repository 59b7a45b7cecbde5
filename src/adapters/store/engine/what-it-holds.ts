/** Looks into a database that is only looked at: its schedules, the keys that it is sealed with, and when Teams last spoke. */
import * as z from 'zod';
import { countSchedules, type Query, type SchedulesCounted } from './count-schedules.ts';

export interface WhatItHolds {
  /** Absent in a database that is older than schedules. */
  readonly schedules?: SchedulesCounted;
  /** Ids of the keys that something is sealed with. */
  readonly keyIds: readonly string[];
  /** When the newest message of Teams came, if one did within a day. */
  readonly lastHeard?: Date;
}

const names = z.array(z.object({ name: z.string() }));
const heard = z.tuple([z.object({ at: z.coerce.date().nullable() })]);

/** Undefined where no bot has made its tables yet. @param tenants that the bot serves */
export async function lookInside(
  query: Query,
  tenants: ReadonlySet<string>,
): Promise<WhatItHolds | undefined> {
  const sealed = names.parse(
    await query(`SELECT quote_ident(table_name) AS name FROM information_schema.columns
      WHERE table_schema = current_schema() AND column_name = 'key_id' ORDER BY table_name`),
  );
  if (sealed.length === 0) return undefined;
  const keys = sealed.map(({ name }) => `SELECT key_id AS name FROM ${name}`).join(' UNION ');
  const keyIds = names.parse(await query(`${keys} ORDER BY name`)).map(({ name }) => name);
  const [{ at }] = heard.parse(await query('SELECT max(seen_at) AS at FROM inbound_activities'));
  const schedules = await countSchedules(query, tenants);
  return {
    keyIds,
    ...(at === null ? {} : { lastHeard: at }),
    ...(schedules === undefined ? {} : { schedules }),
  };
}
