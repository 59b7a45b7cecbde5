import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { readConfig, variableNames } from '../src/config.ts';

const botId = '11111111-2222-3333-4444-555555555555';
const complete: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'https://bot.example.com/',
  BOT_ID: botId,
  BOT_TENANT_ID: '22222222-2222-3333-4444-555555555555',
  BOT_PASSWORD: 'made-up',
  AAD_APP_CLIENT_ID: '33333333-2222-3333-4444-555555555555',
  AAD_APP_CLIENT_SECRET: 'made-up',
  AAD_APP_ID_URI: `api://botid-${botId}`,
  ALLOWED_TENANTS: '22222222-2222-3333-4444-555555555555, 44444444-2222-3333-4444-555555555555',
  ENCRYPTION_KEYS: `k2:${Buffer.alloc(32, 2).toString('base64')},k1:${Buffer.alloc(32, 1).toString('base64')}`,
};

const mistakesOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  const reading = readConfig(environment);
  return reading.kind === 'mistakes' ? reading.mistakes.map(({ variable }) => variable) : [];
};

/** Every line that sets a variable, those that show a default included. */
const sample = readFileSync(new URL('../env/.env.production.sample', import.meta.url), 'utf8');
const sampled = parseEnv(sample.replaceAll(/^# ([A-Z_]+=)/gm, '$1'));

describe('the sample of a configuration', () => {
  it('has every variable that is read, once, and no other', () => {
    assert.deepEqual(Object.keys(sampled).toSorted(), variableNames.toSorted());
    assert.equal(sample.match(/^(# )?[A-Z_]+=/gm)?.length, variableNames.length);
  });

  it('leaves open what has to be filled in, and shows the defaults of the rest', () => {
    const open = parseEnv(sample);
    assert.deepEqual(Object.keys(open).toSorted(), Object.keys(complete).toSorted());
    assert.ok(Object.values(open).every((value) => value === ''));
    const filled = { ...sampled, ...complete };
    assert.deepEqual(readConfig(filled), readConfig(complete));
  });
});

describe('the configuration', () => {
  it('takes an address of mail or of a page as the operator’s, and nothing else', () => {
    const contact = (OPERATOR_CONTACT: string) => {
      const reading = readConfig({ ...complete, OPERATOR_CONTACT });
      return reading.kind === 'mistakes' ? reading.mistakes[0]?.variable : reading.config.operatorUrl;
    };
    assert.equal(contact('help@example.com'), 'mailto:help@example.com');
    assert.equal(contact('https://example.com/help'), 'https://example.com/help');
    assert.equal(contact(''), undefined);
    for (const wrong of ['call us', 'http://example.com', 'javascript:alert(1)'])
      assert.equal(contact(wrong), 'OPERATOR_CONTACT', wrong);
  });

  it('names everything that is missing, all at once, and what it should be', () => {
    const reading = readConfig({});
    assert.ok(reading.kind === 'mistakes');
    assert.deepEqual(reading.mistakes.map(({ variable }) => variable).sort(), [
      'AAD_APP_CLIENT_ID',
      'AAD_APP_CLIENT_SECRET',
      'AAD_APP_ID_URI',
      'ALLOWED_TENANTS',
      'BOT_ID',
      'BOT_PASSWORD',
      'BOT_TENANT_ID',
      'ENCRYPTION_KEYS',
      'PUBLIC_URL',
    ]);
    for (const { problem } of reading.mistakes) assert.match(problem, /^is missing: .{10,}/);
  });

  it('takes a complete one, with the documented defaults', () => {
    const reading = readConfig(complete);
    assert.ok(reading.kind === 'config', JSON.stringify(reading));
    const { config } = reading;
    assert.equal(config.publicUrl, 'https://bot.example.com');
    assert.equal(config.listen.port, 3978);
    assert.deepEqual(config.database, { kind: 'embedded', folder: './data' });
    assert.deepEqual(config.limits, { openPerUser: 5, dailyPerUser: 20, openPerTenant: 100 });
    assert.equal(config.graph.baseUrl, 'https://graph.microsoft.com');
    assert.deepEqual(config.bot.serviceUrlHosts, [
      'smba.trafficmanager.net',
      '*.botframework.com',
      '*.teams.microsoft.com',
    ]);
    assert.deepEqual(
      config.encryptionKeys.map(({ id, key }) => [id, key.length]),
      [
        ['k2', 32],
        ['k1', 32],
      ],
    );
    assert.equal(config.allowedTenants.size, 2);
  });

  const wrong: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['http to another machine', { GRAPH_BASE_URL: 'http://graph.example.com' }, 'GRAPH_BASE_URL'],
    ['no URL', { PUBLIC_URL: 'bot.example.com' }, 'PUBLIC_URL'],
    ['a public address with a path', { PUBLIC_URL: 'https://example.com/bot' }, 'PUBLIC_URL'],
    ['no GUID', { BOT_ID: 'my-bot' }, 'BOT_ID'],
    ['an Application ID URI that Teams does not take', { AAD_APP_ID_URI: 'api://goals' }, 'AAD_APP_ID_URI'],
    ['a short key', { ENCRYPTION_KEYS: 'k1:c2hvcnQ=' }, 'ENCRYPTION_KEYS'],
    [
      'one key id twice',
      { ENCRYPTION_KEYS: `k1:${'A'.repeat(43)}=,k1:${'B'.repeat(43)}=` },
      'ENCRYPTION_KEYS',
    ],
    ['two databases', { DATABASE_URL: 'postgres://127.0.0.1/bot', DATA_DIR: './data' }, 'DATABASE_URL'],
    ['a database of another kind', { DATABASE_URL: 'mysql://127.0.0.1/bot' }, 'DATABASE_URL'],
    ['a port out of range', { PORT: '70000' }, 'PORT'],
    ['a limit that is no number', { LIMIT_OPEN_PER_USER: 'many' }, 'LIMIT_OPEN_PER_USER'],
    ['an unknown bot type', { BOT_TYPE: 'MultiTenant' }, 'BOT_TYPE'],
    [
      'hosts with a path',
      { BOT_SERVICE_URL_HOSTS: 'https://smba.example.com/emea' },
      'BOT_SERVICE_URL_HOSTS',
    ],
    ['nobody allowed', { ALLOWED_TENANTS: ' , ' }, 'ALLOWED_TENANTS'],
  ];
  for (const [what, change, variable] of wrong) {
    it(`refuses ${what}`, () => {
      const named = mistakesOf({ ...complete, ...change });
      assert.ok(named.includes(variable), `named ${named.join(', ')}`);
    });
  }

  it('takes http on this machine, a certificate instead of a secret, and blank as absent', () => {
    const { BOT_PASSWORD: _password, ...rest } = complete;
    const certificate = { BOT_CERTIFICATE_FILE: 'bot.pem', BOT_CERTIFICATE_KEY_FILE: 'bot.key' };
    assert.deepEqual(
      mistakesOf({ ...rest, ...certificate, GRAPH_BASE_URL: 'http://127.0.0.1:9/beta', PORT: ' ' }),
      [],
    );
  });

  for (const prefix of ['BOT_CERTIFICATE', 'AAD_APP_CERTIFICATE'])
    for (const [one, partner] of [
      ['FILE', 'KEY_FILE'],
      ['KEY_FILE', 'FILE'],
    ] as const)
      it(`names ${prefix}_${partner} when ${prefix}_${one} is set alone, with a secret or without`, () => {
        const { BOT_PASSWORD: _bot, AAD_APP_CLIENT_SECRET: _app, ...rest } = complete;
        const alone = { [`${prefix}_${one}`]: 'file.pem' };
        const other = prefix === 'BOT_CERTIFICATE' ? 'AAD_APP_CLIENT_SECRET' : 'BOT_PASSWORD';
        assert.deepEqual(mistakesOf({ ...complete, ...alone }), [`${prefix}_${partner}`]);
        assert.deepEqual(
          mistakesOf({ ...rest, ...alone }).toSorted(),
          [other, `${prefix}_${partner}`].toSorted(),
        );
      });

  it('names an Application ID URI of a wrong form while BOT_ID or PUBLIC_URL is wrong, too', () => {
    const wrongUri = { ...complete, AAD_APP_ID_URI: 'api://goals' };
    assert.deepEqual(mistakesOf({ ...wrongUri, BOT_ID: 'my-bot' }), ['BOT_ID', 'AAD_APP_ID_URI']);
    assert.deepEqual(mistakesOf({ ...wrongUri, PUBLIC_URL: 'bot' }), ['PUBLIC_URL', 'AAD_APP_ID_URI']);
    assert.deepEqual(mistakesOf({ ...complete, BOT_ID: 'my-bot' }), ['BOT_ID'], 'it may be right');
    const withHost = `api://bot.example.com/botid-${botId}`;
    assert.deepEqual(mistakesOf({ ...complete, AAD_APP_ID_URI: withHost }), []);
    assert.deepEqual(mistakesOf({ ...complete, AAD_APP_ID_URI: withHost, PUBLIC_URL: 'bot' }), [
      'PUBLIC_URL',
    ]);
    const elsewhere = `api://else.example.com/botid-${botId}`;
    assert.deepEqual(mistakesOf({ ...complete, AAD_APP_ID_URI: elsewhere }), ['AAD_APP_ID_URI']);
  });

  it('speaks of variables and entries, not of the schema', () => {
    const tenants = `${complete['ALLOWED_TENANTS'] ?? ''}, contoso.com`;
    const reading = readConfig({ ...complete, ALLOWED_TENANTS: tenants, FILE_HOSTS: 'https://a.example/b' });
    assert.ok(reading.kind === 'mistakes');
    assert.deepEqual(
      reading.mistakes.map(({ variable, problem }) => [variable, /\(entry (\d)\)$/.exec(problem)?.[1]]),
      [
        ['ALLOWED_TENANTS', '3'],
        ['FILE_HOSTS', '1'],
      ],
    );
  });

  it('needs no secret for a managed identity', () => {
    const { BOT_PASSWORD: _password, ...rest } = complete;
    assert.deepEqual(mistakesOf({ ...rest, BOT_TYPE: 'UserAssignedMSI' }), []);
  });
});
