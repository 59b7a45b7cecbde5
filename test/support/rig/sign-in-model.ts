/** Generates random lives of two people's sign-ins, and checks what must hold whatever happens. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOpen } from '../../../src/domain/exports/export-job.ts';
import type { Requester } from '../../../src/domain/exports/export-job.ts';
import type { Conversation } from '../../../src/ports/conversation.ts';
import type { SignInAnswer } from '../../../src/ports/user-tokens.ts';
import { questionOf } from '../../../src/usecases/sign-in/ask-sign-in.ts';
import { sampleTenant, someConversation, somebody, someTarget } from '../samples/sample-exports.ts';
import type { Rig } from './use-case-rig.ts';

const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
const answers: readonly SignInAnswer[] = [
  { kind: 'signedIn' },
  { kind: 'signedIn' },
  { kind: 'wrongPerson' },
  { kind: 'notAccepted' },
  { kind: 'unavailable' },
  { kind: 'operatorFault' },
  { kind: 'userGone' },
  ...(['signIn', 'consent', 'adminConsent'] as const).map(
    (cause) => ({ kind: 'signInRequired', cause }) as const,
  ),
  { kind: 'signInRequired', cause: 'claims', claims },
];
const refusals = [
  { kind: 'unauthorized' },
  { kind: 'unauthorized', claims },
  { kind: 'consentMissing' },
] as const;

const who = fc.nat({ max: 1 });
const where = fc.nat({ max: 1 });
/** One step; whoever acts is a person, a client of theirs, Entra ID or Graph. */
export const signInStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('paste'), who, where }) },
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant('clientsTry'), who, where, how: fc.constantFrom(...answers) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('browser'), who, where, how: fc.constantFrom(...answers) }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('clientsFail'), who, where }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('list', 'askAgain', 'stop'), who, where }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constantFrom('tokensLost', 'signOut', 'consentLands'), who, where }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('graphRefuses'),
      who,
      where,
      how: fc.constantFrom(...refusals),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('wait'),
      who,
      where,
      seconds: fc.constantFrom(5, 400, 90_000, 700_000),
    }),
  },
);
type Step = typeof signInStep extends fc.Arbitrary<infer S> ? S : never;

export interface SignInModel {
  readonly happen: (step: Step) => Promise<void>;
  readonly check: () => Promise<void>;
  readonly calm: () => Promise<void>;
}

export function createSignInModel(rig: Rig): SignInModel {
  const people: readonly Requester[] = [0, 1].map(() => somebody({ tenantId: sampleTenant }));
  const places = people.map(() => [0, 1].map(() => someConversation({ tenantId: sampleTenant })));
  const { tokens, teams, graph } = rig;
  const person = (nth: number): Requester => people[nth] ?? assert.fail();
  const place = ({ who: nth, where: at }: Pick<Step, 'who' | 'where'>): Conversation =>
    places[nth]?.[at] ?? assert.fail();
  let exchanges = 0;
  /** Whatever may rightly bring a prompt: each act of a person or of Graph, and each export it may concern. */
  let reasons = 0;
  const posted = (): number => teams.posts('signIn').length;

  const jobs = async () => (await Promise.all(people.map((each) => rig.jobsOf(each)))).flat();
  /** Three clients of one person, as Teams runs them. */
  const clientsTry = async (
    requester: Requester,
    conversation: Conversation,
    how: SignInAnswer,
  ): Promise<void> => {
    exchanges += 1;
    const exchangeId = `x${exchanges}`;
    tokens.signIns.push(how);
    const given = { requester, conversation, exchangeId, ssoToken: 't' };
    const outcomes = await Promise.all([1, 2, 3].map(() => rig.exchangeSso(given)));
    assert.equal(new Set(outcomes).size, 1, 'one outcome for all clients');
    tokens.signIns.length = 0;
  };
  const browser = async (
    requester: Requester,
    conversation: Conversation,
    how: SignInAnswer,
  ): Promise<void> => {
    const asked = await rig.stores.signIns.outstanding(requester, conversation);
    const begun = asked && (await rig.signInByBrowser.begin(asked.id));
    if (begun?.kind !== 'go') return;
    tokens.signIns.push(how);
    await rig.signInByBrowser.finish({
      state: new URL(begun.url).searchParams.get('state') ?? '',
      code: 'c',
    });
    tokens.signIns.length = 0;
  };
  const onNewest = async (step: Step, act: 'resume' | 'stop'): Promise<void> => {
    const [job] = await rig.jobsOf(person(step.who));
    if (job !== undefined)
      await rig.ownExport[act]({ requester: person(step.who), conversation: place(step), exportId: job.id });
  };

  const act = async (step: Step): Promise<void> => {
    const [requester, conversation] = [person(step.who), place(step)];
    switch (step.what) {
      case 'paste':
        await rig.startExport({ requester, conversation, target: someTarget() });
        return;
      case 'clientsTry':
        return clientsTry(requester, conversation, step.how);
      case 'browser':
        return browser(requester, conversation, step.how);
      case 'clientsFail':
        for (const code of ['invokeerror', 'resourcematchfailed', 'userconsentrequired'])
          await rig.signInFailed({ requester, conversation, code });
        return;
      case 'list':
        await rig.askOnCard({ requester, conversation });
        return;
      case 'askAgain':
        return onNewest(step, 'resume');
      case 'stop':
        return onNewest(step, 'stop');
      case 'tokensLost':
        tokens.signOut(requester);
        return;
      case 'signOut':
        await rig.signOut({ requester });
        return;
      case 'consentLands':
        await rig.consentLanded({ tenantId: sampleTenant, granted: true, state: 'consent-state' });
        return;
      case 'graphRefuses':
        for (const script of [graph.script.get, graph.script.create])
          script.push(
            () => step.how,
            () => step.how,
          );
        return;
      case 'wait':
        await rig.run({ seconds: step.seconds });
    }
  };

  const happen = async (step: Step): Promise<void> => {
    await act(step);
    await rig.settle();
    await rig.run({ seconds: 15 });
    // Each act concerns, at most, every export that is not over.
    reasons += 1 + (await jobs()).filter((job) => isOpen(job) || questionOf(job) !== undefined).length;
  };

  const check = async (): Promise<void> => {
    assert.deepEqual(rig.failures, []);
    assert.ok(posted() <= 2 * reasons, `${posted()} prompts for ${reasons} reasons`);
    for (const [nth, mine] of places.entries())
      for (const conversation of mine) {
        const asking = teams.standing(conversation).filter(({ kind }) => kind === 'signIn');
        assert.ok(asking.length <= 1, 'one outstanding prompt a person and conversation');
        const outstanding = await rig.stores.signIns.outstanding(person(nth), conversation);
        if (asking.length === 1) assert.ok(outstanding, 'a prompt that stands can be answered');
      }
    for (const job of (await jobs()).filter(isOpen))
      assert.ok(job.due, `${job.state.status} says when it goes on`);
  };

  /** Resumes what waits, and signs in wherever somebody is asked. */
  const everybodyAnswers = async (): Promise<void> => {
    for (const [nth, mine] of places.entries()) {
      for (const job of await rig.jobsOf(person(nth)))
        if (questionOf(job) !== undefined || job.state.status === 'parked')
          await rig.ownExport.resume({
            requester: person(nth),
            conversation: mine[0] ?? assert.fail(),
            exportId: job.id,
          });
      await rig.run({ seconds: 60 });
      for (const conversation of mine) await clientsTry(person(nth), conversation, { kind: 'signedIn' });
      await rig.run({ seconds: 900 });
    }
  };

  const calm = async (): Promise<void> => {
    for (const script of [graph.script.get, graph.script.create, graph.script.list, tokens.script])
      script.length = 0;
    // Nobody does anything: nobody is asked without end.
    await rig.run({ seconds: 700 });
    const before = posted();
    await rig.run({ seconds: 3 * 24 * 3600, wakes: 1000 });
    assert.ok(posted() - before <= (await jobs()).length, 'hardly anybody is asked while nobody acts');
    // Twice: what somebody's sign-in shows to be allowed may let another's export ask its own person.
    for (const _round of [1, 2]) await everybodyAnswers();
    await check();
    for (const job of await jobs())
      assert.equal(questionOf(job), undefined, `${job.state.status} still asks`);
  };

  return { happen, check, calm };
}
