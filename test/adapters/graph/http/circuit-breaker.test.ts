import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Breaker, CallResult } from '../../../../src/adapters/graph/http/circuit-breaker.ts';
import { admitCall, afterCall, closedBreaker } from '../../../../src/adapters/graph/http/circuit-breaker.ts';

const start = 1_000_000;
const after = (results: readonly CallResult[], now = start): Breaker =>
  results.reduce<Breaker>((breaker, result) => afterCall(breaker, result, now), closedBreaker(start));
const times = (many: number, result: CallResult): CallResult[] => Array.from({ length: many }, () => result);

describe('adapters/graph/breaker', () => {
  it('G14 opens at half of at least 20 calls, not before', () => {
    assert.equal(after(times(19, 'unreachable')).kind, 'closed');
    assert.equal(after(times(20, 'unreachable')).kind, 'open');
    assert.equal(after([...times(11, 'works'), ...times(9, 'unreachable')]).kind, 'closed');
    assert.equal(after([...times(10, 'works'), ...times(10, 'unreachable')]).kind, 'open');
  });

  it('G14 counts half a minute at a time', () => {
    const old = after(times(19, 'unreachable'));
    const later = afterCall(old, 'unreachable', start + 30_000);
    assert.deepEqual(later, { kind: 'closed', since: start + 30_000, calls: 1, failures: 1 });
  });

  it('T2 opens at the first answer that cannot be trusted', () => {
    assert.deepEqual(after(['insecure']), { kind: 'open', until: start + 30_000, trouble: 'insecure' });
  });

  it('G14 lets one call try after 30 s, and the others when it works', () => {
    const open = after(times(20, 'unreachable'));
    const early = admitCall(open, start + 29_001);
    assert.deepEqual(early, { kind: 'heldBack', seconds: 1, trouble: 'unreachable' });
    const probe = admitCall(open, start + 30_000);
    assert.ok(probe.kind === 'go' && probe.breaker.kind === 'halfOpen');
    assert.equal(admitCall(probe.breaker, start + 31_000).kind, 'heldBack');
    assert.equal(afterCall(probe.breaker, 'works', start + 31_000).kind, 'closed');
    const again = afterCall(probe.breaker, 'unreachable', start + 31_000);
    assert.deepEqual(again, { kind: 'open', until: start + 61_000, trouble: 'unreachable' });
  });

  it('does not wait for ever for a call that never ends, nor for a clock that was set back', () => {
    const probing: Breaker = { kind: 'halfOpen', since: start, trouble: 'unreachable' };
    assert.equal(admitCall(probing, start + 60_000).kind, 'go');
    assert.equal(admitCall(after(times(20, 'unreachable')), start - 3_600_000).kind, 'go');
  });

  it('never holds back for longer than 30 s, and always lets somebody try in the end', () => {
    const results = fc.constantFrom<CallResult>('works', 'unreachable', 'insecure');
    const steps = fc.array(fc.record({ result: results, wait: fc.integer({ min: 0, max: 20_000 }) }));
    fc.assert(
      fc.property(steps, (given) => {
        let breaker = closedBreaker(start);
        let now = start;
        for (const { result, wait } of given) {
          now += wait;
          const admission = admitCall(breaker, now);
          if (admission.kind === 'heldBack') {
            assert.ok(admission.seconds >= 1 && admission.seconds <= 30);
            continue;
          }
          breaker = afterCall(admission.breaker, result, now);
        }
        assert.equal(admitCall(breaker, now + 60_000).kind, 'go');
      }),
    );
  });
});
