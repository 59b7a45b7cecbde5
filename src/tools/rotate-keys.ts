/** `npm run rotate-keys`: brings all stored tokens and what is kept of files under the first of ENCRYPTION_KEYS; nobody has to sign in again. */
import { runKeyRotation } from '../app/data.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../logger.ts';

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

async function rotate(): Promise<void> {
  const reading = readConfig(process.env);
  if (reading.kind === 'mistakes') {
    const mistakes = reading.mistakes.map(({ variable, problem }) => `  ${variable} ${problem}`);
    throw new Error(['It needs the configuration of the bot:', ...mistakes].join('\n'));
  }
  const { config } = reading;
  const { tokens, files } = await runKeyRotation(config, createLogger('warn'));
  console.log(
    `Tokens of ${people(tokens.resealed)} were sealed anew with the key "${config.encryptionKeys[0]?.id}".`,
  );
  console.log(`So were ${files.resealed} pieces of what is kept of files.`);
  if (tokens.unreadable > 0) {
    console.log(
      `Those of ${people(tokens.unreadable)} open with none of ENCRYPTION_KEYS: they have to sign in again.`,
    );
  }
  if (files.unreadable > 0)
    console.log(`${files.unreadable} pieces of files open with none of them: they are as good as gone.`);
  console.log(
    'Everything else was under that key already. Once every running bot knows it, drop the older ones.',
  );
}

try {
  await rotate();
} catch (error) {
  console.error(`The keys were not rotated: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
