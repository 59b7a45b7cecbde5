/** Says what came of saving a file to OneDrive, and what to do when it was not saved. */
import type { FileFormat, SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { banner, data, linkButton, row } from '../blocks/card-blocks.ts';
import { button, saveButton } from '../blocks/buttons.ts';
import { present } from '../../domain/present.ts';

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

interface Words extends Pick<Banner, 'title' | 'lead'> {
  /** Asking once more can help. */
  readonly again: boolean;
}

const words: Readonly<Record<NotSavedCause, Words>> = {
  declined: {
    title: 'Not saved',
    lead: 'Nothing was stored in your OneDrive. You can still download the file.',
    again: false,
  },
  sessionOver: {
    title: 'Not saved – the time was over',
    lead: 'OneDrive waits for about 15 minutes only. Try again, or download the file.',
    again: true,
  },
  noRoom: {
    title: 'Not saved – your OneDrive is full',
    lead: 'Make some room and try again, or download the file.',
    again: true,
  },
  tooLarge: {
    title: 'Not saved – too large for your OneDrive',
    lead: 'It does not take a file of this size. You can download it.',
    again: false,
  },
  locked: {
    title: 'Not saved – a file of this name is open',
    lead: 'Close the file of the same name in your OneDrive and try again, or download this one.',
    again: true,
  },
  hostNotAllowed: {
    title: 'Not saved',
    lead: 'Your OneDrive is in a place that I may not send files to. Download the file, or ask whoever runs this bot.',
    again: false,
  },
  refused: {
    title: 'Not saved – OneDrive refused it',
    lead: 'It gave no reason. Try again, or download the file.',
    again: true,
  },
  unavailable: {
    title: 'Not saved – OneDrive did not answer',
    lead: 'Try again in a few minutes, or download the file.',
    again: true,
  },
  noFile: {
    title: 'Not saved – I could not get the file',
    lead: 'It is no longer there, or could not be made just now. Try Download: it says what is in the way.',
    again: false,
  },
};

/** Where Teams cannot show the saved file itself. */
export function savedCard(name: string, address: string): Card {
  const title = 'Saved to your OneDrive';
  return createCard({
    summary: title,
    speak: `${title}.`,
    body: [banner({ tone: 'good', icon: '✓', title }), row('File', data(name))],
    actions: linkButton('Open the file', address, 'positive'),
  });
}

/** The next way is always offered: the file does not depend on OneDrive. */
export function notSavedCard(given: {
  readonly why: NotSavedCause;
  readonly subject: SubjectRef;
  readonly format: FileFormat;
}): Card {
  const { title, lead, again } = words[given.why];
  return createCard({
    summary: title,
    speak: [`${title}.`, lead].join(' '),
    body: [
      banner({
        tone: given.why === 'declined' ? 'emphasis' : 'warning',
        icon: '○',
        title,
        ...present({ lead }),
      }),
    ],
    actions: [
      button({ verb: 'download', subject: given.subject }, { style: 'positive' }),
      ...(again ? [saveButton(given.subject, given.format, 'Try OneDrive again')] : []),
    ],
  });
}
