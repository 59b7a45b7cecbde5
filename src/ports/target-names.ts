/** Says how the names are kept that people give to what they export. */
import type { Person } from '../domain/exports/export-job.ts';
import type { TargetName } from '../domain/exports/target-name.ts';

/** Each is its person's own: nobody else's are found, changed or counted. */
export interface TargetNames {
  /** The newest first. */
  readonly of: (person: Person) => Promise<readonly TargetName[]>;
  /** Until the transaction ends nobody else changes this person's: what was read stays true until it is acted on. */
  readonly lock: (person: Person) => Promise<void>;
  readonly give: (person: Person, name: TargetName) => Promise<void>;
  /** The same under another name; nothing where there is none. */
  readonly rename: (person: Person, name: TargetName) => Promise<void>;
  readonly forget: (person: Person, id: string) => Promise<void>;
}
