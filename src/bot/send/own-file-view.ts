/** Answers for the card of a person's own file, as it stands now. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { ownFileCard } from '../../cards/own-file/own-file-card.ts';
import type { OwnFileTelling } from '../../cards/own-file/own-file-story.ts';
import type { OwnFileLimits } from '../../cards/own-file/own-file-limits.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Reading } from '../../ports/readings.ts';
import { canSaveFrom } from './file-activities.ts';

interface Extras {
  readonly reading?: Reading | undefined;
  readonly download?: OwnFileTelling['download'] | undefined;
}

export type OwnFileView = (file: OwnFile, conversation: Conversation, extras?: Extras) => Card;

export function createOwnFileView(limits: OwnFileLimits): OwnFileView {
  return function viewOwnFile(file, conversation, { reading, download } = {}) {
    return ownFileCard({
      file,
      limits,
      canSave: canSaveFrom(conversation),
      ...present({ answer: reading, download }),
    });
  };
}
