/** Whatever a person writes or presses is answered in their language. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { en } from '../../../src/words/en/en.ts';
import { activityIn, executeIn, messageIn } from '../../support/bot/activities.ts';
import type { Overrides } from '../../support/bot/bot-floor.ts';
import { useBotFloor, type PlaceIn } from '../../support/bot/bot-suite.ts';
import { sentTo } from '../../support/bot/loopback-channel.ts';
import { lettersOutside, sentencesOutside } from '../../support/words/outside.ts';
import { pseudoLanguages } from '../../support/words/pseudo.ts';

const languages = { en, xx: pseudoLanguages.en };
const xx = { locale: 'xx-XX' };

describe('the language of answers', () => {
  const suite = useBotFloor();
  beforeEach(() => suite.start({ languages }));
  const kinds = ['personal', 'groupChat', 'channel'] as const;

  /** What letters of everything that was sent are said in no language. */
  async function outside(place: PlaceIn, activity: object): Promise<readonly string[]> {
    const { body } = await suite.floor().deliver({ ...activity });
    const sent = sentTo(suite.channel(), place.conversationId).map((one) => one.body);
    const answer = (body as { value?: unknown } | undefined)?.value;
    const said = answer === undefined ? sent : [...sent, answer];
    assert.ok(said.length > 0, 'something was said');
    return said.flatMap((one) =>
      typeof one === 'string' ? lettersOutside(one) : sentencesOutside(one as object),
    );
  }

  const sayings = [
    '',
    'help',
    'hi',
    'thanks',
    'banana',
    'lits',
    'sign out',
    'delete my data',
    'https://bit.ly/3abcdef',
    'https://example.org/goals.csv',
    'https://goals.microsoft.com/ https://goals.microsoft.com/?viewId=1',
  ];
  for (const said of sayings)
    for (const kind of kinds)
      it(`is the person's after ${JSON.stringify(said)} in a ${kind}`, async () => {
        const place = suite.at(kind);
        assert.deepEqual(await outside(place, messageIn(place, said, xx)), []);
      });

  const wanting = (overrides: Overrides) => suite.start({ languages, ...overrides });
  const subject = { kind: 'ownFile', id: randomUUID() };
  const follow = { verb: 'followGraphJob', graphJobId: 'j1' };
  const presses: readonly (readonly [data: object, overrides: Overrides])[] = [
    [{ verb: 'nonsense' }, {}],
    [{ verb: 'help' }, {}],
    [{ verb: 'myData' }, {}],
    [{ verb: 'deleteMyData' }, {}],
    [{ verb: 'keepMyData' }, {}],
    ...(['asked', 'signedIn', 'unavailable', 'operatorFault'] as const).map(
      (kind) => [{ verb: 'signIn' }, { signIn: () => Promise.resolve({ kind }) }] as const,
    ),
    ...(['notFound', 'signInNeeded', 'unavailable'] as const).map(
      (kind) => [follow, { followGraphJob: () => Promise.resolve({ kind }) }] as const,
    ),
    ...(['started', 'resumed', 'movedDown', 'followedHere'] as const).map(
      (kind) =>
        [follow, { followGraphJob: () => Promise.resolve({ kind, exportId: randomUUID() }) }] as const,
    ),
    [
      follow,
      { followGraphJob: () => Promise.resolve({ kind: 'limitReached', limit: 'openPerUser', max: 5 }) },
    ],
    [{ verb: 'show', subject }, {}],
    [{ verb: 'allChanges', subject }, {}],
    [{ verb: 'download', subject }, {}],
    [{ verb: 'save', subject, format: 'workbook' }, {}],
    [{ verb: 'exportForMe', subject: { kind: 'export', id: randomUUID() } }, {}],
  ];
  for (const [data, overrides] of presses)
    it(`is the presser's after ${JSON.stringify(data)}`, async () => {
      await wanting(overrides);
      for (const kind of kinds) {
        const place = suite.at(kind);
        assert.deepEqual(await outside(place, executeIn(place, data, xx)), []);
        const submitted = activityIn(place, { value: data, ...xx });
        assert.deepEqual(await outside(place, submitted), []);
      }
    });

  it('is theirs where nothing is done', async () => {
    const place = suite.at();
    const strangers = [
      messageIn({ ...place, tenantId: randomUUID() }, 'help', xx),
      messageIn(place, 'help', { ...xx, from: { id: '29:x', name: 'A bot' } }),
    ];
    for (const message of strangers) assert.deepEqual(await outside(place, message), []);
    await wanting({ signOut: () => Promise.reject(new Error('broken')) });
    const other = suite.at();
    const message = messageIn(other, 'sign out', xx);
    const { body } = await suite.floor().deliver(message);
    assert.equal(body, undefined);
    const [trouble] = sentTo(suite.channel(), other.conversationId);
    const [, reference = ''] = /"text":"([0-9a-f]{8})"/.exec(JSON.stringify(trouble?.body)) ?? [];
    assert.deepEqual(sentencesOutside(trouble?.body as object, [reference]), []);
  });

  it('is theirs in a welcome', async () => {
    for (const kind of kinds) {
      const place = suite.at(kind);
      const added = activityIn(place, { type: 'installationUpdate', action: 'add', ...xx });
      assert.deepEqual(await outside(place, added), []);
    }
  });
});
