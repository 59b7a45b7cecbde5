import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';

const tool = path.join(import.meta.dirname, '..', '..', 'src', 'tools', 'doctor.ts');

describe('npm run doctor', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld();
  });
  after(() => world.stop());

  const run = (env: Readonly<Record<string, string>>): Promise<{ code: unknown; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [tool], { env }, (error, out, err) => {
        resolve({ code: error?.code ?? 0, out, err });
      });
    });

  it('ends well when nothing is wrong, and ends by itself', async () => {
    const { code, out, err } = await run(world.variables);
    assert.equal(code, 0, out);
    assert.match(out, /^ok {6}Configuration/);
    assert.equal(err, '');
  });

  it('ends with 1 when something is, and never prints a secret', async () => {
    const secrets = { BOT_PASSWORD: 'canary-bot', AAD_APP_CLIENT_SECRET: 'canary-app' };
    const { code, out, err } = await run({ ...world.variables, ...secrets });
    assert.equal(code, 1);
    assert.match(out, /^WRONG {3}Bot registration[^\n]*\n {8}→ portal\.azure\.com/m);
    assert.doesNotMatch(out + err, /canary|eyJ/);
  });
});
