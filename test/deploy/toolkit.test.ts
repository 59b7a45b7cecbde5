import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { readConfig, variableNames } from '../../src/config.ts';
import { readPackageVariables } from '../../src/tools/app-package/package-variables.ts';
import { botPath } from '../../src/web/inbound-guard.ts';
import { image, root, textOf } from '../support/deploy/project-files.ts';
import { sampleSettings } from '../support/deploy/sample-settings.ts';
import {
  actionsOf,
  filesOf,
  follow,
  knownAtFirst,
  readProject,
  type Action,
} from '../support/deploy/toolkit.ts';

const guide = textOf('docs/deploy.md');
const secrets = ['SECRET_ENCRYPTION_KEYS', 'SECRET_DATABASE_PASSWORD'];

/** Each environment, its file, and what people put in before anything runs. */
const environments: readonly (readonly [environment: string, file: string, people: readonly string[]])[] = [
  ['dev', 'm365agents.yml', ['DEVELOPER_NAME', ...secrets]],
  ['local', 'm365agents.local.yml', ['DEVELOPER_NAME', 'PUBLIC_URL', ...secrets]],
  ['playground', 'm365agents.playground.yml', []],
];

const commandOf = ({ uses, with: { args } }: Action): string | undefined =>
  uses === 'cli/runNpmCommand' ? /^run (\w+)/.exec(String(args))?.[1] : undefined;

/** What `npm run package` cannot do without. */
function packageNeeds(action: Action): readonly string[] {
  const read = readPackageVariables({});
  if (commandOf(action) !== 'package' || read.kind === 'variables') return [];
  return read.problems.map((problem) => problem.split(' ')[0] ?? '');
}

for (const [environment, file, people] of environments)
  describe(file, () => {
    const project = readProject(file);

    it('is of a version that the toolkit of today reads, and finds its files and commands', () => {
      assert.ok(Number(/^v1\.(\d+)$/.exec(project.version)?.[1]) >= 11);
      assert.equal(project.environmentFolderPath, './env');
      const read = actionsOf(project).flatMap(filesOf);
      assert.deepEqual(
        read.filter((name) => !existsSync(path.join(root, name))),
        [],
      );
      const commands = actionsOf(project).flatMap((action) => commandOf(action) ?? []);
      assert.ok(commands.length > 0 && commands.every((name) => Object.hasOwn(packageJson.scripts, name)));
    });

    it('knows each value by the time that it is asked for', () => {
      const { unknown } = follow(actionsOf(project), knownAtFirst(environment, people), packageNeeds);
      assert.deepEqual(unknown, []);
    });

    it('is told in the guide what people put in', () => {
      assert.deepEqual(
        people.filter((name) => !guide.includes(name)),
        [],
      );
    });

    it('writes what it makes where git does not look', () => {
      const made = [...JSON.stringify(project).matchAll(/"(?:target|outputFilePath)":"([^"$]+)/g)].map(
        ([, to]) => to,
      );
      const ignored = made.filter(
        (to) => to === './env/.env.production' || to?.startsWith('./appPackage/build/'),
      );
      assert.deepEqual(made, ignored);
    });
  });

describe('the bot of this machine, behind a tunnel', () => {
  const { provision = [], deploy = [] } = readProject('m365agents.local.yml');

  it('gets settings that the configuration accepts', () => {
    const { envs } = deploy.find(({ uses }) => uses === 'file/createOrUpdateEnvironmentFile')?.with ?? {};
    const filled = Object.entries(envs as Record<string, string | number>).map(([name, value]) => {
      const [, from] = /^\$\{\{(?:SECRET_)?(\w+)\}\}$/.exec(String(value)) ?? [];
      return [
        name,
        from === undefined ? String(value) : (sampleSettings as Record<string, string>)[from],
      ] as const;
    });
    const settings = Object.fromEntries(filled);
    assert.deepEqual(
      Object.keys(settings).filter((name) => !variableNames.includes(name)),
      [],
    );
    const reading = readConfig(settings);
    assert.ok(reading.kind === 'config', JSON.stringify(reading));
    assert.equal(reading.config.listen.port, image.port);
    assert.deepEqual([...reading.config.allowedTenants], [sampleSettings.BOT_TENANT_ID]);
  });

  it('is registered for a channel and at a route that it has', () => {
    const registered = provision.find(({ uses }) => uses === 'botFramework/create')?.with;
    assert.equal(registered?.['messagingEndpoint'], `\${{PUBLIC_URL}}${botPath}`);
    assert.deepEqual(registered['channels'], [{ name: 'msteams' }]);
  });
});

describe('the registration in Azure', () => {
  const { provision = [] } = readProject('m365agents.yml');

  it('trusts the identity that the bot proves itself with', () => {
    const { content } = provision.find(({ uses }) => uses === 'file/createOrUpdateJsonFile')?.with ?? {};
    const { subject, audiences, issuer } = content as Record<string, unknown>;
    assert.equal(subject, '${{AZURE_IDENTITY_PRINCIPAL_ID}}');
    assert.equal(issuer, 'https://login.microsoftonline.com/${{BOT_TENANT_ID}}/v2.0');
    const [audience] = audiences as readonly string[];
    assert.ok(textOf('src/adapters/identity/entra/entra-app.ts').includes(`'${String(audience)}'`));
    const secret = provision.find(({ uses }) => uses === 'aadApp/create')?.with['generateClientSecret'];
    assert.equal(secret, false);
  });
});

describe('the secrets that the guide has people make', () => {
  it('are what the configuration and the database take', () => {
    const [, command = ''] =
      /^ *(node -e "[^"]*SECRET_ENCRYPTION_KEYS[^"]*") > env\/\.env\.dev\.user$/m.exec(guide) ?? [];
    const { stdout, status } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    assert.equal(status, 0);
    const made = parseEnv(stdout);
    assert.deepEqual(Object.keys(made).toSorted(), secrets.toSorted());
    const ENCRYPTION_KEYS = made['SECRET_ENCRYPTION_KEYS'];
    assert.equal(readConfig({ ...sampleSettings, ENCRYPTION_KEYS }).kind, 'config');
    assert.match(made['SECRET_DATABASE_PASSWORD'] ?? '', /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{16,128}$/);
  });
});
