import assert from 'node:assert/strict';
import { createLogger } from '../src/logger.ts';

const logged = (act: (log: ReturnType<typeof createLogger>) => void): string => {
  const lines: string[] = [];
  act(createLogger('trace', { write: (line) => void lines.push(line) }));
  return lines.join('');
};

const secret = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtYWRlLXVwIn0.c2lnbmF0dXJl';

describe('the logger', () => {
  it('drops tokens by name, at the top and one level down', () => {
    const text = logged((log) => {
      log.info(
        { accessToken: 'canary-1', user: { refreshToken: 'canary-2' }, code: 'canary-3' },
        'signed in',
      );
    });
    assert.doesNotMatch(text, /canary/);
    assert.match(text, /signed in/);
  });

  it('drops what looks like a secret from errors and their causes, and keeps the rest', () => {
    const cause = new Error(`GET https://bot.example.com/d/${'a1b2'.repeat(10)}?state=canary-4 failed`);
    const text = logged((log) => {
      log.error({ err: new Error(`no answer to Bearer ${secret}`, { cause }) }, 'broken');
    });
    assert.doesNotMatch(text, /canary|eyJ|a1b2a1b2/);
    assert.match(text, /no answer to Bearer/);
    assert.match(text, /bot\.example\.com/);
  });

  it('keeps the codes of errors, which are no secret, and drops those of sign-ins', () => {
    const refused = Object.assign(new Error('no connection'), { code: 'ECONNREFUSED' });
    const text = logged((log) => {
      log.error({ err: refused, code: 'resourcematchfailed' }, 'broken');
      log.error({ code: '23505' }, 'broken');
      for (const code of ['0.AXoA-canary', 'M.C507_BAY.2.U.canary', 'OAAABAAAAiL9canary0123'])
        log.info({ code }, 'back');
    });
    assert.match(text, /ECONNREFUSED[^]*resourcematchfailed[^]*23505/);
    assert.doesNotMatch(text, /canary/);
  });

  it('does not print what an error carries beside its words', () => {
    const error = Object.assign(new Error('refused'), {
      request: { headers: { authorization: 'canary-5' } },
    });
    assert.doesNotMatch(
      logged((log) => {
        log.error({ err: error }, 'broken');
      }),
      /canary/,
    );
  });

  it('writes JSON lines with the time in UTC, one for each event, whatever the data holds', () => {
    const hostile = 'first\r\n{"level":50,"msg":"made up"}\u2028';
    const lines = logged((log) => {
      log.info({ name: hostile }, 'one');
      log.error({ err: new Error(hostile) }, 'two');
    })
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      ['one', 'two'],
    );
    for (const { time } of lines) assert.match(String(time), /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
  });
});
