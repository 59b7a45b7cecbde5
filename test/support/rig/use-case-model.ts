/** Generates random lives of one person's exports, and checks what must hold whatever happens. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPending } from '../../../src/domain/exports/adoption.ts';
import { graphJobIdOf, isOpen, type ExportJob } from '../../../src/domain/exports/export-job.ts';
import { noticeKey } from '../../../src/domain/exports/notice-due.ts';
import type { Target } from '../../../src/domain/exports/target.ts';
import type { Conversation } from '../../../src/ports/conversation.ts';
import type { OwnExport } from '../../../src/usecases/exports/own-export.ts';
import { createLife } from './mortal-ports.ts';
import { someConversation, somebody, someTarget } from '../samples/sample-exports.ts';
import type { Rig } from './use-case-rig.ts';

const verbs = ['refresh', 'stop', 'retry', 'resume', 'exportAgain'] as const satisfies (keyof OwnExport)[];
const busy = { kind: 'unavailable', trouble: 'busy', retryAfter: 20, notSent: true } as const;
const lost = { kind: 'unavailable', trouble: 'unreachable', notSent: false } as const;
const claims = { kind: 'unauthorized', claims: '{"c":1}' } as const;
const graphTrouble = [
  busy,
  lost,
  { kind: 'unauthorized' },
  claims,
  { kind: 'consentMissing' },
  { kind: 'odd', sample: '' },
  { kind: 'refused', reason: 'noAccess' },
] as const;
const sendTrouble = [{ kind: 'busy' }, { kind: 'unknown' }, { kind: 'gone' }] as const;

const small = fc.nat({ max: 1 });
export const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('paste'), target: small, place: small }) },
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('wait'), seconds: fc.constantFrom(5, 70, 4000, 90_000) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('graphMoves'),
      to: fc.constantFrom('running', 'succeeded', 'failed'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('click'),
      verb: fc.constantFrom(...verbs),
      nth: fc.nat({ max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('createFails'),
      how: fc.constantFrom(...graphTrouble),
      made: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('getFails'),
      how: fc.constantFrom(...graphTrouble, { kind: 'jobNotFound' } as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('listFails'), how: fc.constantFrom(...graphTrouble) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('sendFails'), how: fc.constantFrom(...sendTrouble) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constantFrom('signIn', 'signOut', 'tokensLost', 'operatorFault') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('dieSoon'),
      call: fc.integer({ min: 1, max: 40 }),
      when: fc.constantFrom('before', 'after'),
    }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;

export interface Model {
  readonly happen: (happening: Happening) => Promise<void>;
  /** What must hold at any time. */
  readonly check: () => Promise<void>;
  /** Everything in the way ends; then what must hold in the end. */
  readonly calm: () => Promise<void>;
}

export function createModel(first: Rig): Model {
  const requester = somebody();
  const targets: readonly Target[] = [someTarget(), someTarget()];
  const places: readonly Conversation[] = [1, 2].map(() =>
    someConversation({ tenantId: requester.tenantId }),
  );
  const place = (nth: number): Conversation => places[nth] ?? someConversation();
  const { graph, teams, tokens } = first;
  let rig = first;
  let life = createLife({ call: 0, when: 'before' });
  let exchanges = 0;
  tokens.signIn(requester);

  const orDie = async (work: Promise<unknown>): Promise<void> => {
    await Promise.race([work, life.death]);
    await rig.settle();
    if (!life.isDead()) return;
    await rig.expireClaims();
    life = createLife({ call: 0, when: 'before' });
    rig = rig.anotherProcess(life);
  };
  /** As Teams does it: wherever the person is being asked. */
  const signIn = async (): Promise<void> => {
    for (const conversation of places) {
      exchanges += 1;
      await rig.exchangeSso({ requester, conversation, exchangeId: `x${exchanges}`, ssoToken: 't' });
    }
  };
  const askForSignIns = async (): Promise<void> => {
    for (const { id, state } of await rig.jobsOf(requester))
      if (state.status === 'waitingForSignIn')
        await rig.ownExport.resume({ requester, conversation: place(0), exportId: id });
  };
  const click = async (verb: keyof OwnExport, nth: number): Promise<unknown> => {
    const job = (await rig.jobsOf(requester))[nth];
    return job && rig.ownExport[verb]({ requester, conversation: place(0), exportId: job.id });
  };

  const wait = async (seconds: number): Promise<void> => {
    const before = teams.posts('signIn').length;
    await orDie(rig.run({ seconds }));
    const asked = teams.posts('signIn').length - before;
    assert.ok(asked <= 6, `${asked} prompts while nobody did anything`);
  };

  const happen = async (now: Happening): Promise<void> => {
    switch (now.what) {
      case 'paste':
        return orDie(
          rig.startExport({
            requester,
            target: targets[now.target] ?? someTarget(),
            conversation: place(now.place),
          }),
        );
      case 'wait':
        return wait(now.seconds);
      case 'graphMoves':
        for (const job of graph.jobs.filter(isPending)) graph.change(job.id, { status: now.to });
        return;
      case 'click':
        return orDie(click(now.verb, now.nth));
      case 'createFails':
        graph.script.create.push((make) => {
          if (now.how === lost && now.made) make();
          return now.how;
        });
        return;
      case 'getFails':
        graph.script.get.push(() => now.how);
        return;
      case 'listFails':
        graph.script.list.push(() => now.how);
        return;
      case 'sendFails':
        teams.script.post.push(() => (now.how.kind === 'gone' ? { kind: 'busy' } : now.how));
        teams.script.update.push(() => now.how);
        return;
      case 'signIn':
        return orDie(signIn());
      case 'signOut':
        return orDie(rig.signOut({ requester }));
      case 'tokensLost':
        tokens.signOut(requester);
        return;
      case 'operatorFault':
        tokens.script.push(() => ({ kind: 'operatorFault' }));
        return;
      case 'dieSoon':
        life = createLife({ call: now.call, when: now.when });
        rig = rig.anotherProcess(life);
    }
  };

  const check = async (): Promise<void> => {
    const jobs = await rig.jobsOf(requester);
    for (const job of jobs.filter(isOpen))
      assert.ok(job.due !== undefined && rig.queued.has(job.id), `${job.state.status} is due and queued`);
    const open = jobs.filter(isOpen).map(({ target }) => target.key);
    assert.equal(new Set(open).size, open.length, 'one open export a view');
    const held = jobs.flatMap(heldBy);
    assert.equal(new Set(held).size, held.length, 'each POST that made a job is held once');
    const notices = teams.posts('notice').map(({ job }) => `${job.id} ${noticeKey(job)}`);
    assert.equal(new Set(notices).size, notices.length, 'no notice twice');
    assert.deepEqual(rig.failures, []);
  };

  const calm = async (): Promise<void> => {
    const scripts: readonly unknown[][] = [
      graph.script.create,
      graph.script.get,
      graph.script.list,
      teams.script.post,
      teams.script.update,
      teams.script.remove,
      tokens.script,
    ];
    for (const script of scripts) script.length = 0;
    await rig.expireClaims();
    life = createLife({ call: 0, when: 'before' });
    rig = rig.anotherProcess(life);
    await orDie(rig.run({ seconds: 900 }));
    await orDie(askForSignIns());
    await orDie(signIn());
    await orDie(rig.run({ seconds: 900 }));
    for (const job of graph.jobs.filter(isPending)) graph.change(job.id, { status: 'succeeded' });
    await orDie(rig.run({ seconds: 7200 }));
    await orDie(rig.run({ seconds: 7200 }));
    await check();
    for (const job of await rig.jobsOf(requester)) {
      assert.ok(!isOpen(job), `${job.state.status} in the end`);
      for (const card of await rig.stores.cards.of({ kind: 'export', id: job.id }))
        assert.ok(
          card.mode !== 'live' || card.shownVersion === job.version,
          'each card shows the newest version',
        );
    }
    for (const where of places)
      assert.ok(!teams.standing(where).some(({ kind }) => kind === 'signIn') || (await stillAsked(where)));
  };
  /** A doubled prompt of a crash, or one that was never heard of again, may stand; an outstanding one may not. */
  const stillAsked = async (where: Conversation): Promise<boolean> =>
    (await rig.stores.signIns.outstanding(requester, where)) === undefined;

  return { happen, check, calm };
}

/** The job that this run's own POST made; a job joined after a conflict may be an earlier run's that is still pending. */
const heldBy = ({ state, joined }: ExportJob): readonly string[] =>
  [joined ? undefined : graphJobIdOf(state)].filter((id) => id !== undefined);
