/** Lists all that is fuzzed. */
import type { FuzzTarget } from '../fuzz-target.ts';
import { botTargets } from './bot-targets.ts';
import { cardTargets } from './card-targets.ts';
import { fileTargets } from './file-targets.ts';
import { graphTargets } from './graph-targets.ts';
import { linkTargets } from './link-targets.ts';
import { messageTargets } from './message-targets.ts';
import { secretTargets } from './secret-targets.ts';

export const fuzzTargets: readonly FuzzTarget[] = [
  ...messageTargets,
  ...graphTargets,
  ...fileTargets,
  ...cardTargets,
  ...secretTargets,
  ...linkTargets,
  ...botTargets,
];
