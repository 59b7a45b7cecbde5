// The recorded cases of this folder, each replayed through a whole app of its own.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { englishAbout } from '../../src/words/en/en.ts';
import { sources } from '../../src/words/en/sources/sources.ts';
import { assertNothingSecretLogged } from '../support/app/app-suite.ts';
import type { AppWorld } from '../support/app/app-world.ts';
import { startAppWorld } from '../support/app/app-world.ts';
import { buttonCountOf, mostButtons } from '../support/cards/card-validator.ts';
import { cardOf } from '../support/teams/card-search.ts';
import { readScenario } from '../support/app/scenario-files.ts';
import { replay } from '../support/app/scenario-replay.ts';

const here = import.meta.dirname;
const cases = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** They were recorded when the bot knew one source, and spoke of that one. */
const asRecorded = englishAbout({ ...sources, byName: { goals: sources.byName.goals } });

describe('recorded cases', () => {
  let world: AppWorld;
  beforeEach(async () => {
    world = await startAppWorld({ languages: { en: asRecorded } });
  });
  afterEach(async () => {
    await world.stop();
    assertNothingSecretLogged(world.logged(), []);
  });

  for (const { name } of cases)
    it(name.replaceAll('-', ' '), async () => {
      const recorded = await readScenario(path.join(here, name));
      assert.deepEqual(await replay(world, recorded), recorded.expected);
      for (const { versions, id } of world.channel.activities())
        for (const card of versions.map(cardOf))
          assert.ok(buttonCountOf(card) <= mostButtons, `${id}: ${JSON.stringify(card)}`);
    });
});
