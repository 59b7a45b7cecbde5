/** Answers for the made-up ids and secrets of one sandbox folder: kept, so that sign-ins and exports outlive a restart. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

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
