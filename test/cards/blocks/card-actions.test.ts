import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { button, canCarry, readCardAction, withoutActions } from '../../../src/cards/blocks/card-actions.ts';
import { answerCards, exportCards, otherCards } from '../../../src/tools/card-pictures/sample-cards.ts';
import { fileCards } from '../../../src/tools/card-pictures/sample-files.ts';
import { cardProblems, nodesOf } from '../../support/cards/card-validator.ts';

const exportId = '6a1f0c9e-2f4b-4d37-8c55-90b7a6f1d2e3';

describe('readCardAction', () => {
  it('reads what every button of every card carries, with and without Universal Actions', () => {
    const nodes = nodesOf({ ...answerCards, ...fileCards, ...exportCards, ...otherCards });
    const buttons = nodes.filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit');
    assert.ok(buttons.length > 100);
    for (const { data, verb = (data as { verb: string }).verb } of buttons) {
      const action = readCardAction(JSON.parse(JSON.stringify(data)));
      assert.ok(action);
      assert.equal(action.verb, verb);
      assert.deepEqual(action, data);
      const { from: _from, ...told } = { from: undefined, ...action };
      assert.ok(Object.keys(told).length <= 2, 'a verb and one opaque id');
    }
  });

  it('leaves out what is not ours', () => {
    const data = {
      verb: 'view',
      exportId,
      userId: 'somebody-else',
      tenantId: 'elsewhere',
      msteams: { type: 'x' },
    };
    assert.deepEqual(readCardAction(data), { verb: 'view', exportId });
    assert.deepEqual(readCardAction({ verb: 'view', exportId, from: 'elsewhere' })?.verb, 'view');
  });

  const refused: readonly unknown[] = [
    undefined,
    null,
    'view',
    7,
    [],
    {},
    { verb: 'view' },
    { exportId },
    { verb: 'erase', exportId },
    { verb: 'view', exportId: `${exportId}'--` },
    { verb: 'view', exportId: [exportId] },
    { verb: 'view', exportId: '' },
    { verb: 'followGraphJob', graphJobId: '../../me' },
    { verb: 'followGraphJob', graphJobId: '' },
    { verb: 'followGraphJob', graphJobId: 'x'.repeat(257) },
    { verb: 'followGraphJob', exportId },
    { verb: ['list'] },
    { verb: 'LIST' },
    { verb: '__proto__' },
  ];
  for (const data of refused) {
    it(`refuses ${inspect(data).slice(0, 60)}`, () => {
      assert.equal(readCardAction(data), undefined);
    });
  }

  it('never throws and gives ids of our alphabet only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (extra, id) => {
        for (const verb of ['view', 'followGraphJob', 'list', extra]) {
          const action = readCardAction({ verb, exportId: id, graphJobId: id, extra });
          if (action !== undefined && 'graphJobId' in action)
            assert.match(action.graphJobId, /^[A-Za-z0-9!_-]{1,256}$/);
          if (action !== undefined && 'exportId' in action) assert.match(action.exportId, /^[0-9a-f-]{36}$/i);
        }
      }),
    );
  });
});

describe('button', () => {
  it('carries the same data with and without Universal Actions', () => {
    const execute = button('Show mine', { verb: 'list' }, 'positive');
    assert.deepEqual([execute.verb, execute.data, execute.style], ['list', { verb: 'list' }, 'positive']);
    assert.deepEqual(execute.fallback, { type: 'Action.Submit', title: 'Show mine', data: { verb: 'list' } });
  });

  it('carries only what can be read back', () => {
    assert.ok(canCarry('j!uJ00-sample_'));
    assert.ok(!canCarry('a b'));
  });
});

describe('withoutActions', () => {
  for (const [name, card] of Object.entries({
    ...answerCards,
    ...fileCards,
    ...exportCards,
    ...otherCards,
  })) {
    it(`leaves no button on ${name}`, () => {
      const bare = withoutActions(card);
      const types = nodesOf(bare).map(({ type }) => type);
      for (const gone of ['ActionSet', 'Action.Execute', 'Action.Submit'])
        assert.ok(!types.includes(gone), gone);
      assert.equal(bare.actions ?? bare.refresh, undefined);
      assert.deepEqual(cardProblems(bare), []);
    });
  }
});
