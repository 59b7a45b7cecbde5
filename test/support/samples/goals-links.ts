/** Reads messages with the links of Viva Goals only. */
import { createMessageLinks } from '../../../src/domain/exports/message-links.ts';
import { goalsLinks } from '../../../src/sources/goals/goals-source.ts';

export const readGoalsLinks = createMessageLinks([goalsLinks]);
