/** Migrates a database to this version's tables: forward only, one instance at a time, all or nothing. */
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { auditTrail } from './0024-audit.ts';
import { cardsOfFiles } from './0015-cards-of-files.ts';
import { claimedActivities } from './to-0011/0010-claimed-activities.ts';
import { countedPosts } from './to-0011/0006-counted-posts.ts';
import { erasedWishes } from './to-0011/0007-erased-wishes.ts';
import { firstTables } from './to-0011/0001-first-tables.ts';
import { formatsOfLinks } from './to-0011/0009-formats-of-links.ts';
import { languagesOfPeople } from './0014-languages-of-people.ts';
import { livingInstances } from './to-0011/0005-living-instances.ts';
import { questionsBehind } from './to-0011/0011-questions-behind.ts';
import { questionsOnCards } from './to-0011/0002-questions-on-cards.ts';
import { namesOfTargets } from './0019-names-of-targets.ts';
import { pacesOfLooks } from './0021-paces-of-looks.ts';
import { sharedNames } from './0022-shared-names.ts';
import { rowLevelSecurity } from './0025-row-level-security.ts';
import { reasonsOfAnySource } from './0016-reasons-of-any-source.ts';
import { targetsOfSources } from './0012-targets-of-sources.ts';
import { seriesOfTargets } from './0017-series-of-targets.ts';
import { standingNotices } from './to-0011/0008-standing-notices.ts';
import { schedules } from './0020-schedules.ts';
import { teamsOfSchedules } from './0023-teams-of-schedules.ts';
import { turnsOfRenewal } from './to-0011/0003-turns-of-renewal.ts';
import { wakesOfExports } from './0018-wakes-of-exports.ts';
import { whatFilesSay } from './to-0011/0004-what-files-say.ts';

/** Run in the order of their names; a released one never changes. */
export const migrations = {
  '0001-first-tables': firstTables,
  '0002-questions-on-cards': questionsOnCards,
  '0003-turns-of-renewal': turnsOfRenewal,
  '0004-what-files-say': whatFilesSay,
  '0005-living-instances': livingInstances,
  '0006-counted-posts': countedPosts,
  '0007-erased-wishes': erasedWishes,
  '0008-standing-notices': standingNotices,
  '0009-formats-of-links': formatsOfLinks,
  '0010-claimed-activities': claimedActivities,
  '0011-questions-behind': questionsBehind,
  '0012-targets-of-sources': targetsOfSources,
  '0014-languages-of-people': languagesOfPeople,
  '0015-cards-of-files': cardsOfFiles,
  '0016-reasons-of-any-source': reasonsOfAnySource,
  '0017-series-of-targets': seriesOfTargets,
  '0018-wakes-of-exports': wakesOfExports,
  '0019-names-of-targets': namesOfTargets,
  '0020-schedules': schedules,
  '0021-paces-of-looks': pacesOfLooks,
  '0022-shared-names': sharedNames,
  '0023-teams-of-schedules': teamsOfSchedules,
  '0024-audit': auditTrail,
  '0025-row-level-security': rowLevelSecurity,
};

/** @throws Error when a migration fails, or when a newer version of the bot has already changed the database. */
export async function migrate<Tables>(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  const where = failed === undefined ? '' : ` at migration ${failed}`;
  throw new Error(`The database cannot be brought up to date${where}: ${reasonOf(error)}`, { cause: error });
}

function reasonOf(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return message.startsWith('corrupted migrations')
    ? `a newer version of the bot has changed it (${message})`
    : message;
}
