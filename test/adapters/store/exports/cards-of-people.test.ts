import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createCards } from '../../../../src/adapters/store/exports/cards.ts';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import { createTargetNames } from '../../../../src/adapters/store/exports/target-names.ts';
import { createSignInRequests } from '../../../../src/adapters/store/sign-in/sign-in-requests.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someConversation, someExport } from '../../../support/samples/sample-exports.ts';
import { sampleVault } from '../../../support/samples/sample-vault.ts';

describeOnBothEngines('cards that are taken', (given) => {
  it('tell whether their person has given names, and is being asked to sign in beside cards', async () => {
    const { db } = given().database;
    const cards = createCards(db);
    const job = someExport();
    const { requester: person, target, version } = job;
    await createExportJobs(db, sampleVault).insert(job);
    const subject = { kind: 'export', id: job.id } as const;
    const cardId = randomUUID();
    await cards.add({ id: cardId, subject, conversation: someConversation() });
    const told = async () => {
      const taken = await cards.take(subject, 'one', { seconds: 0, maxUnknownPosts: 2 });
      const claim = await cards.claim(cardId, 'two', 0);
      assert.ok(claim.kind === 'claimed');
      const { hasNames, isAsked } = taken;
      assert.deepEqual([claim.version, claim.hasNames], [taken.version, hasNames], 'both tell the same');
      return { version: taken.version, hasNames, isAsked };
    };
    const ask = (how: { readonly onCard?: true }) => {
      const where = { id: randomUUID(), person, conversation: someConversation() };
      const question = { cause: 'signIn', silent: true, askedAt: new Date(), ...how } as const;
      return createSignInRequests(db).ask({ ...where, ...question });
    };
    await ask({ onCard: true });
    assert.deepEqual(await told(), { version, hasNames: false, isAsked: false });
    await ask({});
    const name = { id: randomUUID(), name: 'Sales', target, givenAt: new Date() };
    await createTargetNames(db, sampleVault).give(person, name);
    assert.deepEqual(await told(), { version, hasNames: true, isAsked: true });
  });
});
