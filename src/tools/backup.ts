/** `npm run backup -- FOLDER` copies the embedded database there, `npm run restore -- FOLDER` brings such a copy back. */
import { parseArgs } from 'node:util';
import { backUpData, restoreData } from '../app/data.ts';
import { readConfig } from '../config.ts';

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { restore: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0)
    throw new Error(`Name one folder: npm run ${values.restore ? 'restore' : 'backup'} -- FOLDER`);
  const reading = readConfig(process.env);
  if (reading.kind === 'mistakes') {
    const mistakes = reading.mistakes.map(({ variable, problem }) => `  ${variable} ${problem}`);
    throw new Error(['It needs the configuration of the bot:', ...mistakes].join('\n'));
  }
  const { database } = reading.config;
  await (values.restore ? restoreData(database, folder) : backUpData(database, folder));
  console.log(
    values.restore
      ? `The backup in ${folder} is in its place. Start the bot: what was open then goes on.`
      : `The database is copied to ${folder}. Keep it apart from ENCRYPTION_KEYS: each is of no use without the other.`,
  );
}

try {
  await run();
} catch (error) {
  console.error(`Nothing was copied: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
