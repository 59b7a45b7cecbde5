import assert from 'node:assert/strict';
import { createRetryBudget } from '../../src/domain/retry-budget.ts';

const start = Date.parse('2026-03-02T10:00:00Z');

describe('the retry budget', () => {
  const retried = (calls: number, now = start, budget = createRetryBudget()): number => {
    for (let nth = 0; nth < calls; nth += 1) budget.called(now);
    let most = 0;
    while (most < 10_000 && budget.mayRetry(now)) most += 1;
    return most;
  };

  it('is a fifth of the calls of the minute, and some where there are few', () => {
    assert.equal(retried(1_000), 200);
    assert.equal(retried(50), 10);
    assert.equal(retried(0), 10);
  });

  it('begins anew with each minute', () => {
    const budget = createRetryBudget();
    assert.equal(retried(1_000, start, budget), 200);
    assert.equal(retried(0, start + 59_999, budget), 0);
    assert.equal(retried(100, start + 60_000, budget), 20);
  });
});
