// Figures, sharing and a person's own data: shown to whoever presses, and to nobody else.
import assert from 'node:assert/strict';
import { sampleChanges, sampleSummary } from '../../src/tools/card-pictures/sample-answers.ts';
import { executeIn, messageIn } from '../support/bot/activities.ts';
import type { Overrides } from '../support/bot/bot-floor.ts';
import type { PlaceIn } from '../support/bot/bot-suite.ts';
import { useBotFloor } from '../support/bot/bot-suite.ts';
import { someExport } from '../support/samples/sample-exports.ts';
import { wordsTo } from '../support/bot/loopback-channel.ts';

const asOf = new Date('2026-03-02T10:00:00Z');
const reading = { summary: sampleSummary, changes: sampleChanges, asOf, bytes: 214_300 };
const job = someExport({ state: { status: 'ready', graphJobId: 'j', reading: { kind: 'done' } } });
const exportId = job.id;
const kept = {
  exports: 2,
  openExports: 1,
  readings: 2,
  snapshots: 1,
  ownFiles: 0,
  names: 0,
  schedules: 0,
  sharedNames: 0,
  signedIn: true,
};

describe('bot: answers for one person', () => {
  const suite = useBotFloor();
  const press = async (place: PlaceIn, data: object) => {
    const said = await suite.press(place, data);
    assert.deepEqual(wordsTo(suite.channel(), place.conversationId), [], 'nobody else sees it');
    return said;
  };

  describe('figures', () => {
    const told: Overrides = {
      ownExport: { show: () => Promise.resolve({ kind: 'own', job }) },
      exports: { loadOwn: () => Promise.resolve(job) },
      findExportDetails: () => Promise.resolve({ reading }),
    };

    it('stand on the requester’s own view, with Share where others are', async () => {
      await suite.start(told);
      const said = await press(suite.at('groupChat'), { verb: 'view', exportId });
      assert.match(said, /average progress/);
      assert.match(said, /"Share"/);
      assert.doesNotMatch(said, /Save to OneDrive/);
      const alone = await press(suite.at('personal'), { verb: 'view', exportId });
      assert.doesNotMatch(alone, /"Share"/);
      assert.match(alone, /Save to OneDrive/);
    });

    it('come with everything that changed', async () => {
      await suite.start(told);
      const said = await press(suite.at('groupChat'), { verb: 'allChanges', exportId });
      assert.match(said, /10 changes/);
      assert.match(said, /Only you see this/);
      assert.doesNotMatch(
        await press(suite.at('personal'), { verb: 'allChanges', exportId }),
        /Only you see/,
      );
    });

    it('are not told to anybody else, and not made up', async () => {
      assert.match(
        await press(suite.at('groupChat'), { verb: 'allChanges', exportId }),
        /Not an export of yours/,
      );
      await suite.start({ ...told, findExportDetails: () => Promise.resolve({}) });
      assert.match(
        await press(suite.at('groupChat'), { verb: 'allChanges', exportId }),
        /nothing to compare it with/,
      );
    });
  });

  describe('sharing', () => {
    it('asks first, with how many will see it', async () => {
      await suite.start({
        shareSummary: { ask: () => Promise.resolve({ kind: 'ask', job, reading, others: 37 }) },
      });
      const place = suite.at('channel');
      assert.match(
        await press(place, { verb: 'share', exportId }),
        /37 other people will see the summary of 128 rows/,
      );
      assert.equal(
        (suite.asked('ask')[0]?.given.conversation as { conversationId: string }).conversationId,
        place.conversationId,
      );
    });

    for (const [kind, words] of [
      ['shared', /the figures appear here in a moment/],
      ['alreadyShared', /shared these figures here already/],
      ['notShared', /couldn’t post it here/],
      ['nothingToShare', /no figures to share/],
    ] as const)
      it(`says what came of it: ${kind}`, async () => {
        await suite.start({ shareSummary: { post: () => Promise.resolve({ kind, job }) } });
        assert.match(await press(suite.at('groupChat'), { verb: 'shareNow', exportId }), words);
      });

    it('is for the requester', async () => {
      for (const verb of ['share', 'shareNow'])
        assert.match(await press(suite.at('groupChat'), { verb, exportId }), /Not an export of yours/);
      await suite.start({ shareSummary: { ask: () => Promise.resolve({ kind: 'nothingToShare', job }) } });
      assert.match(await press(suite.at('groupChat'), { verb: 'share', exportId }), /no figures to share/);
    });
  });

  describe('a person’s own data', () => {
    const holding: Overrides = {
      deleteMyData: { preview: () => Promise.resolve(kept), confirm: () => Promise.resolve(kept) },
    };

    for (const text of ['delete my data', 'Delete my data!', 'forget me'])
      it(`is shown on ${JSON.stringify(text)} before anything goes`, async () => {
        await suite.start(holding);
        const place = suite.at('personal');
        await suite.floor().deliver(messageIn(place, text));
        assert.deepEqual(wordsTo(suite.channel(), place.conversationId), ['Delete your data?']);
        assert.equal(suite.asked('confirm').length, 0);
      });

    it('stays when the person presses Cancel', async () => {
      await suite.start(holding);
      const answer = await press(suite.at('personal'), { verb: 'keepMyData' });
      assert.match(answer, /Nothing was deleted/);
      assert.deepEqual([...suite.asked('confirm'), ...suite.asked('preview')], []);
    });

    it('goes when the person presses the button, theirs only', async () => {
      await suite.start(holding);
      const activity = executeIn(suite.at('personal'), { verb: 'deleteMyData' });
      const { body } = await suite.floor().deliver(activity);
      assert.match(JSON.stringify(body), /I no longer have this about you/);
      const [given] = suite.asked('confirm').map((one) => one.given);
      assert.equal((given?.requester as { userId: string }).userId, activity.from.aadObjectId);
    });
  });
});
