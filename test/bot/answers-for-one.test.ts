// Figures, sharing and a person's own data: shown to whoever presses, and to nobody else.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sampleChanges, sampleSummary } from '../../src/tools/card-pictures/sample-answers.ts';
import { executeIn, messageIn } from '../support/activities.ts';
import type { Place } from '../support/activities.ts';
import { startBotFloor } from '../support/bot-floor.ts';
import type { Answered, BotFloor, Overrides } from '../support/bot-floor.ts';
import { startLoopbackChannel } from '../support/loopback-channel.ts';
import type { LoopbackChannel } from '../support/loopback-channel.ts';
import { someExport } from '../support/sample-exports.ts';
import { wordsTo } from '../support/sent-words.ts';

const asOf = new Date('2026-03-02T10:00:00Z');
const reading = { summary: sampleSummary, changes: sampleChanges, asOf, bytes: 214_300 };
const job = someExport({ state: { status: 'ready', graphJobId: 'j', reading: { kind: 'done' } } });
const exportId = job.id;
const kept = { exports: 2, openExports: 1, readings: 2, snapshots: 1, ownFiles: 0, signedIn: true };

describe('bot: answers for one person', () => {
  let channel: LoopbackChannel;
  let floor: BotFloor;
  let started: BotFloor[] = [];
  const start = async (overrides: Overrides = {}) => {
    floor = await startBotFloor(channel, overrides);
    started.push(floor);
  };
  before(async () => {
    channel = await startLoopbackChannel();
  });
  beforeEach(() => start());
  afterEach(async () => {
    for (const each of started) await each.stop();
    started = [];
  });
  after(() => channel.stop());

  const at = (kind: NonNullable<Place['kind']> = 'groupChat') => ({
    ...{ serviceUrl: channel.serviceUrl, botId: floor.botId, tenantId: floor.tenantId, kind },
    conversationId: randomUUID(),
  });
  const shown = ({ status, body }: Answered) => {
    assert.equal(status, 200);
    const { statusCode, value } = body as { statusCode: number; value: unknown };
    assert.equal(statusCode, 200);
    return JSON.stringify(value);
  };
  const press = async (place: ReturnType<typeof at>, data: object) => {
    const said = shown(await floor.deliver(executeIn(place, data)));
    assert.deepEqual(wordsTo(channel, place.conversationId), [], 'nobody else sees it');
    return said;
  };
  const asked = (useCase: string) => floor.asked.filter((one) => one.useCase === useCase);

  describe('figures', () => {
    const told: Overrides = {
      ownExport: { show: () => Promise.resolve({ kind: 'own', job }) },
      exports: { loadOwn: () => Promise.resolve(job) },
      findExportDetails: () => Promise.resolve({ reading }),
    };

    it('stand on the requester’s own view, with Share where others are', async () => {
      await start(told);
      const said = await press(at(), { verb: 'view', exportId });
      assert.match(said, /average progress/);
      assert.match(said, /"Share"/);
      assert.doesNotMatch(said, /Save to OneDrive/);
      const alone = await press(at('personal'), { verb: 'view', exportId });
      assert.doesNotMatch(alone, /"Share"/);
      assert.match(alone, /Save to OneDrive/);
    });

    it('come with everything that changed', async () => {
      await start(told);
      const said = await press(at(), { verb: 'allChanges', exportId });
      assert.match(said, /10 changes/);
      assert.match(said, /Only you see this/);
      assert.doesNotMatch(await press(at('personal'), { verb: 'allChanges', exportId }), /Only you see/);
    });

    it('are not told to anybody else, and not made up', async () => {
      assert.match(await press(at(), { verb: 'allChanges', exportId }), /Not an export of yours/);
      await start({ ...told, findExportDetails: () => Promise.resolve({}) });
      assert.match(await press(at(), { verb: 'allChanges', exportId }), /nothing to compare it with/);
    });
  });

  describe('sharing', () => {
    it('asks first, with how many will see it', async () => {
      await start({
        shareSummary: { ask: () => Promise.resolve({ kind: 'ask', job, reading, people: 37 }) },
      });
      const place = at('channel');
      assert.match(
        await press(place, { verb: 'share', exportId }),
        /37 people will see the summary of 128 rows/,
      );
      assert.equal(
        (asked('ask')[0]?.given.conversation as { conversationId: string }).conversationId,
        place.conversationId,
      );
    });

    for (const [kind, words] of [
      ['shared', /everybody here sees the figures now/],
      ['alreadyShared', /shared these figures here already/],
      ['notShared', /couldn’t post it here/],
      ['nothingToShare', /no figures to share/],
    ] as const)
      it(`says what came of it: ${kind}`, async () => {
        await start({ shareSummary: { post: () => Promise.resolve({ kind, job }) } });
        assert.match(await press(at(), { verb: 'shareNow', exportId }), words);
      });

    it('is for the requester', async () => {
      for (const verb of ['share', 'shareNow'])
        assert.match(await press(at(), { verb, exportId }), /Not an export of yours/);
      await start({ shareSummary: { ask: () => Promise.resolve({ kind: 'nothingToShare', job }) } });
      assert.match(await press(at(), { verb: 'share', exportId }), /no figures to share/);
    });
  });

  describe('a person’s own data', () => {
    const holding: Overrides = {
      deleteMyData: { preview: () => Promise.resolve(kept), confirm: () => Promise.resolve(kept) },
    };

    for (const text of ['delete my data', 'Delete my data!', 'forget me'])
      it(`is shown on ${JSON.stringify(text)} before anything goes`, async () => {
        await start(holding);
        const place = at('personal');
        await floor.deliver(messageIn(place, text));
        assert.deepEqual(wordsTo(channel, place.conversationId), ['Delete what I keep of you?']);
        assert.equal(asked('confirm').length, 0);
      });

    it('is not spread out where others read along', async () => {
      await start(holding);
      const place = at('channel');
      await floor.deliver(messageIn(place, 'delete my data'));
      assert.deepEqual(wordsTo(channel, place.conversationId), [
        'Press the button to see what I keep of you',
      ]);
      assert.equal(asked('preview').length, 0);
      assert.match(await press(at('channel'), { verb: 'myData' }), /Only you see this/);
    });

    it('goes when the person presses the button, theirs only', async () => {
      await start(holding);
      const activity = executeIn(at('personal'), { verb: 'deleteMyData' });
      assert.match(shown(await floor.deliver(activity)), /I have forgotten this about you/);
      const [given] = asked('confirm').map((one) => one.given);
      assert.equal((given?.requester as { userId: string }).userId, activity.from.aadObjectId);
    });
  });
});
