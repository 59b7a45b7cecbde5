import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';

const root = path.join(import.meta.dirname, '..', '..');
const tool = path.join(root, 'src', 'tools', 'doctor.ts');

describe('npm run doctor', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld();
  });
  after(() => world.stop());

  const run = (
    env: Readonly<Record<string, string>>,
    ...flags: readonly string[]
  ): Promise<{ code: unknown; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [tool, ...flags], { env }, (error, out, err) => {
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

  it('tells machines the same, in the shape that is documented', async () => {
    const secrets = { BOT_PASSWORD: 'canary-bot' };
    const { code, out, err } = await run({ ...world.variables, ...secrets }, '--json');
    assert.equal(code, 1);
    assert.doesNotMatch(out + err, /canary|eyJ|request=|state=/);
    const state = z.enum(['ok', 'warning', 'wrong', 'unchecked']);
    const counts = z.record(state, z.number());
    const finding = z.strictObject({
      state,
      subject: z.string(),
      says: z.string(),
      todo: z.string().optional(),
    });
    const shape = z.strictObject({
      format: z.literal(1),
      at: z.iso.datetime(),
      exitCode: z.literal(1),
      counts,
      findings: z.array(finding),
    });
    const report = shape.parse(JSON.parse(out));
    const counted = Object.groupBy(report.findings, (one) => one.state);
    for (const one of state.options) assert.equal(report.counts[one], counted[one]?.length ?? 0, one);
    const open = report.findings.filter((one) => one.state === 'unchecked');
    assert.ok(open.length > 0 && open.every(({ todo }) => todo !== undefined));
    const page = readFileSync(path.join(root, 'docs', 'operate.md'), 'utf8');
    const subjects = report.findings.map((one) => one.subject.replace(/(tenant )?[0-9a-f-]{36}/i, '$1…'));
    assert.deepEqual(
      subjects.filter((subject) => !page.includes(`\`${subject}\``)),
      [],
    );
  });
});
