// The rows S of the fault table that a person can see; the others have tests beside the store, the queue and the use cases.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, runs, useAppWorld } from '../support/app/app-suite.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { inDatabase } from '../support/app/time-travel.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);

describe('faults of the store', () => {
  const suite = useAppWorld();

  it('S3 asks that person alone to sign in whose stored tokens do not open; the export goes on in its card', async () => {
    const [chat, other] = [personalChat(ada), personalChat(benno)];
    for (const person of [ada, benno]) await suite.signIn(person);
    const view = suite.view(runs);
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /Running/, view);
    await inDatabase(suite.world(), async (db) => {
      await db
        .acrossTenants('a test')
        .updateTable('token_partitions')
        .set({ key_id: 'lost' })
        .where('user_id', '=', ada.oid)
        .execute();
    });
    suite.world().skip(11);
    await suite.press(chat, ada, { verb: 'refresh', exportId: exportIdOf(card) }, card.id);
    await suite.card(chat, /Waiting for your sign-in/, view);
    const theirs = suite.view(readyAtOnce);
    await suite.say(other, benno, theirs.url);
    await suite.card(other, /Your file is ready/, theirs);
    const { channel } = suite.world();
    assert.equal((await channel.silentSso(chat, ada, await suite.prompt(chat))).status, 200);
    assert.equal((await suite.card(chat, /Running/, view)).id, card.id);
    const jobs = suite
      .world()
      .graph.jobs()
      .filter((job) => job.explorerViewId === view.explorerViewId);
    assert.equal(jobs.length, 1);
  });
});
