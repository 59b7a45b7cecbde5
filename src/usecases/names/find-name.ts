/** Finds a name among those that a person has given: by its words, or by its id. */
import { namesNear, readName, sameName, type TargetName } from '../../domain/exports/target-name.ts';

/** A name by its words, or by the id that a button carries. */
export type NameWish = { readonly written: string } | { readonly nameId: string };

export interface UnknownName<N extends TargetName = TargetName> {
  readonly kind: 'unknownName';
  readonly written: string;
  /** Those that may have been meant. */
  readonly near: readonly N[];
  /** They have given some. */
  readonly hasNames: boolean;
}

export function findName<N extends TargetName>(
  names: readonly N[],
  which: NameWish,
): { readonly kind: 'found'; readonly name: N } | UnknownName<N> {
  const { written = '' } = 'written' in which ? which : {};
  const said = saidIn(written);
  const name = 'nameId' in which ? names.find(({ id }) => id === which.nameId) : nameCalled(names, written);
  if (name !== undefined) return { kind: 'found', name };
  const near = said === '' ? [] : namesNear(names, said);
  return { kind: 'unknownName', written: said, near, hasNames: names.length > 0 };
}

/** Without a look for those that are near. */
export function nameCalled<N extends TargetName>(names: readonly N[], written: string): N | undefined {
  const said = saidIn(written);
  return names.find(({ name }) => sameName(name, said) || sameName(name, written));
}

function saidIn(written: string): string {
  const reading = readName(written);
  return reading.kind === 'name' ? reading.name : written;
}
