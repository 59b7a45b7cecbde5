/** What Graph shows an app of its own registration: each fault has its page, and what Graph does not show is never taken for fine. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Answer } from '../../src/sandbox/loopback/script.ts';
import { useDoctor, wrongs } from '../support/app/doctor-suite.ts';

type Registration = Readonly<Record<string, unknown>> & { readonly api: Readonly<Record<string, unknown>> };

describe("doctor's look at what Graph shows of the registrations", () => {
  const { world, look, onlyWrong, told } = useDoctor();

  /** Graph shows the registration of `client` with changes. */
  const shows = (client: string, change: (shown: Registration) => object): void => {
    world().graph.script({
      match: { op: 'application', pathIncludes: world().variables[client] ?? '' },
      respond: (_call, genuine): Answer => {
        const shown = genuine.body as Registration;
        return { ...genuine, body: { ...shown, ...change(shown) } };
      },
    });
  };
  const app = 'AAD_APP_CLIENT_ID';
  const inDays = (days: number): string => new Date(Date.now() + days * 24 * 3600_000).toISOString();
  const secrets = (...ends: readonly number[]) => ({
    passwordCredentials: ends.map((days) => ({ hint: 'mad', endDateTime: inDays(days) })),
  });

  const faults: readonly (readonly [string, (shown: Registration) => object, RegExp, RegExp, RegExp])[] = [
    [
      'an audience with personal accounts',
      () => ({ signInAudience: 'AzureADandPersonalMicrosoftAccount' }),
      /^Sign-in audience$/,
      /personal accounts/,
      /Supported account types/,
    ],
    [
      'a scope that is disabled',
      ({ api }) => ({
        api: {
          ...api,
          oauth2PermissionScopes: [{ id: 'a', value: 'access_as_user', isEnabled: false }],
          preAuthorizedApplications: [
            '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
            '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
          ].map((appId) => ({ appId, delegatedPermissionIds: ['a'] })),
        },
      }),
      /^Exposed scope$/,
      /access_as_user is disabled/,
      /Expose an API/,
    ],
    [
      'clients of Teams that are missing, or there for another scope',
      ({ api }) => ({
        api: {
          ...api,
          preAuthorizedApplications: [
            { appId: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', delegatedPermissionIds: ['else'] },
          ],
        },
      }),
      /^Pre-authorised clients$/,
      /1fec8e78-bce4-4aaf-ab1b-5451cc387264, 5e3ce6c0/,
      /Authorized client applications/,
    ],
    [
      'an Application ID URI of another registration',
      () => ({ identifierUris: ['api://botid-else'] }),
      /^Application ID URI$/,
      /This registration has api:\/\/botid-else/,
      /set Application ID URI/,
    ],
    [
      'a secret that has expired',
      () => secrets(-3, -1),
      /^SSO\/Graph credential’s expiry$/,
      /AAD_APP_CLIENT_SECRET expired on/,
      /new client secret/,
    ],
  ];
  for (const [what, change, subject, says, todo] of faults)
    it(`tells ${what}`, async () => {
      shows(app, change);
      await onlyWrong({}, subject, says, todo);
    });

  it('tells that there is no scope at all, and so no client for it', async () => {
    shows(app, ({ api }) => ({ api: { ...api, oauth2PermissionScopes: [] } }));
    const found = wrongs(await look());
    assert.deepEqual(
      found.map(({ subject }) => subject),
      ['Exposed scope', 'Pre-authorised clients'],
    );
  });

  it('tells that only one tenant may sign in where several are allowed', async () => {
    const other = randomUUID();
    const found = wrongs(
      await look({ ALLOWED_TENANTS: `${world().variables['ALLOWED_TENANTS'] ?? ''},${other}` }),
    );
    const audience = found.find(({ subject }) => subject === 'Sign-in audience');
    assert.match(audience?.says ?? '', new RegExp(`names ${other} as well`));
    assert.match(audience?.todo ?? '', /any organisational directory/);
  });

  it('warns of a secret that expires soon, by the one of those alike that is next', async () => {
    shows('BOT_ID', () => secrets(-5, 12.5, 200));
    const found = await told(/^Bot credential/);
    assert.equal(found.state, 'warning');
    assert.match(found.says, /BOT_PASSWORD expires on \d{4}-\d{2}-\d{2}, in 12 days/);
    assert.deepEqual(wrongs(await look()), []);
  });

  it('does not know when a secret expires that the registration does not list', async () => {
    shows('BOT_ID', () => ({ passwordCredentials: [{ hint: 'xyz', endDateTime: inDays(9) }] }));
    const found = await told(/^Bot credential/);
    assert.equal(found.state, 'unchecked');
    assert.match(found.todo ?? '', /Certificates & secrets: Expires/);
  });

  const unreadable: readonly (readonly [string, Answer, RegExp])[] = [
    ['refuses', { status: 403, body: {} }, /does not show it to the app itself/],
    ['knows it in no allowed tenant', { status: 404, body: {} }, /tenant that is not allowed here/],
    ['answers oddly', { status: 200, body: { signInAudience: 7 } }, /answered 200 with something else/],
  ];
  for (const [what, respond, why] of unreadable)
    it(`knows nothing when Graph ${what}, says so, and where to look`, async () => {
      world().graph.script({ match: { op: 'application' }, respond });
      const { findings } = await look();
      const open = [
        'Bot credential’s expiry',
        'SSO/Graph credential’s expiry',
        'Sign-in audience',
        'Exposed scope',
        'Pre-authorised clients',
      ].map((subject) => findings.filter((one) => one.subject === subject));
      for (const [found, ...others] of open) {
        assert.equal(others.length, 0);
        assert.equal(found?.state, 'unchecked');
        assert.match(found.says, why);
        assert.match(found.todo ?? '', /^Look at portal\.azure\.com/);
      }
    });

  it('takes the list of redirect URIs where Entra ID shows a page of its own', async () => {
    world().entra.script({ match: { op: 'authorize' }, respond: { status: 200, body: '<p>One moment</p>' } });
    assert.equal((await told(/^Redirect URI/)).state, 'ok');
    shows(app, () => ({ web: { redirectUris: [] } }));
    assert.equal(wrongs(await look()).length, 2);
  });
});
