// A name, and what the cards of its exports say, are kept together: whichever call a process dies at.
import assert from 'node:assert/strict';
import type { NameOutcome } from '../../src/usecases/name-targets.ts';
import { createLife } from '../support/rig/mortal-ports.ts';
import {
  describeUseCase,
  signedInScene,
  startedExport,
  succeedAtGraph,
  type Scene,
} from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';

const here = ({ conversation }: Scene) => ({ kind: 'here', conversation }) as const;

async function readyExport(rig: Rig, scene: Scene): Promise<void> {
  await startedExport(rig, scene);
  await rig.run({ seconds: 5 });
  succeedAtGraph(rig, scene);
  await rig.run();
}

const giveHere = (rig: Rig, scene: Scene, written: string): Promise<NameOutcome> =>
  rig.nameTargets.give({ requester: scene.requester, written, to: here(scene) });

describeUseCase('a name that is given', (createRig) => {
  for (const when of ['before', 'after'] as const)
    it(`is told on the card whenever the process dies ${when} a call, or was not given`, async () => {
      const whole = createLife({ call: 0, when });
      const first = createRig();
      const scene = signedInScene(first);
      await readyExport(first, scene);
      await giveHere(first.anotherProcess(whole), scene, 'Once');
      await first.run({ seconds: 60 });
      for (let call = 1; call <= whole.calls(); call += 1) {
        const life = createLife({ call, when });
        const dying = first.anotherProcess(life);
        const written = `Call ${String(call)}`;
        await Promise.race([giveHere(dying, scene, written).then(() => dying.settle()), life.death]);
        await first.expireClaims();
        await first.run({ seconds: 60 });
        const { own } = await first.listExports({ requester: scene.requester });
        const cards = first.teams.standing(scene.conversation).filter(({ kind }) => kind === 'export');
        const [card] = cards.filter((message) => 'job' in message);
        assert.equal(card?.job.name, own[0]?.name, written);
      }
    });
});
