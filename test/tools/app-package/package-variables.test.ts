import assert from 'node:assert/strict';
import { readPackageVariables } from '../../../src/tools/app-package/package-variables.ts';

const botId = '3f0c8a52-91d7-4e6b-8a3c-6e2b7d90f415';
const good = {
  TEAMS_APP_ID: '7d5f3b1e-2c64-4f0a-9b8e-51a6c0d4e7f2',
  DEVELOPER_NAME: 'Example Organisation',
  PUBLIC_URL: 'https://bot.example.com',
  BOT_ID: botId,
  AAD_APP_CLIENT_ID: 'b2e94d07-5a1f-4c38-9d60-18f7a3c5e26b',
  AAD_APP_ID_URI: `api://botid-${botId}`,
};

function problemsOf(changes: Record<string, string>): readonly string[] {
  const read = readPackageVariables({ ...good, ...changes });
  return read.kind === 'problems' ? read.problems : [];
}

describe('readPackageVariables', () => {
  it('adds the defaults and the host', () => {
    assert.deepEqual(readPackageVariables({ ...good, DEVELOPER_URL: '', HOME: '/home/someone' }), {
      kind: 'variables',
      variables: {
        ...good,
        APP_NAME: 'OKR Export',
        DEVELOPER_URL: 'https://bot.example.com',
        BOT_DOMAIN: 'bot.example.com',
      },
    });
  });

  it('names every missing variable at once, and what it should be', () => {
    const read = readPackageVariables({});
    assert.ok(read.kind === 'problems');
    assert.deepEqual(
      read.problems.map((problem) => problem.replace(/ is missing: .{15,}/, '')),
      Object.keys(good),
    );
  });

  const mistakes: readonly (readonly [changes: Record<string, string>, problem: RegExp])[] = [
    [{ BOT_ID: 'my-bot' }, /^BOT_ID must be a GUID/],
    [{ APP_NAME: 'Export for Teams' }, /^APP_NAME must not carry/],
    [{ APP_NAME: 'Excel Goals' }, /^APP_NAME must not carry/],
    [{ APP_NAME: 'Goals in Xbox' }, /^APP_NAME must not carry/],
    [{ APP_NAME: 'Goal Chat' }, /^APP_NAME must not carry/],
    [{ APP_NAME: 'x'.repeat(31) }, /^APP_NAME is longer than the 30/],
    [{ DEVELOPER_NAME: 'x'.repeat(33) }, /^DEVELOPER_NAME is longer than the 32/],
    [{ DEVELOPER_URL: 'http://example.com' }, /^DEVELOPER_URL must be the https/],
    [{ DEVELOPER_URL: 'example' }, /^DEVELOPER_URL must be the https/],
    [{ PUBLIC_URL: 'http://bot.example.com' }, /^PUBLIC_URL must be https/],
    [{ PUBLIC_URL: 'https://bot.example.com/' }, /^PUBLIC_URL must be https/],
    [{ PUBLIC_URL: 'https://bot.example.com/bot' }, /^PUBLIC_URL must be https/],
    [{ AAD_APP_ID_URI: 'https://bot.example.com' }, /^AAD_APP_ID_URI must be api/],
    [{ AAD_APP_ID_URI: `api://other.example.com/botid-${botId}` }, /^AAD_APP_ID_URI must be api/],
    [{ AAD_APP_ID_URI: `api://botid-${good.TEAMS_APP_ID}` }, /^AAD_APP_ID_URI must be api/],
  ];
  for (const [changes, problem] of mistakes) {
    it(`refuses ${JSON.stringify(changes)}`, () => {
      const problems = problemsOf(changes);
      assert.equal(problems.length, 1);
      assert.match(String(problems[0]), problem);
    });
  }

  it('accepts the form of the id URI that names the host', () => {
    assert.deepEqual(problemsOf({ AAD_APP_ID_URI: `api://bot.example.com/botid-${botId}` }), []);
  });
});
