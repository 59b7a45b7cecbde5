import assert from 'node:assert/strict';
import { createCoalesceUpdates } from '../../src/blocks/coalesce-updates.ts';

describe('blocks/coalesce-updates', () => {
  /** Sends wait at two gates: before they take their content, and until they have arrived. */
  function rig() {
    const update = createCoalesceUpdates<string, string>();
    const arrived: string[] = [];
    const turns: (() => void)[] = [];
    const ask = (content: string) =>
      update('card', content, async (take) => {
        await new Promise<void>((go) => turns.push(go));
        const taken = take();
        await new Promise<void>((go) => turns.push(go));
        arrived.push(taken);
        return `sent ${taken}`;
      });
    const next = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      turns.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    };
    return { update, ask, next, arrived };
  }

  it('C6 sends the newest of those that wait, and tells all of them about it', async () => {
    const { ask, next, arrived } = rig();
    const results = ['1', '2', '3'].map(ask);
    await next();
    await next();
    assert.deepEqual(await Promise.all(results), ['sent 3', 'sent 3', 'sent 3']);
    assert.deepEqual(arrived, ['3']);
  });

  it('C6 sends what comes while another one is under way after it', async () => {
    const { ask, next, arrived } = rig();
    const first = ask('1');
    await next();
    const later = ['2', '3'].map(ask);
    for (let turn = 0; turn < 3; turn += 1) await next();
    assert.equal(await first, 'sent 1');
    assert.deepEqual(await Promise.all(later), ['sent 3', 'sent 3']);
    assert.deepEqual(arrived, ['1', '3']);
  });

  it('forgets one that is given up before it takes its content', async () => {
    const { update, ask, next, arrived } = rig();
    assert.equal(await update('card', '1', () => Promise.resolve('busy')), 'busy');
    await assert.rejects(
      update('card', '2', () => Promise.reject(new Error('no'))),
      /no/,
    );
    const third = ask('3');
    await next();
    await next();
    assert.equal(await third, 'sent 3');
    assert.deepEqual(arrived, ['3']);
  });
});
