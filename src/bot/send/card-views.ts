/** Picks which card somebody sees: of an export its requester the owner's and everybody else the public one; of an own file its owner's. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { exportCard, type ExportNote } from '../../cards/export/export-card.ts';
import type { StoryContent } from '../../cards/export/export-blocks.ts';
import { present } from '../../domain/present.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { ExportDetails } from '../../ports/messenger.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import { canSaveFrom } from './outbound-activities.ts';
import { ownFileCard, type OwnFileCardContent } from '../../cards/own-file/own-file-card.ts';
import type { OwnFile, OwnFileLimits } from '../../domain/own-files/own-file.ts';
import type { Reading } from '../../ports/readings.ts';
import type { Words } from '../../words/words.ts';

export interface ExportViewDeps {
  readonly clock: Clock;
  readonly adminConsentUrl: UserTokens['adminConsentUrl'];
}

interface ExportExtras {
  readonly note?: ExportNote | undefined;
  readonly download?: { readonly url: string; readonly expiresAt: Date } | undefined;
  readonly details?: ExportDetails | undefined;
  readonly from?: StoryContent['from'] | undefined;
}

export interface ExportView {
  /** For the requester's eyes only. */
  readonly own: (words: Words, job: ExportJob, conversation: Conversation, extras?: ExportExtras) => Card;
  /** For a message that everybody in the conversation reads. */
  readonly shared: (words: Words, job: ExportJob, conversation: Conversation, extras?: ExportExtras) => Card;
  /** The least that can be said: fits where the other was too large. */
  readonly least: (words: Words, job: ExportJob) => Card;
}

export function createExportView({ clock, adminConsentUrl }: ExportViewDeps): ExportView {
  const least: ExportView['least'] = (words, job) =>
    exportCard(words, { job, audience: 'public', now: clock.now() });
  const own: ExportView['own'] = (words, job, conversation, { note, download, details, from } = {}) =>
    exportCard(words, {
      job,
      audience: 'owner',
      now: clock.now(),
      onlyYou: conversation.kind !== 'personal',
      adminUrl: () => adminConsentUrl(job.requester.tenantId),
      canSave: canSaveFrom(conversation),
      ...present({ note, download, from, answer: details?.reading, usual: details?.usual }),
    });
  return {
    own,
    least,
    shared: (words, job, conversation, extras) =>
      conversation.kind === 'personal' ? own(words, job, conversation, extras) : least(words, job),
  };
}

interface OwnFileExtras {
  readonly reading?: Reading | undefined;
  readonly download?: OwnFileCardContent['download'] | undefined;
}

export type OwnFileView = (
  words: Words,
  file: OwnFile,
  conversation: Conversation,
  extras?: OwnFileExtras,
) => Card;

export function createOwnFileView(limits: OwnFileLimits): OwnFileView {
  return function viewOwnFile(words, file, conversation, { reading, download } = {}) {
    return ownFileCard(words, {
      file,
      limits,
      canSave: canSaveFrom(conversation),
      ...present({ answer: reading, download }),
    });
  };
}
