/** Checks that an app package was made for this configuration: the ids, addresses and domains of its manifest. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { openArchive } from '../adapters/okr-files/xlsx/zip-archive.ts';
import type { Config } from '../config.ts';
import { jsonIn } from './ask-web.ts';
import { ok, unchecked, wrong, type Finding } from './finding.ts';

const subject = 'App package';
const maxManifestBytes = 1_000_000;
const again =
  'Mend env/.env.dev, make it anew (npm run package -- --env dev), and upload it under a higher version.';

/** The manifest's schema, version 1.29: what depends on the configuration. */
const manifestSchema = z.object({
  id: z.string(),
  developer: z.object({ privacyUrl: z.string(), termsOfUseUrl: z.string() }),
  bots: z.array(z.object({ botId: z.string() })),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }),
  validDomains: z.array(z.string()),
});
type Manifest = z.infer<typeof manifestSchema>;

type Checked = Pick<Config, 'publicUrl' | 'bot' | 'app'>;

/** @param files paths of packages; what has been uploaded shows nowhere else */
export async function checkPackages(config: Checked, files: readonly string[]): Promise<readonly Finding[]> {
  if (files.length === 0)
    return [
      unchecked(
        subject,
        'There is none here, and what has been uploaded to Teams is not known.',
        'Name the zip that was uploaded: npm run doctor -- --package FILE',
      ),
    ];
  return (await Promise.all(files.map((file) => checkPackage(config, file)))).flat();
}

async function checkPackage(config: Checked, file: string): Promise<readonly Finding[]> {
  const name = path.basename(file);
  const text = await manifestIn(file);
  if (text === undefined)
    return [wrong(subject, `${name} is no zip with a manifest.json at its root.`, again)];
  const parsed = manifestSchema.safeParse(jsonIn(text));
  if (!parsed.success) {
    const lacking = parsed.error.issues.map(({ path: place }) => place.join('.')).join(', ');
    return [wrong(subject, `The manifest in ${name} lacks ${lacking || 'everything'}.`, again)];
  }
  const problems = problemsOf(config, parsed.data);
  return problems.length === 0
    ? [ok(subject, `${name} carries the ids, addresses and domain of this configuration.`)]
    : problems.map((problem) => wrong(subject, `${name}: ${problem}.`, again));
}

async function manifestIn(file: string): Promise<string | undefined> {
  try {
    const archive = await openArchive(await readFile(file), maxManifestBytes);
    const pieces = [];
    for await (const piece of archive.unpack('manifest.json')) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  } catch {
    return undefined;
  }
}

function problemsOf({ publicUrl, bot, app }: Checked, manifest: Manifest): readonly string[] {
  const { developer, bots, webApplicationInfo, validDomains } = manifest;
  const { hostname } = new URL(publicUrl);
  const pairs = [
    ['bots[0].botId', bots[0]?.botId ?? 'absent', 'BOT_ID', bot.id],
    ['webApplicationInfo.id', webApplicationInfo.id, 'AAD_APP_CLIENT_ID', app.clientId],
    ['webApplicationInfo.resource', webApplicationInfo.resource, 'AAD_APP_ID_URI', app.idUri],
    ['developer.privacyUrl', developer.privacyUrl, 'PUBLIC_URL makes it', `${publicUrl}/privacy`],
    ['developer.termsOfUseUrl', developer.termsOfUseUrl, 'PUBLIC_URL makes it', `${publicUrl}/terms`],
  ] as const;
  const differing = pairs
    .filter(([, there, , here]) => there.toLowerCase() !== here.toLowerCase())
    .map(([field, there, variable, here]) => `${field} is ${there}, and ${variable} ${here}`);
  const isValid = validDomains.some((domain) =>
    domain.startsWith('*.') ? hostname.endsWith(domain.slice(1)) : domain === hostname,
  );
  return isValid ? differing : [...differing, `validDomains lacks ${hostname}, the host of PUBLIC_URL`];
}
