// Trouble that lasts: the card is silent at first, and says what is in the way from two minutes on.
import assert from 'node:assert/strict';
import { exportCard } from '../../src/cards/export/export-card.ts';
import type { GraphTrouble } from '../../src/ports/export-source.ts';
import { wordsOf } from '../support/teams/card-search.ts';
import { describeUseCase, signedInScene } from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';
import { en } from '../../src/words/en/en.ts';

type Unavailable = Extract<GraphTrouble, { kind: 'unavailable' }>;

describeUseCase('trouble at Graph that lasts', (rigged) => {
  /** What the requester's card says after so many seconds of it. */
  const saidAfter = async (rig: Rig, seconds: number, trouble: Unavailable): Promise<string> => {
    const started = await rig.startExport(signedInScene(rig));
    assert.ok('exportId' in started);
    rig.graph.script.create.push(...Array.from({ length: 200 }, () => () => trouble));
    await rig.run({ seconds });
    const job = await rig.job(started.exportId);
    assert.equal(job.state.status, 'starting', 'it stays open');
    return wordsOf(exportCard(en, { job, audience: 'owner', now: rig.clock.now() }));
  };
  const busy: Unavailable = { kind: 'unavailable', trouble: 'busy', retryAfter: 50, notSent: true };
  const away: Unavailable = { kind: 'unavailable', trouble: 'unreachable', notSent: true };

  it('G11 says after two minutes that Graph is busy, and when the next try is', async () => {
    assert.doesNotMatch(await saidAfter(rigged(), 45, busy), /busy/);
    assert.match(
      await saidAfter(rigged(), 130, busy),
      /Microsoft Graph is busy; next try at \{\{TIME\([^]*stays open/,
    );
  });

  it('G11 says at once that Graph is busy when it wants to be left alone for longer than that', async () => {
    assert.match(await saidAfter(rigged(), 10, { ...busy, retryAfter: 600 }), /Graph is busy; next try at/);
    assert.doesNotMatch(await saidAfter(rigged(), 10, busy), /busy/);
  });

  it('G14 says after two minutes that Graph cannot be reached, and when the next try is', async () => {
    assert.doesNotMatch(await saidAfter(rigged(), 45, away), /can’t reach/);
    assert.match(
      await saidAfter(rigged(), 130, away),
      /I can’t reach Microsoft Graph[^]*next try at \{\{TIME\(/,
    );
  });
});
