/** Fuzzes the cards: whatever a stranger's text is, it stays text. */
import fc from 'fast-check';
import {
  answerCards,
  assertOnlyInRuns,
  cardsWith,
  hostile,
  hostileJob,
  jobs,
} from '../../support/cards/hostile-text.ts';
import { fuzzTarget, type FuzzTarget } from '../fuzz-target.ts';

const written = fc.record({
  text: hostile,
  job: fc.constantFrom(...jobs),
  make: fc.constantFrom(...answerCards),
});

const cards = fuzzTarget({ name: 'cards', share: 12_000, input: written }, ({ text, job, make }) => {
  for (const card of cardsWith(hostileJob(job, text))) assertOnlyInRuns(card);
  assertOnlyInRuns(make(text));
});

export const cardTargets: readonly FuzzTarget[] = [cards];
