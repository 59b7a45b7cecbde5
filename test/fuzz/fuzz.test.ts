/** A small size of `npm run fuzz`: each thing that is fuzzed, with few inputs. */
import { fuzzTargets } from './targets/targets.ts';

/** Of a million inputs. */
const part = 1 / 1_000;

describe('odd inputs', () => {
  for (const { name, share, run } of fuzzTargets)
    it(`are answered: ${name}`, () =>
      run({ inputs: Math.max(40, Math.round(share * part)), seed: 20_261_130 }));
});
