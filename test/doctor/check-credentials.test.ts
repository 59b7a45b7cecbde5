/** The doctor's words for the two registrations: each refusal of Entra ID names its page, field or variable. */
import assert from 'node:assert/strict';
import { entraError, type EntraErrorName } from '../../src/sandbox/entra/entra-errors.ts';
import { sandboxTenantId } from '../../src/sandbox/chat/people.ts';
import { useDoctor, wrongs } from '../support/app/doctor-suite.ts';

describe("doctor's look at the registrations", () => {
  const { world, look, onlyWrong, told } = useDoctor();

  const credentialFaults: readonly (readonly [EntraErrorName, RegExp, RegExp])[] = [
    [
      'secretWrong',
      /does not take the client secret in BOT_PASSWORD/,
      /Value of a client secret.*not its Secret ID/,
    ],
    ['secretExpired', /secret in BOT_PASSWORD has expired/, /Certificates & secrets.*new client secret/],
    ['certificateWrong', /certificate in BOT_CERTIFICATE_FILE/, /upload this very certificate/],
    ['appUnknown', /knows no application/, /BOT_ID and BOT_TENANT_ID/],
    ['tenantUnknown', /knows no tenant/, /Mend BOT_TENANT_ID/],
    ['scopeInvalid', /no token for https:\/\/api\.botframework/, /BOT_CHANNEL_SCOPE/],
    ['unknownNumber', /invalid_grant, AADSTS9999999, [\w-]{36}/, /Look the code up/],
  ];
  for (const [error, says, todo] of credentialFaults) {
    it(`puts ${error} of the bot into words`, async () => {
      const client = world().variables['BOT_ID'] ?? '';
      world().entra.script({ match: { op: 'token', about: { client } }, respond: entraError(error) });
      await onlyWrong({}, /^Bot registration$/, says, todo);
    });
  }

  it('notices a wrong secret of either registration at Entra ID itself', async () => {
    const found = wrongs(await look({ BOT_PASSWORD: 'canary-1', AAD_APP_CLIENT_SECRET: 'canary-2' }));
    const says = found.map((one) => one.says).join('\n');
    assert.match(says, /BOT_PASSWORD/);
    assert.match(says, /AAD_APP_CLIENT_SECRET/);
  });

  it('gives the consent link of a tenant in which the registration is not known', async () => {
    const match = { op: 'token', about: { scope: 'https://graph.microsoft.com/.default' } };
    world().entra.script({
      match: { ...match, where: ({ body }) => body.includes('graph.microsoft.com') },
      respond: entraError('appUnknown'),
    });
    await onlyWrong(
      {},
      /SSO\/Graph.*tenant/,
      /knows no application/,
      /administrator there opens .*adminconsent/,
    );
  });

  it('does not blame the secret when Entra ID is down', async () => {
    world().entra.script({ match: { op: 'token' }, respond: { status: 503, body: 'down' } });
    assert.equal((await told(/Bot registration/)).state, 'unchecked');
    assert.deepEqual(wrongs(await look()), []);
  });

  it('tells certificates that cannot be read', async () => {
    const missing = { BOT_PASSWORD: '', BOT_CERTIFICATE_FILE: 'no.pem', BOT_CERTIFICATE_KEY_FILE: 'no.key' };
    await onlyWrong(
      missing,
      /Bot registration/,
      /BOT_CERTIFICATE_FILE or its key/,
      /BOT_CERTIFICATE_KEY_FILE/,
    );
  });

  it('leaves managed identities to their machine', async () => {
    const found = await told(/Bot registration/, { BOT_TYPE: 'UserAssignedMSI' });
    assert.equal(found.state, 'unchecked');
    assert.match(found.says, /managed identity/);
  });

  it('notices version 1 tokens, and an Application ID URI that is not set', async () => {
    const match = {
      op: 'token',
      where: ({ body }: { readonly body: Buffer }) => body.includes('api%3A%2F%2F'),
    };
    const access_token = await world().entra.sign({ tid: sandboxTenantId, ver: '1.0' }, 60);
    const token = { token_type: 'Bearer', expires_in: 60, access_token };
    const first = world().entra.script({ match, respond: { status: 200, body: token } });
    await onlyWrong({}, /Application ID URI/, /version 1/, /requestedAccessTokenVersion to 2/);
    first.remove();
    const body = { error: 'invalid_resource', error_codes: [500011] };
    world().entra.script({ match, respond: { status: 400, body } });
    await onlyWrong({}, /Application ID URI/, /No application in tenant/, /Expose an API/);
  });
});
