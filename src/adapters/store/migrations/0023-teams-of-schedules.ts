/** Keeps of which team the channel is where a schedule is posted: Teams tells of the team when the bot leaves all its channels. */
import { sql, type Kysely } from 'kysely';

export const teamsOfSchedules = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`ALTER TABLE schedules ADD COLUMN team_id text`.execute(db);
    await sql`CREATE INDEX schedules_of_team ON schedules (conversation_tenant_id, team_id)
      WHERE team_id IS NOT NULL`.execute(db);
  },
};
