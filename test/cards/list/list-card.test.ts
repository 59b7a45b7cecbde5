import assert from 'node:assert/strict';
import { listCard } from '../../../src/cards/list/list-card.ts';
import type { ListCardContent } from '../../../src/cards/list/list-card.ts';
import { en } from '../../../src/words/en/en.ts';
import { sampleJob, sampleJobs, sampleNow } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, pressableOf, textOf } from '../../support/cards/card-text.ts';
import { cardProblems, nodesOf } from '../../support/cards/card-validator.ts';

const list = (more: Partial<ListCardContent>): ReturnType<typeof listCard> =>
  listCard(en, {
    own: [],
    page: 0,
    older: 0,
    graphOnly: [],
    graph: 'asked',
    now: sampleNow,
    scope: 'personal',
    ...more,
  });
const job = (name: string): typeof sampleJob => sampleJobs[name] ?? assert.fail(name);
const graphJob = { id: 'j!sample', source: 'goals', status: 'succeeded', target: sampleJob.target } as const;

describe('listCard', () => {
  const offers: readonly (readonly [name: string, status: RegExp, buttons: readonly string[]])[] = [
    ['requested', /Starting/, []],
    ['sign-in-signIn', /Waiting for your sign-in/, []],
    ['sign-in-adminConsent', /Waiting for an administrator/, []],
    ['running', /Running/, []],
    ['ready', /Ready[^]*\(9 min ago\) · available until \{\{DATE\(2026-04-13/, ['Download']],
    ['failed-gone', /Gone at Microsoft/, ['Try again']],
    ['failed-retired', /Viva Goals was retired/, []],
    ['expired', /Expired/, ['Export again']],
    ['stopped-person', /Stopped/, ['Resume']],
    ['parked-oddAnswers', /Paused/, ['Resume']],
  ];
  for (const [name, status, buttons] of offers) {
    it(`opens what is ${name}, and has beside it what is done most`, () => {
      const card = list({ own: [job(name)] });
      assert.match(textOf(card), status);
      assert.ok(textOf(card).includes('View \ne5e7a3c1'));
      assert.deepEqual(buttonsOf(card), buttons);
      assert.ok(textOf(card).includes('\n›'), 'it can be seen that it opens something');
      const [opens = ''] = pressableOf(card);
      assert.match(String(opens), /^Export of view e5e7a3c1: /);
      assert.match(String(opens), status.source.includes('[^]') ? /: Ready$/ : status);
      const show = nodesOf(card.body).find(({ verb }) => verb === 'show')?.data;
      assert.deepEqual(show, {
        verb: 'show',
        subject: { kind: 'export', id: job(name).id },
        from: 'list',
      });
    });
  }

  it('tells what stands at the top of an export without a name, as it is', () => {
    const topObjective = '[Grow](https://evil.example) **fast**';
    const card = list({ own: [{ ...job('ready'), topObjective }] });
    assert.ok(textOf(card).includes(`Begins with “`) && textOf(card).includes(topObjective));
    const blocks = nodesOf(card).filter(
      ({ type, text }) => type === 'TextBlock' && String(text).includes('Grow'),
    );
    assert.deepEqual(blocks, []);
    assert.deepEqual(cardProblems(card), []);
  });

  describe('plans of one name', () => {
    const plan = (key: string, title: string, place: string) => {
      const ready = job('ready');
      assert.ok(ready.state.status === 'ready');
      const target = { source: 'planner', key, label: key.slice(0, 8) };
      return { ...ready, id: key, target, state: { ...ready.state, title, place } };
    };
    const lines = (...own: readonly ReturnType<typeof plan>[]): string => textOf(list({ own }));

    it('are told apart by the day on which they were created', () => {
      const text = lines(
        plan('HerbsOfMarch', 'Herbs', '2026-03-01'),
        plan('HerbsOfMay', 'Herbs', '2026-05-01'),
        plan('Cider', 'Cider', '2026-06-01'),
      );
      assert.match(text, /Created on 2026-03-01[^]*Created on 2026-05-01/);
      assert.doesNotMatch(text, /2026-06-01/);
    });

    it('are told apart by letters of their ids where that day is the same', () => {
      const text = lines(
        plan('HerbsOne0001', 'Herbs', '2026-03-01'),
        plan('HerbsTwo0001', 'Herbs', '2026-03-01'),
      );
      assert.match(text, /HerbsOne[^]*HerbsTwo/);
    });

    it('are not, where they are two exports of one plan', () => {
      const again = plan('HerbsOfMarch', 'Herbs', '2026-03-01');
      assert.doesNotMatch(lines(again, again), /Created on/);
    });
  });

  const graphOffers = [
    ['succeeded', 'Ready', ['Get file']],
    ['running', 'Running', ['Follow']],
    ['notStarted', 'In line', ['Follow']],
    ['unknown', 'Running', ['Follow']],
    ['failed', 'Failed', []],
  ] as const;
  for (const [status, words, rows] of graphOffers) {
    it(`offers what can be done with one that only Graph knows: ${status}`, () => {
      const card = list({ graphOnly: [{ ...graphJob, status, expiresAt: sampleNow }] });
      assert.ok(textOf(card).includes(words));
      assert.equal(/available until/.test(textOf(card)), status === 'succeeded');
      assert.deepEqual(pressableOf(card), rows);
      assert.deepEqual(buttonsOf(card), []);
    });
  }

  it('names the Graph job to follow and whose it is, and makes no button of an id that it could not read back', () => {
    const { actions: _none, ...card } = list({ graphOnly: [graphJob] });
    const data = nodesOf(card).find(({ verb }) => verb === 'followGraphJob')?.data;
    assert.deepEqual(data, { verb: 'followGraphJob', graphJobId: graphJob.id, source: 'goals' });
    assert.deepEqual(pressableOf(list({ graphOnly: [{ ...graphJob, id: '../me' }] })), []);
  });

  it('shows a Graph job without its view', () => {
    assert.deepEqual(pressableOf(list({ graphOnly: [{ id: 'j', source: 'goals', status: 'running' }] })), [
      'Follow',
    ]);
  });

  describe('a long one', () => {
    const long = (more: Partial<ListCardContent>) =>
      list({
        own: Array.from({ length: 10 }, () => ({ ...job('ready') })),
        older: 290,
        graphOnly: Array.from({ length: 200 }, () => ({
          ...graphJob,
          createdAt: sampleNow,
          expiresAt: sampleNow,
          id: 'x'.repeat(256),
        })),
        graph: 'unavailable',
        ...more,
      });

    it('names five of Graph’s, says how many more, and stays small', () => {
      const card = long({});
      assert.equal(pressableOf(card).filter((title) => title === 'Get file').length, 5);
      assert.match(textOf(card), /and 290 more[^]*and 195 more/);
      assert.deepEqual(cardProblems(card), []);
    });

    it('has six buttons at most: to other pages, to sign in, and beside the newest', () => {
      assert.deepEqual(buttonsOf(long({})), [...Array.from({ length: 5 }, () => 'Download'), 'Older']);
      assert.deepEqual(buttonsOf(long({ page: 3, graph: 'signInNeeded' })), [
        ...Array.from({ length: 3 }, () => 'Download'),
        'Newer',
        'Older',
        'Sign in',
      ]);
      assert.deepEqual(buttonsOf(long({ page: 3, older: 0 })).at(-1), 'Newer');
    });

    it('leads to the pages beside it, where what Graph alone knows is not told again', () => {
      const card = long({ page: 3 });
      const pages = nodesOf(card.actions).flatMap(({ type, data }) =>
        type === 'Action.Execute' ? [data] : [],
      );
      assert.deepEqual(pages, [
        { verb: 'list', page: 2 },
        { verb: 'list', page: 4 },
      ]);
      assert.deepEqual(
        pressableOf(card).filter((title) => title === 'Get file'),
        [],
      );
    });
  });

  it('says how to start when there is none', () => {
    assert.match(textOf(list({})), /None yet\. Paste/);
    assert.doesNotMatch(
      textOf(list({ graph: 'signInNeeded' })),
      /more of your exports/,
      'there are none yet',
    );
  });

  it('says what Graph could not add, and who sees the list', () => {
    assert.match(textOf(list({ graph: 'signInNeeded' })), /need your sign-in/);
    assert.match(textOf(list({ graph: 'unavailable' })), /couldn’t reach Microsoft Graph/);
    assert.doesNotMatch(textOf(list({})), /sign-in|couldn’t|Only you/);
    assert.match(textOf(list({ scope: 'shared' })), /Only you see this list/);
  });
});
