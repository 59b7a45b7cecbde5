/** Tells which names somebody can use where they write: their own come first, then those of everybody there. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { SharedName } from '../../domain/exports/shared-name.ts';
import type { TargetName } from '../../domain/exports/target-name.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Stores } from '../../ports/runtime.ts';
import { findName, type NameWish, type UnknownName } from './find-name.ts';

export interface NamesHere {
  readonly own: readonly TargetName[];
  /** None in a personal chat. */
  readonly shared: readonly SharedName[];
}

/** `near` are their own, which others there must not read. */
export interface UnknownNameHere extends UnknownName {
  readonly nearShared: readonly SharedName[];
}

export async function namesHere(
  { targetNames, sharedNames }: Pick<Stores, 'targetNames' | 'sharedNames'>,
  person: Person,
  conversation: Conversation,
): Promise<NamesHere> {
  const [own, shared] = await Promise.all([
    targetNames.of(person),
    conversation.kind === 'personal' ? [] : sharedNames.of(conversation),
  ]);
  return { own, shared };
}

export function findNameHere(
  { own, shared }: NamesHere,
  which: NameWish,
): { readonly kind: 'found'; readonly name: TargetName } | UnknownNameHere {
  const mine = findName(own, which);
  if (mine.kind === 'found') return mine;
  const theirs = findName(shared, which);
  return theirs.kind === 'found' ? theirs : { ...mine, nearShared: theirs.near };
}
