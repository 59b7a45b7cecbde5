import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ExportJob } from '../../../src/domain/exports/export-job.ts';
import { activityIn, executeIn } from '../../support/bot/activities.ts';
import { useBotFloor } from '../../support/bot/bot-suite.ts';
import type { Place } from '../../support/bot/activities.ts';
import type { Answered } from '../../support/bot/bot-floor.ts';
import { wordsTo } from '../../support/bot/loopback-channel.ts';
import { someExport } from '../../support/samples/sample-exports.ts';

const cardType = 'application/vnd.microsoft.card.adaptive';
const messageType = 'application/vnd.microsoft.activity.message';

describe('bot/on-card-action', () => {
  const { channel, floor, start } = useBotFloor();

  const at = (kind: NonNullable<Place['kind']> = 'personal') => ({
    serviceUrl: channel().serviceUrl,
    botId: floor().botId,
    tenantId: floor().tenantId,
    kind,
    conversationId: randomUUID(),
  });
  const exportId = randomUUID();
  const ready: ExportJob = someExport({ state: { status: 'ready', graphJobId: 'job', size: 4096 } });
  const read = ({ status, body }: Answered) => {
    const { statusCode, type, value } = body as { statusCode: number; type: string; value: unknown };
    assert.deepEqual([status, statusCode], [200, 200]);
    return { type, value, said: JSON.stringify(value) };
  };

  const verbs = {
    view: 'show',
    refresh: 'refresh',
    stop: 'stop',
    retry: 'retry',
    resume: 'resume',
    exportAgain: 'exportAgain',
    exportForMe: 'exportForMe',
    download: 'offerDownload',
  };
  for (const [verb, useCase] of Object.entries(verbs)) {
    it(`answers ${verb} to the presser`, async () => {
      const activity = executeIn(at('groupChat'), { verb, exportId });
      read(await floor().deliver(activity));
      const call = floor().asked.find((asked) => asked.useCase === useCase);
      const { subject = { id: call?.given.exportId }, requester } = call?.given ?? {};
      assert.equal((subject as { id: unknown }).id, exportId);
      assert.equal((requester as { userId: string }).userId, activity.from.aadObjectId);
    });
  }

  it('shows the requester their own card, also in a group', async () => {
    const show = () => Promise.resolve({ kind: 'own' as const, job: ready });
    await start({ ownExport: { show } });
    const { type, said } = read(await floor().deliver(executeIn(at('channel'), { verb: 'view', exportId })));
    assert.equal(type, cardType);
    assert.match(said, /Only you see these details/);
    assert.match(said, /4(\.\d)? KB/);
  });

  it('gives the download link to the requester, in the answer only', async () => {
    const url = 'https://bot.example.com/d/secret';
    const link = { kind: 'link' as const, url, expiresAt: new Date('2026-03-02T10:05:00Z') };
    await start({
      offerDownload: () => Promise.resolve(link),
      exports: { loadOwn: () => Promise.resolve(ready) },
    });
    const place = at('channel');
    const { said } = read(await floor().deliver(executeIn(place, { verb: 'download', exportId })));
    assert.ok(said.includes(url));
    assert.deepEqual(wordsTo(channel(), place.conversationId), []);
    assert.ok(!JSON.stringify(floor().lines).includes('secret'));
  });

  it('says that there is no file yet', async () => {
    await start({
      offerDownload: () => Promise.resolve({ kind: 'notReady' }),
      exports: { loadOwn: () => Promise.resolve(someExport()) },
    });
    assert.match(
      read(await floor().deliver(executeIn(at(), { verb: 'download', exportId }))).said,
      /no file/,
    );
  });

  for (const trigger of ['manual', 'automatic']) {
    it(`offers an export of one's own for what is not theirs (${trigger})`, async () => {
      const show = () => Promise.resolve({ kind: 'notFound' as const });
      await start({ ownExport: { show } });
      const data = { verb: 'view', exportId };
      const value = { action: { type: 'Action.Execute', verb: 'view', data }, trigger };
      const { type, said } = read(await floor().deliver(executeIn(at('channel'), data, { value })));
      assert.equal(type, cardType);
      assert.match(said, /Export it for me/);
    });
  }

  it('says in one line what became of a new export', async () => {
    const started = read(await floor().deliver(executeIn(at(), { verb: 'exportForMe', exportId })));
    assert.deepEqual(
      [started.type, started.value],
      [messageType, 'Started. Its card will appear in a moment.'],
    );
    const data = { verb: 'followGraphJob', graphJobId: 'j!sample' };
    const followed = read(await floor().deliver(executeIn(at(), data)));
    assert.equal(followed.type, messageType);
    assert.match(followed.said, /will appear here, too/);
  });

  it('lists for the presser only', async () => {
    const place = at('channel');
    assert.match(read(await floor().deliver(executeIn(place, { verb: 'list' }))).said, /Your exports/);
    assert.deepEqual(wordsTo(channel(), place.conversationId), []);
  });

  it('C11 answers "working" when a use case takes long, and lets it end', async () => {
    let end: (() => void) | undefined;
    const stop = () =>
      new Promise<{ kind: 'own'; job: ExportJob }>((resolve) => {
        end = () => resolve({ kind: 'own', job: ready });
      });
    await start({ ownExport: { stop }, timeoutMilliseconds: 5 });
    const body = executeIn(at(), { verb: 'stop', exportId });
    const answering = floor().deliver(body);
    await floor().answered();
    end?.();
    const { type, said } = read(await answering);
    assert.equal(type, messageType);
    assert.match(said, /Working on it/);
    assert.deepEqual(floor().background.failures, []);
  });

  it('answers with a reference when something of ours breaks, and logs it once', async () => {
    const show = () => Promise.reject(new Error('database is away'));
    await start({ ownExport: { show } });
    const { said } = read(await floor().deliver(executeIn(at(), { verb: 'view', exportId })));
    const errors = floor().lines.filter(({ level }) => level === 'error');
    assert.equal(errors.length, 1);
    assert.ok(said.includes(String(errors[0]?.fields.reference)));
  });

  it('does nothing for a payload that is none of ours', async () => {
    const payloads = fc.oneof(
      fc.jsonValue(),
      fc.record({ verb: fc.string(), exportId: fc.jsonValue() }),
      fc.record({ verb: fc.constantFrom(...Object.keys(verbs)), exportId: fc.string() }),
    );
    await fc.assert(
      fc.asyncProperty(payloads, fc.jsonValue(), async (data, junk) => {
        const place = at();
        read(await floor().deliver(executeIn(place, data)));
        read(await floor().deliver(executeIn(place, data, { value: junk })));
      }),
      { numRuns: 40 },
    );
    assert.deepEqual(
      floor().asked.filter(({ useCase }) => useCase !== 'remember'),
      [],
    );
  });

  describe('as Action.Submit, in clients without Universal Actions', () => {
    const submitIn = (place: Place, value: unknown) => activityIn(place, { value, replyToId: '1' });

    it('answers in a personal chat', async () => {
      const place = at();
      await floor().deliver(submitIn(place, { verb: 'list' }));
      assert.deepEqual(wordsTo(channel(), place.conversationId), ['Your exports']);
    });

    it('tells nothing where others read along, but exports for the presser', async () => {
      const place = at('groupChat');
      for (const verb of ['view', 'download', 'stop'])
        await floor().deliver(submitIn(place, { verb, exportId }));
      await floor().deliver(submitIn(place, { verb: 'exportForMe', exportId }));
      const words = wordsTo(channel(), place.conversationId).map(String);
      assert.equal(words.filter((word) => word.startsWith('This is only for you')).length, 3);
      assert.equal(words.at(-1), 'Started. Its card will appear in a moment.');
      const asked = floor()
        .asked.filter(({ useCase }) => useCase !== 'remember')
        .map(({ useCase }) => useCase);
      assert.deepEqual(asked, ['exportForMe']);
    });

    it('says something true about an unknown button', async () => {
      const place = at();
      await floor().deliver(submitIn(place, { verb: 'launch', exportId }));
      assert.match(String(wordsTo(channel(), place.conversationId)[0]), /This button no longer works/);
    });
  });
});
