/** Checks the bot's database, and what it tells of keys and of Teams, in words that hold neither login nor password. */
import path from 'node:path';
import { tryDatabase, type DatabaseTrial } from '../adapters/store/engine/try-database.ts';
import type { SchedulesCounted } from '../adapters/store/engine/count-schedules.ts';
import type { WhatItHolds } from '../adapters/store/engine/what-it-holds.ts';
import type { Config } from '../config.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

const subject = 'Database';

/** SQLSTATEs (PostgreSQL, appendix A) and Node's network errors. */
const refusals: Readonly<Record<string, readonly [says: string, todo: string]>> = {
  '28P01': ['refuses the user name or password', 'Mend user and password in DATABASE_URL.'],
  '28000': [
    'does not let this user in from here',
    'Mend the user in DATABASE_URL, or pg_hba.conf of the server.',
  ],
  '3D000': ['has no database of that name', 'Create the database, or mend its name in DATABASE_URL.'],
  '53300': [
    'has no connection left',
    'Raise max_connections of the server; each instance of the bot takes up to 20.',
  ],
  ECONNREFUSED: [
    'does not answer: nothing listens there',
    'Start PostgreSQL, or mend host and port in DATABASE_URL.',
  ],
  ENOTFOUND: ['is a name that nobody knows (DNS)', 'Mend the host in DATABASE_URL.'],
};
const otherwise = ['cannot be opened', 'Mend DATABASE_URL, or let this machine reach the server.'] as const;

/** Host and database only. */
function serverIn(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'the server in DATABASE_URL' : `${parsed.host}${parsed.pathname}`;
}

function findingOf(trial: DatabaseTrial, where: string): Finding {
  switch (trial.kind) {
    case 'answers':
      return ok(subject, `${where} answers (${trial.engine}).`);
    case 'new':
      return ok(subject, `${where} holds no database yet; the first start makes one.`);
    case 'inUse':
      return unchecked(
        subject,
        `${where} is in use by another process. While the bot runs, that is as it should be.`,
        'Ask the bot: /readyz is 200 while its database works. To have it looked at from here, stop the bot first.',
      );
    case 'notWritable':
      return wrong(
        subject,
        `${where} cannot be written.`,
        'Let the user of the bot write there, or name another folder in DATA_DIR.',
      );
    case 'damaged':
      return wrong(
        subject,
        `What lies in ${where} cannot be opened as a database.`,
        'Put a backup of the folder back, or name an empty one in DATA_DIR.',
      );
    case 'mayNotCreate':
      return wrong(
        subject,
        `${where} answers, but this user may make no tables.`,
        'GRANT CREATE ON DATABASE and ON SCHEMA public to the user in DATABASE_URL.',
      );
    case 'refused': {
      const [says, todo] = refusals[trial.code ?? ''] ?? otherwise;
      return wrong(subject, `${where} ${says}${trial.code === undefined ? '' : ` (${trial.code})`}.`, todo);
    }
  }
}

type Checked = Pick<Config, 'database' | 'encryptionKeys' | 'allowedTenants'>;

export async function checkDatabase(checked: Checked): Promise<readonly Finding[]> {
  const { database, encryptionKeys, allowedTenants } = checked;
  const where = database.kind === 'postgres' ? serverIn(database.url) : path.resolve(database.folder);
  const trial = await tryDatabase(database, allowedTenants);
  const holds = trial.kind === 'answers' ? trial.holds : undefined;
  const isEmpty = trial.kind === 'new' || (trial.kind === 'answers' && holds === undefined);
  return [
    findingOf(trial, where),
    ...(holds?.schedules === undefined ? [] : [schedulesFinding(holds.schedules)]),
    isEmpty ? ok(keysSubject, 'Nothing is sealed yet.') : keysFinding(encryptionKeys, holds),
    channelFinding(holds),
  ];
}

const keysSubject = 'Encryption keys';

function keysFinding(keys: Checked['encryptionKeys'], holds: WhatItHolds | undefined): Finding {
  if (holds === undefined)
    return unchecked(
      keysSubject,
      'Whether they open what is kept is not known, because the database was not looked into.',
      'Stop the bot and run this again; or `npm run rotate-keys` counts what no key opens.',
    );
  const missing = holds.keyIds.filter((id) => !keys.some((key) => key.id === id));
  return missing.length === 0
    ? ok(keysSubject, 'Everything kept is sealed with a key that is in ENCRYPTION_KEYS.')
    : wrong(
        keysSubject,
        `Some of what is kept is sealed with ${missing.map((id) => `"${id}"`).join(', ')}, which ENCRYPTION_KEYS lacks.`,
        'Put that key back behind the first one. Without it people sign in once more, and names, schedules and answers are gone.',
      );
}

/** The Azure Bot's own settings are shown to nobody but the portal; that Teams spoke proves them. */
function channelFinding(holds: WhatItHolds | undefined): Finding {
  const channel = 'Teams channel';
  if (holds?.lastHeard !== undefined)
    return ok(channel, `Teams spoke to the bot last at ${holds.lastHeard.toISOString().slice(0, 16)}Z.`);
  return unchecked(
    channel,
    'Whether the Azure Bot has the channel is not known: no message of Teams within a day is to be seen.',
    'Look at portal.azure.com → the Azure Bot → Channels: Microsoft Teams must be there, Healthy. Or write `help` to the bot.',
  );
}

/** Numbers only. Overdue ones are no fault by themselves: the bot may be stopped. */
function schedulesFinding({ waiting, overdue, paused, resting }: SchedulesCounted): Finding {
  const late =
    overdue === 0
      ? 'none is overdue'
      : `${overdue} overdue by more than 5 minutes, which is right only while the bot is stopped`;
  const causes = paused.map(({ why, count }) => `${why} ${count}`).join(', ');
  const others = resting === 0 ? '' : ` ${resting} rest, because ALLOWED_TENANTS lacks their tenant.`;
  return ok(
    'Schedules',
    `${waiting} wait for their next run; ${late}. Paused: ${causes === '' ? 'none' : causes}.${others}`,
  );
}
