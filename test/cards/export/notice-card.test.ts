import assert from 'node:assert/strict';
import { noticeCard } from '../../../src/cards/export/notice-card.ts';
import { sampleJobs } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, textOf } from '../../support/cards/card-text.ts';
import { en } from '../../../src/words/en/en.ts';

const words = {
  ready: [/is ready$/, ['Download', 'Show details']],
  failed: [/ended without a file$/, ['Try again', 'Show details']],
  expired: [/has expired$/, ['Export again', 'Show details']],
  stopped: [/has stopped$/, ['Resume', 'Show details']],
  parked: [/is paused$/, ['Resume', 'Show details']],
  waitingForSignIn: [/waits for your sign-in$/, ['Show details']],
  requested: [/is under way again$/, ['Show details']],
  starting: [/is under way again$/, ['Show details']],
  waiting: [/is under way again$/, ['Show details']],
  running: [/is under way again$/, ['Show details']],
} as const;

/** Where pressing it again would lead nowhere. */
const hopeless: readonly string[] = ['notValid', 'retired', 'operatorFault'];

describe('the message beside an export’s card', () => {
  for (const [name, job] of Object.entries(sampleJobs)) {
    it(`${name}: names the export, is true, and offers only what there is`, () => {
      const card = noticeCard(en, job, 'requester');
      const [title, buttons] = words[job.state.status];
      const [first = ''] = textOf(card).split('\n');
      assert.match(first, title);
      assert.match(first, /^. {2}Your export of view e5e7a3c1 /);
      assert.match(card.fallbackText, title, 'what the notification shows');
      const why = 'reason' in job.state ? job.state.reason : 'cause' in job.state ? job.state.cause : '';
      assert.deepEqual(buttonsOf(card), hopeless.includes(why) ? ['Show details'] : buttons);
    });

    it(`${name}: tells others that it is so, and not why`, () => {
      const card = noticeCard(en, job, 'everybody');
      const [title] = words[job.state.status];
      assert.equal(textOf(card).split('\n').length, 1);
      assert.match(textOf(card), title);
      assert.deepEqual(buttonsOf(card), ['Show my details']);
      const [mention] = card.msteams?.entities ?? [];
      assert.equal(mention?.text, '<at>Robin Sample</at>');
      assert.ok(textOf(card).includes(`${mention.text}, your export`));
    });
  }

  it('offers no download of what is no file, and tells others only that it has ended', () => {
    const job = sampleJobs['ready'];
    assert.ok(job?.state.status === 'ready');
    const reading = { kind: 'unread', why: 'notATable' } as const;
    const noFile = { ...job, state: { ...job.state, reading } };
    const own = noticeCard(en, noFile, 'requester');
    assert.match(textOf(own), /brought no CSV file/);
    assert.deepEqual(buttonsOf(own), ['Export again', 'Show details']);
    assert.match(textOf(noticeCard(en, noFile, 'everybody')), /has ended$/);
  });
});
