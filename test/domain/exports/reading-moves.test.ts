/** The machine, once a file is ready: reading what it says never changes whether it can be had. */
import assert from 'node:assert/strict';
import type { ExportEvent } from '../../../src/domain/exports/export-event.ts';
import type { ReadingProgress, Ready } from '../../../src/domain/exports/export-job.ts';
import { transition } from '../../../src/domain/exports/transition.ts';
import { at, exportIn } from './sample-exports.ts';

type Case = readonly [
  what: string,
  state: Partial<Ready>,
  event: ExportEvent,
  reading: ReadingProgress | 'ignored',
  effects?: string,
];

const again: ReadingProgress = { kind: 'underWay', attempts: 0, wished: true };

const cases: readonly Case[] = [
  [
    'a file that nobody has read yet is read on wish, and the person may be asked for it',
    ...[{}, { type: 'readingWished' }, again, 'showCards readContent+0'],
  ],
  [
    'what was not read is read again on wish',
    ...[{ reading: { kind: 'unread', why: 'later' } }, { type: 'readingWished' }, again],
    'showCards readContent+0',
  ],
  ['what was read is not read again', { reading: { kind: 'done' } }, { type: 'readingWished' }, 'ignored'],
  ['what is being read is not read twice', { reading: again }, { type: 'readingWished' }, 'ignored'],
  [
    'a try that failed is made again, later and without a word',
    ...[{ reading: again }, { type: 'readingDelayed' }, { ...again, attempts: 1 }, 'readContent+2'],
  ],
  [
    'the fifth try that fails is the last one',
    ...[{ reading: { kind: 'underWay', attempts: 4 } }, { type: 'readingDelayed' }],
    ...[{ kind: 'unread', why: 'later' }, 'showCards'],
  ],
  [
    'work that was done twice settles once',
    { reading: { kind: 'done' } },
    { type: 'contentRead', size: 1 },
    'ignored',
  ],
  [
    'a crash elsewhere is none of reading',
    { reading: { kind: 'done' } },
    { type: 'crashedTooOften' },
    'ignored',
  ],
  [
    'a sign-in lets the reading go on that waited for it',
    ...[{ signInCause: 'signIn', reading: { kind: 'unread', why: 'signInNeeded' } }, { type: 'signedIn' }],
    ...[again, 'showCards readContent+0'],
  ],
] as const satisfies readonly Case[];

describe('reading a ready export', () => {
  for (const [what, change, event, expected, effects] of cases)
    it(what, () => {
      const job = exportIn({ status: 'ready', graphJobId: 'j!1', ...change });
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
