/** A name that a person gave to everybody in a group or channel; there is one of it in each. */
import type { Requester } from './export-job.ts';
import type { TargetName } from './target-name.ts';

export interface SharedName extends TargetName {
  readonly giver: Pick<Requester, 'tenantId' | 'userId' | 'name' | 'locale'>;
}

/** A channel's, all its threads together. */
export const maxNamesOfConversation = 50;
