/** No other instance shares the work. */
import type { Instances } from '../../../src/ports/runtime.ts';

export const alone: Instances = { living: () => 1, isNew: () => false };
