// What a look at Graph writes that finds nothing new: its export's row once, as it is taken.
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { describeOnBothEngines } from '../support/databases/databases.ts';
import { takeExport } from '../support/rig/claims.ts';
import { createRig, type Rig } from '../support/rig/use-case-rig.ts';
import { signedInScene } from '../support/rig/use-case-suite.ts';
import type { TakenExport } from '../../src/ports/export-jobs.ts';

describeOnBothEngines('a look that finds nothing new', (given) => {
  const following = async (): Promise<{ readonly rig: Rig; readonly exportId: string }> => {
    const rig = createRig(given().database);
    const outcome = await rig.startExport(signedInScene(rig));
    assert.ok('exportId' in outcome);
    await rig.run({ seconds: 20 });
    rig.pass(3);
    return { rig, exportId: outcome.exportId };
  };
  /** Which transaction has written it last; all rows of the database's own tables. */
  const versions = async (): Promise<string> => {
    const { rows } = await sql<{ all: string }>`SELECT concat_ws(' ',
        (SELECT string_agg(xmin::text, ',' ORDER BY id) FROM exports),
        (SELECT string_agg(xmin::text, ',' ORDER BY id) FROM cards),
        (SELECT string_agg(xmin::text, ',' ORDER BY key) FROM notices)) AS all`.execute(
      given().database.db.acrossTenants('a test'),
    );
    return rows[0]?.all ?? '';
  };
  const taken = async ({ clock }: Rig, exportId: string): Promise<TakenExport> => {
    const one = await takeExport(given().database, exportId, clock.now());
    assert.ok(one);
    return one;
  };
  const looks = ({ graph }: Rig): number => graph.calls.filter((call) => call === 'get').length;

  it('writes nothing after its export was taken', async () => {
    const { rig, exportId } = await following();
    const one = await taken(rig, exportId);
    const [before, looksBefore] = [await versions(), looks(rig)];
    assert.equal(await rig.engine.followUp(exportId, one), 'settled');
    assert.equal(looks(rig), looksBefore + 1);
    assert.equal(await versions(), before);
    const { due, contact } = await rig.job(exportId);
    assert.equal((due?.at.getTime() ?? 0) - (contact.lookedAt?.getTime() ?? 0), 3000);
  });

  it('heeds what Graph asks for, and goes on without a write where it asks for the same', async () => {
    const { rig, exportId } = await following();
    const id = rig.graph.jobs[0]?.id;
    assert.ok(id);
    const patience = (retryAfter: number): void =>
      void rig.graph.script.get.push(() => ({
        kind: 'job',
        retryAfter,
        job: { id, status: 'notStarted' },
      }));
    const lookOnce = async (): Promise<boolean> => {
      const one = await taken(rig, exportId);
      const before = await versions();
      assert.equal(await rig.engine.followUp(exportId, one), 'settled');
      return (await versions()) === before;
    };
    const seconds = async (): Promise<number> => {
      const { due, contact } = await rig.job(exportId);
      return ((due?.at.getTime() ?? 0) - (contact.lookedAt?.getTime() ?? 0)) / 1000;
    };
    patience(20);
    assert.equal(await lookOnce(), false);
    const asked = await seconds();
    assert.ok(asked >= 20 && asked <= 22);
    rig.pass(asked);
    patience(19);
    await lookOnce();
    rig.pass(30);
    patience(60);
    assert.equal(await lookOnce(), false, 'it asks for more');
    assert.ok((await seconds()) >= 60);
  });

  it('is done again at once when the process died at it', async () => {
    const { rig, exportId } = await following();
    const { holder } = await taken(rig, exportId);
    await rig.stores.exports.releaseClaim(exportId, holder, 'broken');
    const before = looks(rig);
    await rig.engine.followUp(exportId, await taken(rig, exportId));
    assert.equal(looks(rig), before + 1);
  });

  it('leaves what is new to be saved and shown', async () => {
    const { rig, exportId } = await following();
    const id = rig.graph.jobs[0]?.id;
    assert.ok(id);
    rig.graph.change(id, { status: 'running' });
    await rig.engine.followUp(exportId, await taken(rig, exportId));
    assert.equal((await rig.job(exportId)).state.status, 'running');
    const [row] = await given()
      .database.db.acrossTenants('a test')
      .selectFrom('exports')
      .select(['claimed_by', 'claims_kept'])
      .where('id', '=', exportId)
      .execute();
    assert.deepEqual(row, { claimed_by: null, claims_kept: 0 });
  });
});
