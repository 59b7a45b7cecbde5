import assert from 'node:assert/strict';
import { localDate, localDateTime, localTime } from '../../../src/cards/blocks/local-time.ts';

describe('local times', () => {
  const at = new Date('2026-01-02T03:04:05.678Z');

  it('are card functions in whole seconds of UTC', () => {
    assert.equal(localTime(at), '{{TIME(2026-01-02T03:04:05Z)}}');
    assert.equal(localDate(at), '{{DATE(2026-01-02T03:04:05Z,SHORT)}}');
    assert.equal(localDateTime(at), '{{DATE(2026-01-02T03:04:05Z,SHORT)}}, {{TIME(2026-01-02T03:04:05Z)}}');
  });

  for (const odd of [
    undefined,
    new Date(NaN),
    new Date('+012026-01-01T00:00:00Z'),
    new Date('-000001-01-01T00:00:00Z'),
  ]) {
    it(`are left out for ${String(odd)}`, () => {
      assert.deepEqual(
        [localTime(odd), localDate(odd), localDateTime(odd)],
        [undefined, undefined, undefined],
      );
    });
  }
});
