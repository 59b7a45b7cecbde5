import assert from 'node:assert/strict';
import { present } from '../../../../src/domain/present.ts';
import { randomBytes } from 'node:crypto';
import { createConversations } from '../../../../src/adapters/store/conversations/conversations.ts';
import { createSignInRequests } from '../../../../src/adapters/store/sign-in/sign-in-requests.ts';
import type { SignInRequest, SignInRequests } from '../../../../src/ports/sign-ins.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someConversation, somebody } from '../../../support/samples/sample-exports.ts';

const question = (given: Partial<SignInRequest> = {}): SignInRequest => ({
  id: randomBytes(32).toString('base64url'),
  person: somebody(),
  conversation: someConversation(),
  cause: 'signIn',
  silent: true,
  askedAt: new Date('2026-03-01T08:00:00.500Z'),
  ...given,
});

describeOnBothEngines('sign-in requests', (given) => {
  let requests: SignInRequests;
  before(() => {
    requests = createSignInRequests(given().database.db);
  });

  it('are asked once, by one of ten at once on two instances', async () => {
    const other = createSignInRequests((await given().otherInstance()).db);
    const { person, conversation } = question();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, nth) =>
        (nth % 2 === 0 ? requests : other).ask(question({ person, conversation })),
      ),
    );
    assert.equal(answers.filter(({ isNew }) => isNew).length, 1);
    assert.equal(new Set(answers.map(({ request }) => request.id)).size, 1);
  });

  it('are found as they were asked, with their activity once it is posted', async () => {
    const asked = question({ cause: 'claims', silent: false, claims: '{"access_token":{}}' });
    assert.deepEqual(await requests.ask(asked), { request: asked, isNew: true });
    await requests.posted(asked.id, 'activity-1');
    assert.deepEqual(await requests.find(asked.id), { ...asked, activityId: 'activity-1' });
    assert.equal(await requests.find('nobody asked this'), undefined);
    const outstanding = await requests.outstanding(asked.person, asked.conversation);
    assert.deepEqual(outstanding, { ...asked, activityId: 'activity-1' });
    assert.equal(await requests.outstanding(asked.person, someConversation()), undefined);
    assert.equal(
      await requests.outstanding(somebody({ userId: asked.person.userId }), asked.conversation),
      undefined,
    );
  });

  const changes: readonly (readonly [what: string, change: Partial<SignInRequest>, isNew: boolean])[] = [
    ['the same question', {}, false],
    ['another cause', { cause: 'adminConsent' }, true],
    ['claims', { claims: '{"id_token":{}}' }, true],
    ['a button instead of silence', { silent: false }, true],
  ];
  for (const [what, change, isNew] of changes) {
    it(`keep their id when asked again with ${what}, which counts as ${isNew ? 'new' : 'old'}`, async () => {
      const first = question();
      await requests.ask(first);
      await requests.posted(first.id, 'activity-1');
      const { person, conversation } = first;
      const again = await requests.ask(question({ person, conversation, ...change }));
      assert.equal(again.isNew, isNew);
      const behind = present({ isBehind: isNew ? (true as const) : undefined });
      assert.deepEqual(again.request, { ...first, ...change, ...behind, activityId: 'activity-1' });
      assert.equal((await requests.ask(question({ person, conversation, ...change }))).isNew, false);
      await requests.posted(first.id, 'activity-2');
      assert.deepEqual(await requests.find(first.id), { ...first, ...change, activityId: 'activity-2' });
    });
  }

  it('that were asked with a button are not made silent again', async () => {
    const first = question({ silent: false });
    await requests.ask(first);
    const { person, conversation } = first;
    const again = await requests.ask(question({ person, conversation, silent: true }));
    assert.deepEqual([again.isNew, again.request.silent], [false, false]);
  });

  it('tell each of two that post at once which prompt theirs replaces, and who comes too late', async () => {
    const asked = question();
    await requests.ask(asked);
    assert.deepEqual(await requests.posted(asked.id, 'first'), { kind: 'posted' });
    assert.deepEqual(await requests.posted(asked.id, 'first'), { kind: 'posted' });
    const answers = await Promise.all([requests.posted(asked.id, 'a'), requests.posted(asked.id, 'b')]);
    const now = (await requests.find(asked.id))?.activityId;
    const replaced = answers.map((answer) => answer.kind === 'posted' && answer.replaced);
    assert.deepEqual(new Set([...replaced, now]), new Set(['first', 'a', 'b']));
    await requests.settleOne(asked.id);
    assert.deepEqual(await requests.posted(asked.id, 'late'), { kind: 'withdrawn' });
  });

  it('take the first prompt in one step, also when it is told twice, and no second one', async () => {
    const asked = question();
    await requests.ask(asked);
    assert.equal(await requests.firstPosted(asked.id, 'first'), true);
    assert.equal(await requests.firstPosted(asked.id, 'first'), true);
    assert.equal(await requests.firstPosted(asked.id, 'second'), false);
    assert.equal((await requests.find(asked.id))?.activityId, 'first');
    assert.equal(await requests.isAsked(asked.person), true);
    await requests.settleOne(asked.id);
    assert.equal(await requests.firstPosted(asked.id, 'first'), false);
    assert.equal(await requests.isAsked(asked.person), false);
  });

  it('are posted again by one of those who found them as they are', async () => {
    const asked = question();
    await requests.ask(asked);
    const at = new Date('2026-03-01T08:01:00.000Z');
    const answers = await Promise.all([1, 2, 3].map(() => requests.askAgain(asked, at)));
    assert.equal(answers.filter((isOurs) => isOurs).length, 1);
    assert.deepEqual((await requests.find(asked.id))?.askedAt, at);
    await requests.posted(asked.id, 'activity-1');
    // Posted since it was looked at.
    assert.equal(await requests.askAgain({ ...asked, askedAt: at }, new Date()), false);
    assert.equal(await requests.askAgain({ ...asked, askedAt: at, activityId: 'activity-1' }, at), true);
  });

  it('on a card replace nothing, give way to a prompt, and stay when prompts are taken back', async () => {
    const asked = question({ onCard: true });
    const { person, conversation } = asked;
    assert.deepEqual(await requests.ask(asked), { request: asked, isNew: true });
    assert.equal((await requests.ask(question({ person, conversation, onCard: true }))).isNew, false);
    assert.deepEqual(await requests.settle(person, 'prompts'), []);
    const prompt = await requests.ask(question({ person, conversation }));
    assert.deepEqual([prompt.isNew, prompt.request.onCard, prompt.request.id], [true, undefined, asked.id]);
    const again = await requests.ask(question({ person, conversation, cause: 'claims', onCard: true }));
    assert.deepEqual([again.isNew, again.request.cause], [false, 'signIn']);
    assert.equal((await requests.settle(person, 'prompts')).length, 1);
  });

  it('of a person are taken away once, wherever they were asked', async () => {
    const person = somebody();
    const mine = [question({ person }), question({ person })];
    const foreign = question({ person: somebody({ tenantId: person.tenantId }) });
    for (const asked of [...mine, foreign]) await requests.ask(asked);
    const other = createSignInRequests((await given().otherInstance()).db);
    const taken = await Promise.all([requests.settle(person), other.settle(person), requests.settle(person)]);
    assert.deepEqual(new Set(taken.flat()), new Set(mine));
    assert.equal(taken.flat().length, mine.length);
    assert.ok(await requests.find(foreign.id));
  });

  it('are taken away one at a time', async () => {
    const person = somebody();
    const [one, two] = [question({ person }), question({ person, cause: 'adminConsent' })];
    for (const asked of [one, two]) await requests.ask(asked);
    assert.deepEqual(await requests.settleOne(one.id), one);
    assert.equal(await requests.settleOne(one.id), undefined);
    assert.ok(await requests.find(two.id));
  });

  it('go when the conversation is forgotten, and only there', async () => {
    const person = somebody();
    const [here, there] = [question({ person }), question({ person })];
    for (const asked of [here, there]) await requests.ask(asked);
    const { tenantId, conversationId } = here.conversation;
    await createConversations(given().database.db).forget(tenantId, conversationId);
    assert.deepEqual(await requests.settle(person), [there]);
  });
});
