/** Answers for what is kept when two instances write a person's tokens at once, or one of them forgets the person. */
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Alongside } from '../../../ports/user-tokens.ts';
import type { Held, TokenPartitions, Tokens } from './token-partitions.ts';

/** Renewed tokens. `superseded`: newer ones are there already; `forgotten`: the person signed out meanwhile. */
export async function keepRenewed(
  partitions: Pick<TokenPartitions, 'load' | 'replace'>,
  person: Person,
  seen: Extract<Held, { kind: 'tokens' }>,
  tokens: Tokens,
): Promise<'kept' | 'superseded' | 'forgotten'> {
  if (await partitions.replace(person, seen, tokens)) return 'kept';
  const now = await partitions.load(person);
  if (now.kind === 'nothing') return 'forgotten';
  // The same tokens under another key are no newer than ours.
  const isResealed = now.kind === 'tokens' && now.tokens.cache === seen.tokens.cache;
  if (isResealed && (await partitions.replace(person, now, tokens))) return 'kept';
  return 'superseded';
}

/** Tokens of a new sign-in replace whatever is there, in one transaction with what `alongside` writes. */
export async function keepSignedIn(
  partitions: Pick<TokenPartitions, 'load' | 'replaceAlongside'>,
  person: Person,
  { seen, tokens }: { readonly seen: Held; readonly tokens: Tokens },
  alongside: Alongside,
): Promise<void> {
  let latest = seen;
  for (let tries = 0; tries < 5; tries += 1) {
    if (await partitions.replaceAlongside(person, latest, tokens, alongside)) return;
    latest = await partitions.load(person);
  }
  throw new Error('The tokens of a sign-in could not be kept: others kept changing them.');
}
