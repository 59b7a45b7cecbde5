import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readConfig, variableNames, type Config } from '../../src/config.ts';
import { botPath } from '../../src/web/inbound-guard.ts';
import { evaluate, infra, readBicep, type Bicep } from '../support/deploy/read-bicep.ts';
import { image, isHealthRoute, textOf } from '../support/deploy/project-files.ts';
import { sampleSettings } from '../support/deploy/sample-settings.ts';

const files = readdirSync(infra, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.bicep'),
);
const every: ReadonlyMap<string, Bicep> = new Map(
  files.map((file) => [file, readBicep(path.join(infra, file))]),
);
const fileOf = (name: string): Bicep => every.get(name) ?? assert.fail(`${name} is missing`);
const app = fileOf('app.bicep');
const main = fileOf('main.bicep');

/** What is wrong with what a template is given. */
function mismatches({ params }: Bicep, given: Iterable<string>, who: string): readonly string[] {
  const names = new Set(given);
  const missing = [...params].filter(([name, { isRequired }]) => isRequired && !names.has(name));
  return [
    ...missing.map(([name]) => `${who} lacks ${name}`),
    ...Array.from(names)
      .filter((name) => !params.has(name))
      .map((name) => `${who} knows no ${name}`),
  ];
}

const mentions = (expression: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(expression);

describe('the templates of Azure', () => {
  it('are given every parameter that they need, and no other', () => {
    const ofModules = [...every].flatMap(([file, { modules }]) =>
      modules.flatMap(({ path: called, given }) =>
        mismatches(fileOf(path.join(path.dirname(file), called)), given.keys(), `${file}: ${called}`),
      ),
    );
    assert.ok(main.modules.length > 4);
    const ofFiles = ['main', 'app'].flatMap((name) => {
      const { parameters } = JSON.parse(textOf(`infra/${name}.parameters.json`)) as { parameters: object };
      return mismatches(fileOf(`${name}.bicep`), Object.keys(parameters), `${name}.parameters.json`);
    });
    assert.deepEqual([...ofModules, ...ofFiles], []);
  });

  it('declare nothing in vain', () => {
    const idle = [...every].flatMap(([file, { text, params }]) =>
      [...params.keys()]
        .filter((name) => text.match(new RegExp(`\\b${name}\\b(?!:)`, 'g'))?.length === 1)
        .map((name) => `${file}: ${name}`),
    );
    assert.deepEqual(idle, []);
  });

  it('mark each secret as one, and hand it on as one only', () => {
    const bare = [...every].flatMap(([file, { params }]) =>
      [...params]
        .filter(([name, { isSecure }]) => /password|secret|keys?$/i.test(name) && !isSecure)
        .map(([name]) => `${file}: ${name}`),
    );
    assert.deepEqual(bare, []);
    const lost = [...every].flatMap(([file, { params, modules }]) =>
      [...params]
        .filter(([, { isSecure }]) => isSecure)
        .flatMap(([secret]) =>
          modules.flatMap(({ path: called, given }) =>
            [...given]
              .filter(
                ([name, value]) =>
                  mentions(value, secret) &&
                  fileOf(path.join(path.dirname(file), called)).params.get(name)?.isSecure !== true,
              )
              .map(([name]) => `${file}: ${secret} becomes ${name}`),
          ),
        ),
    );
    assert.deepEqual(lost, []);
  });

  it('put no secret out', () => {
    const told = [...every].flatMap(([file, { params, outputs }]) =>
      [...outputs]
        .filter(
          ([, value]) =>
            /\blist\w*\(|properties\.value|password|sharedKey/i.test(value) ||
            [...params].some(([name, { isSecure }]) => isSecure && mentions(value, name)),
        )
        .map(([name]) => `${file}: ${name}`),
    );
    assert.deepEqual(told, []);
    assert.ok(main.outputs.size > 5);
  });

  it('encrypt every way, and open none that is not needed', () => {
    const settings: readonly (readonly [file: string, setting: string])[] = [
      ['app.bicep', 'allowInsecure: false'],
      ['modules/database.bicep', "name: 'require_secure_transport'\n    properties: {\n      value: 'ON'"],
      ['modules/database.bicep', 'delegatedSubnetResourceId: subnetId'],
      ['modules/vault.bicep', '?sslmode=verify-full'],
      ['modules/vault.bicep', 'enableRbacAuthorization: true'],
      ['modules/vault.bicep', 'enablePurgeProtection: true'],
      ['modules/registry.bicep', 'adminUserEnabled: false'],
      ['modules/bot.bicep', 'disableLocalAuth: true'],
    ];
    assert.deepEqual(
      settings.filter(([file, setting]) => !fileOf(file).text.includes(setting)),
      [],
    );
    const roles = [...every.values()].flatMap(({ text }) =>
      [...text.matchAll(/^\/\/ "([\w ]+)".*\nvar \w+Role = '([\w-]+)'$/gm)].map(([, name, id]) => [name, id]),
    );
    assert.deepEqual(roles, [
      ['AcrPull', '7f951dda-4ed3-4680-a7ca-43fe172d538d'],
      ['Key Vault Secrets User', '4633458b-17de-408a-b874-0445c86b69e6'],
    ]);
  });
});

const domain = 'example.azurecontainerapps.io';
const stands = {
  name: 'okr-export',
  'place.properties.defaultDomain': domain,
  'place.outputs.domain': domain,
  'identity.properties.clientId': sampleSettings.BOT_ID,
  'identity.properties.tenantId': sampleSettings.BOT_TENANT_ID,
  aadAppClientId: sampleSettings.AAD_APP_CLIENT_ID,
  allowedTenants: sampleSettings.ALLOWED_TENANTS,
  appName: sampleSettings.APP_NAME,
  developerName: sampleSettings.DEVELOPER_NAME,
  operatorContact: 'mailto:okr-export@example.com',
};
const kept: Readonly<Record<string, string>> = {
  'encryption-keys': sampleSettings.ENCRYPTION_KEYS,
  'database-url': sampleSettings.DATABASE_URL,
};

/** The environment of the container. */
function environmentOf(): Readonly<Record<string, string>> {
  const entries = [...app.text.matchAll(/\{ name: '(\w+)', (value|secretRef): (.*) \}$/gm)];
  return Object.fromEntries(
    entries.map(([, name = '', kind, expression = '']) => [
      name,
      kind === 'value'
        ? evaluate(expression, stands)
        : (kept[evaluate(expression, {})] ?? assert.fail(expression)),
    ]),
  );
}

function configOf(environment: Readonly<Record<string, string>>): Config {
  const reading = readConfig(environment);
  return reading.kind === 'config' ? reading.config : assert.fail(JSON.stringify(reading.mistakes));
}

describe('the bot as a container app', () => {
  it('gets an environment that the configuration accepts, and no variable that it does not know', () => {
    const environment = environmentOf();
    assert.deepEqual(
      Object.keys(environment).filter((name) => !variableNames.includes(name)),
      [],
    );
    const config = configOf(environment);
    assert.deepEqual(config.bot.auth, { kind: 'userAssignedIdentity' });
    assert.deepEqual(config.app.auth, { kind: 'managedIdentity', clientId: sampleSettings.BOT_ID });
    assert.equal(config.database.kind, 'postgres');
  });

  it('is told the address and the ids that main.bicep puts out', () => {
    const environment = environmentOf();
    const host = /^var host = (.*)$/m.exec(main.text)?.[1] ?? '';
    const values = { ...stands, host: evaluate(host, stands) };
    for (const name of ['PUBLIC_URL', 'BOT_ID', 'BOT_TENANT_ID', 'AAD_APP_ID_URI'])
      assert.equal(environment[name], evaluate(main.outputs.get(name) ?? '', values), name);
    const endpoint = /^ {4}endpoint: (.*)$/m.exec(main.text)?.[1] ?? '';
    assert.equal(evaluate(endpoint, values), `${String(environment['PUBLIC_URL'])}${botPath}`);
    assert.equal(fileOf('modules/environment.bicep').outputs.get('domain'), 'place.properties.defaultDomain');
  });

  it('looks for the vault and the registry under the names that they were given', () => {
    const namesIn = ({ text }: Bicep): readonly string[] =>
      text.match(/^var (suffix|vaultName|registryName) = .*$/gm) ?? [];
    assert.equal(namesIn(main).length, 3);
    assert.deepEqual(namesIn(app), namesIn(main));
  });

  it('reads each of its secrets where the vault keeps it', () => {
    const vault = fileOf('modules/vault.bicep').text;
    for (const name of Object.keys(kept)) {
      assert.ok(app.text.includes(`secrets/${name}'`), name);
      assert.ok(vault.includes(`  name: '${name}'`), name);
    }
  });

  it('is asked for its health where it answers, and may drain', () => {
    const ports = [...app.text.matchAll(/(?:targetPort|port): (\d+)/g)].map(([, port]) => Number(port));
    assert.deepEqual([...new Set(ports)], [image.port]);
    const paths = [...app.text.matchAll(/path: '([^']+)'/g)].map(([, route]) => route ?? '');
    assert.deepEqual(paths, ['/healthz', '/healthz', '/readyz']);
    assert.ok(paths.every(isHealthRoute));
    assert.ok(Number(/terminationGracePeriodSeconds: (\d+)/.exec(app.text)?.[1]) >= 30);
  });
});
