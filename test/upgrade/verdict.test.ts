import assert from 'node:assert/strict';
import { breachesOf, errorsIn, type Rehearsed } from './verdict.ts';

const link = { cards: 1, jobs: 1, taken: true };
const good: Rehearsed = {
  links: [link, link, link],
  phases: [1, 1, 1],
  exitCode: 0,
  again: 1,
  errors: [],
};

describe('the verdict on an upgrade', () => {
  it('is that nothing was lost where each link has one card and one job', () => {
    assert.deepEqual(breachesOf(good), []);
  });

  const broken: readonly (readonly [what: RegExp, Partial<Rehearsed>])[] = [
    [/^1 links were not taken$/, { links: [link, { ...link, taken: false }] }],
    [/^2 links have no card with figures$/, { links: [{ ...link, cards: 0 }, { ...link, cards: 0 }, link] }],
    [/^1 links have more than one card$/, { links: [{ ...link, cards: 2 }] }],
    [/^1 links have no job at Graph$/, { links: [{ ...link, jobs: 0 }] }],
    [/^1 links have more than one job at Graph$/, { links: [{ ...link, jobs: 2 }] }],
    [/^a phase saw no links at all$/, { phases: [3, 0, 2] }],
    [/^the older release ended with null$/, { exitCode: null }],
    [/^the older release starts on the newer schema$/, { again: 0 }],
    [/^logged 2 times: it broke$/, { errors: ['it broke', 'it broke'] }],
  ];
  for (const [what, seen] of broken)
    it(`says ${what.source}`, () => {
      const said = breachesOf({ ...good, ...seen });
      assert.equal(said.length, 1);
      assert.match(said.join('\n'), what);
    });

  it('reads errors out of a log, and nothing else', () => {
    const lines = [
      '{"level":"info","msg":"a"}',
      '{"level":"error","msg":"b"}',
      '{"level":60,"msg":"c"}',
      'd',
    ];
    assert.deepEqual(errorsIn(lines.join('\n')), ['b', 'c']);
  });
});
