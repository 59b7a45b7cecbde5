/** Says for each kind of subject what its cards need: how it stands, which message tells it, when a card is left as it is. */
import { isOpen, waitsForPerson, type ExportJob } from '../../domain/exports/export-job.ts';
import type { SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import type { TrackedCard } from '../../ports/export-jobs.ts';
import type { Message } from '../../ports/messenger.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { FindExportDetails } from './export-details.ts';
import { secondsForUnusedLink, type Standing } from './when-to-show.ts';

/** @typeParam S an export, or an own file */
export interface CardKind<S> {
  readonly kind: SubjectRef['kind'];
  readonly load: (id: string) => Promise<S | undefined>;
  readonly standing: (subject: S) => Standing;
  readonly message: (subject: S, card: TrackedCard, isUnnamed: boolean) => Promise<Message>;
  /** Seconds to hold an update of the card back; 0 when it may go now. */
  readonly sparedFor: (subject: S, card: TrackedCard) => Promise<number>;
}

export interface CardKindsDeps {
  readonly stores: Pick<Stores, 'exports' | 'downloads' | 'ownFiles' | 'readings'>;
  readonly findExportDetails: FindExportDetails;
}

export const standingOfExport = (job: ExportJob): Standing => ({
  version: job.version,
  since: job.since,
  isOpen: isOpen(job),
  waitsForPerson: waitsForPerson(job),
});

export const exportCards = ({ stores, findExportDetails }: CardKindsDeps): CardKind<ExportJob> => ({
  kind: 'export',
  load: stores.exports.load,
  standing: standingOfExport,
  message: async (job, { mode, conversation }, isUnnamed) => {
    if (mode === 'moved') return { kind: 'exportMoved', job, isUnnamed };
    // Details are for the requester only; elsewhere everybody reads the card.
    return conversation.kind === 'personal'
      ? { kind: 'export', job, isUnnamed, details: await findExportDetails(job) }
      : { kind: 'export', job };
  },
  sparedFor: (job, card) => secondsForUnusedLink(stores, card, job),
});

export const ownFileCards = ({
  stores,
}: {
  readonly stores: Pick<Stores, 'ownFiles' | 'readings'>;
}): CardKind<OwnFile> => ({
  kind: 'ownFile',
  load: stores.ownFiles.load,
  standing: ({ version, receivedAt, state }) => ({
    version,
    since: receivedAt,
    isOpen: state.status === 'received' || state.status === 'reading',
    waitsForPerson: false,
  }),
  message: async (file) => {
    const subject = { kind: 'ownFile', id: file.id } as const;
    const isRead = file.state.status === 'read';
    const reading = isRead ? await stores.readings.find(file.owner, subject) : undefined;
    return { kind: 'ownFile', file, ...present({ reading }) };
  },
  sparedFor: () => Promise.resolve(0),
});
