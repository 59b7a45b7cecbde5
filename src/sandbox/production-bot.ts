/** Runs the production bot as an operator would: from environment variables, here those of the sandbox with made-up secrets. */
import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { createApp, type App, type Overrides } from '../app.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../logger.ts';
import { roomForTheTour } from './faults/fault-links.ts';
import { sandboxTenantId } from './chat/people.ts';
import { dataIn } from './data-in.ts';

const stopMilliseconds = 5_000;

export const variablesFor = (
  folder: string,
  ports: { readonly bot: number },
  secrets: SandboxSecrets,
  publicUrl: string,
) => ({
  HOST: '127.0.0.1',
  PORT: String(ports.bot),
  PUBLIC_URL: publicUrl,
  LOG_LEVEL: 'info',
  BOT_ID: secrets.botId,
  BOT_PASSWORD: secrets.botPassword,
  BOT_TENANT_ID: sandboxTenantId,
  AAD_APP_CLIENT_ID: secrets.appClientId,
  AAD_APP_CLIENT_SECRET: secrets.appSecret,
  AAD_APP_ID_URI: `api://botid-${secrets.botId}`,
  ALLOWED_TENANTS: sandboxTenantId,
  ENCRYPTION_KEYS: `sandbox:${secrets.encryptionKey}`,
  DATA_DIR: dataIn(folder),
  DEVELOPER_NAME: 'whoever started this sandbox',
  ...roomForTheTour,
});

/** @throws Error that names every mistake in the variables */
export async function startBot(
  variables: Readonly<Record<string, string>>,
  logFile: string,
  overrides: Required<Pick<Overrides, 'addressOf' | 'clock'>>,
): Promise<{ readonly stop: () => Promise<void> } & Pick<App, 'bringForward'>> {
  const reading = readConfig(variables);
  if (reading.kind === 'mistakes') {
    const words = reading.mistakes.map(({ variable, problem }) => `${variable} ${problem}`);
    throw new Error(`The sandbox's configuration is wrong: ${words.join('; ')}`);
  }
  const file = createWriteStream(logFile, { flags: 'a' });
  const log = createLogger(reading.config.logLevel, file);
  const app: App = await createApp(reading.config, { log, ...overrides });
  await app.start();
  return {
    bringForward: (seconds) => app.bringForward(seconds),
    stop: async () => {
      await app.stop(stopMilliseconds);
      await new Promise((resolve) => file.end(resolve));
    },
  };
}

const secretsSchema = z.object({
  botId: z.string(),
  botPassword: z.string(),
  appClientId: z.string(),
  appSecret: z.string(),
  encryptionKey: z.string(),
});

export type SandboxSecrets = Readonly<z.infer<typeof secretsSchema>>;

export function loadSandboxSecrets(file: string): SandboxSecrets {
  if (existsSync(file)) return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const secrets: SandboxSecrets = {
    botId: randomUUID(),
    botPassword: randomBytes(16).toString('base64url'),
    appClientId: randomUUID(),
    appSecret: randomBytes(16).toString('base64url'),
    encryptionKey: randomBytes(32).toString('base64'),
  };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
