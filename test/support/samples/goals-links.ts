/** Reads messages with the links of Viva Goals only. */
import { createMessageLinks } from '../../../src/domain/exports/message-links.ts';
import { goals } from '../../../src/sources/goals/goals-source.ts';

export const readGoalsLinks = createMessageLinks([goals]);
