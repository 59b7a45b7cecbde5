/** Answers for what a person does with a file that they sent; "not yours" and "not there" are the same answer. */
import type { Person } from '../domain/exports/export-job.ts';
import type { OwnFile as File } from '../domain/own-files/own-file.ts';
import type { Reading } from '../ports/readings.ts';

export type OwnFileOutcome =
  | { readonly kind: 'own'; readonly file: File; readonly reading?: Reading }
  | { readonly kind: 'notFound' };

type ActOnFile = (act: { readonly requester: Person; readonly fileId: string }) => Promise<OwnFileOutcome>;

export interface OwnFileActs {
  readonly show: ActOnFile;
  /** Reads it once more where that may help: its card follows. */
  readonly readAgain: ActOnFile;
}
