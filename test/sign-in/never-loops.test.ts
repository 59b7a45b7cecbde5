// No loop, ever: whatever people, their clients, Entra ID and Graph do, prompts are bounded and everything that waits can go on.
import fc from 'fast-check';
import { createSignInModel, signInStep } from '../support/rig/sign-in-model.ts';
import { describeUseCase } from '../support/rig/use-case-suite.ts';

const wanted = process.env['MODEL_SEED'];
/** A random one without it; a failure names its seed. */
const seed = wanted === undefined ? {} : { seed: Number(wanted) };

describeUseCase('signing in, whatever happens', (rigged) => {
  it('asks a bounded number of times, once a place, and leaves nothing waiting that was answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(signInStep, { minLength: 3, maxLength: 20 }), async (life) => {
        const model = createSignInModel(rigged());
        for (const step of life) {
          await model.happen(step);
          await model.check();
        }
        await model.calm();
      }),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 30), ...seed },
    );
  }).timeout(900_000);
});
