/** Draws what came of saving a file to OneDrive, and what to do when it was not saved. */
import type { FileFormat, SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, data, linkButton, row } from '../blocks/card-blocks.ts';
import { button, saveButton } from '../blocks/buttons.ts';

/** Why it is not in the person's OneDrive. */
export type NotSavedCause =
  | 'declined'
  | 'sessionOver'
  | 'noRoom'
  | 'tooLarge'
  | 'locked'
  | 'hostNotAllowed'
  | 'refused'
  | 'unavailable'
  | 'noFile';

/** Whether asking once more can help. */
const mayTryAgain: Readonly<Record<NotSavedCause, boolean>> = {
  declined: false,
  sessionOver: true,
  noRoom: true,
  tooLarge: false,
  locked: true,
  hostNotAllowed: false,
  refused: true,
  unavailable: true,
  noFile: false,
};

/** Where Teams cannot show the saved file itself. */
export function savedCard({ saving }: Words, name: string, address: string): Card {
  const { title, file, open } = saving.savedCard;
  return createCard({
    summary: title,
    speak: `${title}.`,
    body: [banner({ tone: 'good', icon: '✓', title }), row(file, data(name))],
    actions: linkButton(open, address, 'positive'),
  });
}

/** The next way is always offered: the file does not depend on OneDrive. */
export function notSavedCard(
  words: Words,
  given: { readonly why: NotSavedCause; readonly subject: SubjectRef; readonly format: FileFormat },
): Card {
  const { why, subject, format } = given;
  const { title, lead } = words.saving.notSaved[why];
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [banner({ tone: why === 'declined' ? 'emphasis' : 'warning', icon: '○', title, lead })],
    actions: [
      button(words, { verb: 'download', subject }, { style: 'positive' }),
      ...(mayTryAgain[why] ? [saveButton(words, subject, format, words.saving.tryAgain)] : []),
    ],
  });
}
