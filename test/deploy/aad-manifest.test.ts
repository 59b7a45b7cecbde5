import assert from 'node:assert/strict';
import { teamsClientIds } from '../../src/adapters/identity/sign-in/sso-token.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { redirectsOf } from '../../src/doctor/check-public-url.ts';
import { everySource } from '../../src/sources/sources.ts';
import { fillPlaceholders } from '../../src/tools/app-package/build-app-package.ts';
import { placeholdersIn, textOf } from '../support/deploy/project-files.ts';
import { sampleSettings } from '../support/deploy/sample-settings.ts';

interface Registration {
  readonly id: string;
  readonly appId: string;
  readonly identifierUris: readonly string[];
  readonly web: { readonly redirectUris: readonly string[]; readonly implicitGrantSettings: object };
  readonly api: {
    readonly requestedAccessTokenVersion: number;
    readonly oauth2PermissionScopes: readonly {
      readonly id: string;
      readonly value: string;
      readonly type: string;
    }[];
    readonly preAuthorizedApplications: readonly {
      readonly appId: string;
      readonly delegatedPermissionIds: readonly string[];
    }[];
  };
  readonly requiredResourceAccess: readonly {
    readonly resourceAppId: string;
    readonly resourceAccess: readonly { readonly id: string; readonly type: string }[];
  }[];
}

const template = textOf('aad.manifest.json');
const made = {
  ...sampleSettings,
  AAD_APP_OBJECT_ID: '44444444-2222-3333-4444-555555555555',
  AAD_APP_ACCESS_AS_USER_PERMISSION_ID: '55555555-2222-3333-4444-555555555555',
};
const registration = JSON.parse(fillPlaceholders(template, made).text) as Registration;

const reading = readConfig(sampleSettings);
const config: Config =
  reading.kind === 'config' ? reading.config : assert.fail(JSON.stringify(reading.mistakes));

/** Ids of delegated permissions that the toolkit does not know by name. Source: Microsoft Graph permissions reference. */
const names: Readonly<Record<string, string>> = {
  '2edeb9fd-4228-480c-a26d-2ed52011cf3d': 'Goals-Export.ReadWrite.All',
  '092211d9-ca1a-427b-813e-b79c7653fe71': 'Goals-Export.Read.All',
};

describe('the manifest of the registration for signing in', () => {
  it('asks for what the sources ask for, delegated, and for nothing else', () => {
    const [graph, ...others] = registration.requiredResourceAccess;
    assert.deepEqual(others, []);
    assert.equal(graph?.resourceAppId, 'Microsoft Graph');
    const asked = graph.resourceAccess.map(
      ({ id, type }) => `${type} https://graph.microsoft.com/${names[id] ?? id}`,
    );
    const needed = everySource.flatMap(({ scopes }) => scopes.map((scope) => `Scope ${scope}`));
    assert.deepEqual(asked.toSorted(), needed.toSorted());
  });

  it('has the address that the bot takes, and that the Teams app names', () => {
    assert.deepEqual(registration.identifierUris, [config.app.idUri]);
    assert.equal(registration.appId, config.app.clientId);
    const app = JSON.parse(textOf('appPackage/manifest.json')) as { webApplicationInfo: object };
    const own = JSON.parse(template) as Registration;
    assert.deepEqual(app.webApplicationInfo, { id: own.appId, resource: own.identifierUris[0] });
  });

  it('leads back to the bot’s two pages, and grants nothing implicitly', () => {
    assert.deepEqual(registration.web.redirectUris, redirectsOf(config));
    const routes = textOf('src/web/sign-in-pages.ts');
    for (const uri of registration.web.redirectUris)
      assert.ok(routes.includes(`path: '${new URL(uri).pathname}'`), uri);
    assert.ok(Object.values(registration.web.implicitGrantSettings).every((value) => value === false));
  });

  it('lets the Teams clients in, for the one scope that the bot looks for', () => {
    const [scope, ...others] = registration.api.oauth2PermissionScopes;
    assert.deepEqual(others, []);
    assert.ok(scope !== undefined && scope.type === 'User');
    assert.ok(textOf('src/adapters/identity/sign-in/sso-token.ts').includes(`includes('${scope.value}')`));
    const { preAuthorizedApplications: clients } = registration.api;
    assert.deepEqual(
      clients.map(({ appId }) => appId),
      teamsClientIds,
    );
    for (const { delegatedPermissionIds } of clients) assert.deepEqual(delegatedPermissionIds, [scope.id]);
    assert.equal(registration.api.requestedAccessTokenVersion, 2);
  });

  it('asks for values that the toolkit knows when it is applied', () => {
    assert.deepEqual(
      placeholdersIn(template).filter((name) => !Object.hasOwn(made, name)),
      [],
    );
  });
});
