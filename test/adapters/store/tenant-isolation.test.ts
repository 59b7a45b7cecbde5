import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createStores } from '../../../src/adapters/store/stores.ts';
import type { Target } from '../../../src/domain/exports/target.ts';
import {
  isOpen,
  samePerson,
  type ExportJob,
  type Requester,
} from '../../../src/domain/exports/export-job.ts';
import type { OwnFile } from '../../../src/domain/own-files/own-file.ts';
import type { Schedule } from '../../../src/domain/schedules/schedule.ts';
import type { Conversation } from '../../../src/ports/conversation.ts';
import type { Stores } from '../../../src/ports/runtime.ts';
import { describeOnBothEngines } from '../../support/databases/databases.ts';
import {
  snapshotOf,
  someConversation,
  someExport,
  someOwnFile,
  someReading,
  somebody,
  someTarget,
} from '../../support/samples/sample-exports.ts';
import { someSchedule } from '../../support/samples/sample-schedules.ts';
import { idleQueue, sampleVault } from '../../support/samples/sample-vault.ts';

interface World {
  readonly stores: Stores;
  readonly people: readonly Requester[];
  readonly targets: readonly Target[];
  readonly conversationIds: readonly string[];
  readonly jobs: ExportJob[];
  readonly schedules: Schedule[];
  readonly files: OwnFile[];
}

/** User ids, views and conversation ids are the same in all 50 tenants: only the tenant tells them apart. */
function newWorld(stores: Stores): World {
  const userIds = [randomUUID(), randomUUID()];
  const people = Array.from({ length: 50 }, () => randomUUID()).flatMap((tenantId) =>
    userIds.map((userId) => somebody({ tenantId, userId })),
  );
  const conversationIds = [someConversation().conversationId, someConversation().conversationId];
  return {
    stores,
    people,
    targets: [someTarget(), someTarget()],
    conversationIds,
    jobs: [],
    schedules: [],
    files: [],
  };
}

interface Step {
  readonly who: number;
  readonly what: number;
  readonly other: number;
}
type Act = (world: World, me: Requester, pick: number) => Promise<void>;

const at = <T>(list: readonly T[], nth: number): T => {
  const found = list[nth % list.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};
const mine = ({ jobs }: World, me: Requester): readonly ExportJob[] =>
  jobs.filter(({ requester }) => samePerson(requester, me));
const isMine =
  (me: Requester) =>
  ({ owner }: { readonly owner: Requester }): boolean =>
    samePerson(owner, me);
const ids = (jobs: readonly { readonly id: string }[]): ReadonlySet<string> =>
  new Set(jobs.map(({ id }) => id));
const here = ({ conversationIds }: World, me: Requester, pick: number): Conversation =>
  someConversation({ tenantId: me.tenantId, conversationId: at(conversationIds, pick) });

const strangerTo = ({ people }: World, me: Requester, pick: number): Requester =>
  at(
    people.filter(({ tenantId }) => tenantId !== me.tenantId),
    pick,
  );

const acts: readonly Act[] = [
  async (world, me, pick) => {
    const job = someExport({ requester: me, target: at(world.targets, pick) });
    const isFree = !mine(world, me).some((other) => isOpen(other) && other.target === job.target);
    assert.equal(await world.stores.exports.insert(job), isFree ? 'inserted' : 'alreadyOpen');
    if (isFree) world.jobs.push(job);
  },
  async (world, me, pick) => {
    if (world.jobs.length === 0) return;
    const job = at(world.jobs, pick);
    const loaded = await world.stores.exports.loadOwn(me, job.id);
    assert.equal(loaded?.id, samePerson(job.requester, me) ? job.id : undefined);
  },
  async (world, me, pick) => {
    const { exports } = world.stores;
    assert.deepEqual(ids(await exports.recentOf(me, 1000)), ids(mine(world, me)));
    assert.deepEqual(ids(await exports.openOf(me)), ids(mine(world, me)));
    const counted = await exports.counts(me, new Date(0));
    assert.equal(counted.openOfPerson, mine(world, me).length);
    assert.equal(counted.askedByPerson, mine(world, me).length);
    const ofTenant = world.jobs.filter(({ requester }) => requester.tenantId === me.tenantId);
    assert.equal(counted.openOfTenant, ofTenant.length);
    const target = at(world.targets, pick);
    const newest = await exports.newest(me, target);
    assert.ok(newest === undefined || samePerson(newest.requester, me));
    assert.deepEqual(await exports.heldGraphJobs(me, target, 'none'), []);
    assert.deepEqual(await exports.waitingFor(me), []);
  },
  async (world, me, pick) => {
    const job = mine(world, me)[0];
    if (job === undefined) return;
    await world.stores.cards.add({
      id: randomUUID(),
      subject: { kind: 'export', id: job.id },
      conversation: here(world, me, pick),
    });
    const cards = await world.stores.cards.of({ kind: 'export', id: job.id });
    assert.ok(cards.every(({ conversation }) => conversation.tenantId === me.tenantId));
  },
  async (world, me, pick) => {
    const conversation = here(world, me, pick);
    const question = { cause: 'signIn', silent: true, askedAt: new Date() } as const;
    const asked = await world.stores.signIns.ask({ id: randomUUID(), person: me, conversation, ...question });
    assert.deepEqual(asked.request.person, me);
    assert.equal(asked.request.conversation.tenantId, me.tenantId);
  },
  async (world, me, pick) => {
    const { targetNames } = world.stores;
    const name = {
      id: randomUUID(),
      name: me.tenantId,
      target: at(world.targets, pick),
      givenAt: new Date(),
    };
    await targetNames.give(me, name);
    for (const other of world.people.slice(0, 3).filter((one) => !samePerson(one, me))) {
      await targetNames.rename(other, { ...name, name: 'theirs' });
      await targetNames.forget(other, name.id);
    }
    const mineOnly = await targetNames.of(me);
    assert.ok(mineOnly.some(({ id }) => id === name.id));
    assert.ok(mineOnly.every((one) => one.name === me.tenantId));
  },
  async (world, me) => {
    const settled = await world.stores.signIns.settle(me);
    assert.ok(settled.every(({ person }) => samePerson(person, me)));
  },
  async (world, me, pick) => {
    // One that nothing else is in: what is forgotten takes its files with it.
    const conversationId = `19:${me.userId}@thread.tacv2`;
    const conversation = someConversation({ tenantId: me.tenantId, conversationId });
    await world.stores.conversations.block(conversation);
    const there = someConversation({ tenantId: strangerTo(world, me, pick).tenantId, conversationId });
    await world.stores.conversations.remember(there);
    assert.equal(await world.stores.conversations.isBlocked(conversation), true);
    await world.stores.conversations.forget(there.tenantId, there.conversationId);
    assert.equal(await world.stores.conversations.isBlocked(conversation), true);
  },
  async (world, me) => {
    const outcome = await world.stores.exchanges.once(me, 'exchange', () => Promise.resolve('refused'));
    assert.equal(outcome, 'refused');
    const nonce = randomUUID();
    await world.stores.attempts.keepNonce(nonce, me, 60);
    for (const other of world.people.slice(0, 3)) {
      if (!samePerson(other, me)) assert.equal(await world.stores.attempts.useNonce(nonce, other), false);
    }
    assert.equal(await world.stores.attempts.useNonce(nonce, me), true);
  },
  async (world, me, pick) => {
    const { schedules } = world.stores;
    const conversation = here(world, me, pick);
    const set = someSchedule({ owner: me, conversation, audience: 'everybody' });
    await schedules.insert(set);
    world.schedules.push(set);
    assert.deepEqual(ids(await schedules.of(me)), ids(world.schedules.filter(isMine(me))));
    const there = ({ conversation: other }: Schedule): boolean =>
      other.tenantId === me.tenantId && other.conversationId === conversation.conversationId;
    assert.deepEqual(ids(await schedules.subscriptionsIn(conversation)), ids(world.schedules.filter(there)));
    const { ofPerson, ofTenant } = await schedules.counts(me);
    const ofMyTenant = world.schedules.filter(({ owner }) => owner.tenantId === me.tenantId);
    assert.deepEqual([ofPerson, ofTenant], [world.schedules.filter(isMine(me)).length, ofMyTenant.length]);
    const chat = await schedules.personalChatOf(me);
    assert.ok(chat === undefined || chat.tenantId === me.tenantId);
  },
  async (world, me, pick) => {
    const { sharedNames } = world.stores;
    const place = here(world, me, pick);
    const name = { id: randomUUID(), name: me.tenantId, target: at(world.targets, pick) };
    await sharedNames.give(place, { ...name, givenAt: new Date(), giver: me });
    const foreign = strangerTo(world, me, pick);
    assert.equal(await sharedNames.find(foreign.tenantId, name.id), undefined);
    await sharedNames.forget(foreign.tenantId, name.id);
    assert.equal((await sharedNames.find(me.tenantId, name.id))?.name, me.tenantId);
    for (const names of [await sharedNames.of(place), await sharedNames.by(me)])
      assert.ok(names.length > 0 && names.every(({ giver }) => giver.tenantId === me.tenantId));
    assert.ok((await sharedNames.by(me)).every(({ giver }) => samePerson(giver, me)));
  },
  async (world, me, pick) => {
    const { ownFiles } = world.stores;
    const file = someOwnFile({ owner: me });
    const attached = { name: 'view.csv', downloadUrl: `https://drive.example/${me.tenantId}` };
    await ownFiles.add(file, here(world, me, pick), attached);
    world.files.push(file);
    const any = at(world.files, pick);
    assert.equal((await ownFiles.loadOwn(me, any.id))?.id, samePerson(any.owner, me) ? any.id : undefined);
    assert.equal(await ownFiles.countSince(me, new Date(0)), world.files.filter(isMine(me)).length);
    assert.equal((await ownFiles.attachmentOf(file))?.downloadUrl, attached.downloadUrl);
    const stolen = { ...file, owner: strangerTo(world, me, pick) };
    assert.equal(await ownFiles.attachmentOf(stolen), undefined, 'sealed for its owner');
  },
  async (world, me, pick) => {
    const { readings, snapshots } = world.stores;
    if (world.jobs.length === 0) return;
    const job = at(world.jobs, pick);
    const subject = { kind: 'export', id: job.id } as const;
    const [theirs, series] = [job.requester, { kind: 'fileName', name: 'the same' } as const];
    await readings.keep(theirs, subject, someReading());
    const taken = { subject, asOf: new Date() };
    await snapshots.keep(theirs, series, { ...taken, snapshot: snapshotOf(theirs.tenantId) });
    const isTheirs = samePerson(theirs, me);
    assert.equal((await readings.find(me, subject)) !== undefined, isTheirs);
    assert.equal((await readings.ofExports(me, [job.id])).size, isTheirs ? 1 : 0);
    const other = { subject: { ...subject, id: randomUUID() }, asOf: new Date() };
    const before = await snapshots.before(me, series, other);
    assert.ok(before === undefined || before.snapshot.rows[0]?.title === me.tenantId);
  },
];

describeOnBothEngines('50 tenants', (given) => {
  it('never read each other, whatever they do', async () => {
    const step = fc.record({ who: fc.nat(), what: fc.nat(), other: fc.nat() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 60 }), async (steps: readonly Step[]) => {
        const world = newWorld(createStores(given().database.db, idleQueue, sampleVault));
        for (const { who, what, other } of steps) {
          await at(acts, what)(world, at(world.people, who), other);
        }
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
