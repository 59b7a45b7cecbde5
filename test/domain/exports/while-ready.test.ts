/** The machine, once a file is ready: reading what it says never changes whether it can be had. */
import assert from 'node:assert/strict';
import type { ExportEvent } from '../../../src/domain/exports/export-event.ts';
import type { ReadingProgress, Ready } from '../../../src/domain/exports/export-job.ts';
import { transition } from '../../../src/domain/exports/transition.ts';
import { at, exportIn } from './sample-exports.ts';

interface Case {
  readonly what: string;
  readonly state: Partial<Ready>;
  readonly event: ExportEvent;
  readonly expected: ReadingProgress | 'ignored';
  readonly effects?: string;
}

const again: ReadingProgress = { kind: 'underWay', attempts: 0, wished: true };
const wish: ExportEvent = { type: 'readingWished' };

const cases: readonly Case[] = [
  {
    what: 'a file that nobody has read yet is read on wish, and the person may be asked for it',
    state: {},
    event: wish,
    expected: again,
    effects: 'showCards readContent+0',
  },
  {
    what: 'what was not read is read again on wish',
    state: { reading: { kind: 'unread', why: 'later' } },
    event: wish,
    expected: again,
    effects: 'showCards readContent+0',
  },
  {
    what: 'what was read is not read again',
    state: { reading: { kind: 'done' } },
    event: wish,
    expected: 'ignored',
  },
  {
    what: 'what is being read is not read twice',
    state: { reading: again },
    event: wish,
    expected: 'ignored',
  },
  {
    what: 'a try that failed is made again, later and without a word',
    state: { reading: again },
    event: { type: 'readingDelayed' },
    expected: { ...again, attempts: 1 },
    effects: 'readContent+2',
  },
  {
    what: 'the fifth try that fails is the last one',
    state: { reading: { kind: 'underWay', attempts: 4 } },
    event: { type: 'readingDelayed' },
    expected: { kind: 'unread', why: 'later' },
    effects: 'showCards',
  },
  {
    what: 'the fifth try that found the disk full says so',
    state: { reading: { kind: 'underWay', attempts: 4 } },
    event: { type: 'readingDelayed', why: 'noRoom' },
    expected: { kind: 'unread', why: 'noRoom' },
    effects: 'showCards',
  },
  {
    what: 'work that was done twice settles once',
    state: { reading: { kind: 'done' } },
    event: { type: 'contentRead', size: 1 },
    expected: 'ignored',
  },
  {
    what: 'a crash elsewhere is none of reading',
    state: { reading: { kind: 'done' } },
    event: { type: 'crashedTooOften' },
    expected: 'ignored',
  },
  {
    what: 'a sign-in lets the reading go on that waited for it',
    state: { signInCause: 'signIn', reading: { kind: 'unread', why: 'signInNeeded' } },
    event: { type: 'signedIn' },
    expected: again,
    effects: 'showCards readContent+0',
  },
];

describe('reading a ready export', () => {
  for (const { what, state, event, expected, effects } of cases)
    it(what, () => {
      const job = exportIn({ status: 'ready', graphJobId: 'j!1', ...state });
      const next = transition(job, event, at);
      if (expected === 'ignored') return assert.equal(next.kind, 'ignored');
      assert.ok(next.kind === 'moved' && next.job.state.status === 'ready');
      assert.deepEqual(next.job.state.reading, expected);
      assert.deepEqual(next.job.due, job.due, 'what is due by itself stays');
      const named = next.effects.map((effect) =>
        effect.kind === 'readContent' ? `readContent+${String(effect.after)}` : effect.kind,
      );
      assert.equal(named.join(' '), effects);
    });
});
