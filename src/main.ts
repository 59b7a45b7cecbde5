/** Runs in production: reads the environment, starts the app, and stops it on signals. */
import { createApp } from './app.ts';
import { readConfig, type Mistake } from './config.ts';
import { createLogger } from './logger.ts';

const drainMilliseconds = 10_000;

const advice = (mistakes: readonly Mistake[]): string =>
  [
    'The bot cannot start, because its configuration is not complete:',
    '',
    ...mistakes.map(({ variable, problem }) => `  ${variable} ${problem}`),
    '',
    'Copy env/.env.production.sample to env/.env.production and fill it in: `npm start` loads it.',
    'Every variable is described in docs/configuration.md.',
    'To see the bot without any configuration, run: npm run sandbox',
  ].join('\n');

async function run(): Promise<void> {
  const reading = readConfig(process.env);
  if (reading.kind === 'mistakes') {
    console.error(advice(reading.mistakes));
    process.exitCode = 1;
    return;
  }
  const log = createLogger(reading.config.logLevel);
  const app = await createApp(reading.config, { log });
  const { port } = await app.start();
  log.info({ port, publicUrl: reading.config.publicUrl }, 'the bot is listening');
  const stop = createStop(app, log);
  process.on('SIGTERM', (signal) => stop({ signal }, 0));
  process.on('SIGINT', (signal) => stop({ signal }, 0));
  logWhatNobodyCaught(log, stop);
}

type Log = ReturnType<typeof createLogger>;
type Stop = (why: Readonly<Record<string, unknown>>, exitCode: number) => void;

function createStop(app: Awaited<ReturnType<typeof createApp>>, log: Log): Stop {
  let stopping = false;
  return function stop(why, exitCode) {
    if (stopping) return;
    stopping = true;
    log.info(why, 'the bot is stopping');
    app.stop(drainMilliseconds).then(
      () => process.exit(exitCode),
      (err: unknown) => {
        log.error({ err }, 'the bot did not stop in an orderly way');
        process.exit(1);
      },
    );
  };
}

/**
 * Node would print it with all that it carries, and end at once. A promise that nobody awaited harms nobody else; after what was
 * thrown outside of everything nothing is certain, so the process drains and ends, and is taken up by the next.
 */
function logWhatNobodyCaught(log: Log, stop: Stop): void {
  process.on('unhandledRejection', (err) => log.error({ err }, 'a failure was awaited by nobody'));
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'an error was caught by nobody');
    stop({ why: 'an error was caught by nobody' }, 1);
  });
}

try {
  await run();
} catch (error) {
  // The third edge, beside a turn and a worker: what reaches it keeps the bot from running at all.
  const words = error instanceof Error ? error.message : String(error);
  console.error(`The bot cannot start: ${words}`);
  if (error instanceof Error && error.cause instanceof Error)
    console.error(`Because: ${error.cause.message}`);
  process.exit(1);
}
