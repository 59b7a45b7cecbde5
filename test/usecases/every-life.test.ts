// Random lives of one person's exports: none is lost or doubled, and nobody is asked without end.
import fc from 'fast-check';
import { createModel, happening } from '../support/rig/use-case-model.ts';
import { describeUseCase } from '../support/rig/use-case-suite.ts';

describeUseCase('whatever happens', (rigged) => {
  it('no export is lost, none is doubled, and nobody is asked without end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 25 }), async (life) => {
        const model = createModel(rigged());
        for (const next of life) {
          await model.happen(next);
          await model.check();
        }
        await model.calm();
      }),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 40) },
    );
  });
});
