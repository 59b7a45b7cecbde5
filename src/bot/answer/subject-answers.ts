/** Types what an export and a file of somebody's own answer each in its way. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import type { OkrChanges } from '../../domain/okrs/changes/okr-changes.ts';
import type { PersonsTurn } from '../receive/turn.ts';

/** A card or a line of text, for the person who pressed and nobody else. */
export type Answer = Promise<Card | string>;

type AboutSubject = (turn: PersonsTurn, id: string, from?: 'list') => Answer;

export interface SubjectAnswers {
  readonly show: AboutSubject;
  readonly readAgain: AboutSubject;
  readonly download: AboutSubject;
  /** Undefined when it is not there, or not this person's. */
  readonly changes: (turn: PersonsTurn, id: string) => Promise<NamedChanges | undefined>;
  readonly notFound: AboutSubject;
}

interface NamedChanges {
  /** Whose changes: plain words, such as "Export of view e5e7a3c1". */
  readonly name: string;
  readonly changes: OkrChanges | undefined;
}
