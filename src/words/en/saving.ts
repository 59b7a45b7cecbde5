/** Says in English what Teams asks before it saves a file, and what came of it. */

const notSaved = {
  declined: {
    title: 'Not saved',
    lead: 'Nothing was stored in your OneDrive. You can still download the file.',
  },
  sessionOver: {
    title: 'Not saved – the time was over',
    lead: 'OneDrive waits for about 15 minutes only. Try again, or download the file.',
  },
  noRoom: {
    title: 'Not saved – your OneDrive is full',
    lead: 'Make some room and try again, or download the file.',
  },
  tooLarge: {
    title: 'Not saved – too large for your OneDrive',
    lead: 'It does not take a file of this size. You can download it.',
  },
  locked: {
    title: 'Not saved – a file of this name is open',
    lead: 'Close the file of the same name in your OneDrive and try again, or download this one.',
  },
  hostNotAllowed: {
    title: 'Not saved',
    lead: 'Your OneDrive is in a place that I may not send files to. Download the file, or ask whoever runs this bot.',
  },
  refused: {
    title: 'Not saved – OneDrive refused it',
    lead: 'It gave no reason. Try again, or download the file.',
  },
  unavailable: {
    title: 'Not saved – OneDrive did not answer',
    lead: 'Try again in a few minutes, or download the file.',
  },
  noFile: {
    title: 'Not saved – I could not get the file',
    lead: 'It is no longer there, or could not be made just now. Try Download: it says what is in the way.',
  },
};

export const saving = {
  /** What a notification shows of the question. */
  mayISave: (fileName: string) => `May I save ${fileName} to your OneDrive?`,
  shallISave: 'Shall I save this file to your OneDrive?',
  saved: (fileName: string) => `Saved to your OneDrive: ${fileName}`,
  /** Where Teams cannot show the saved file itself. */
  savedCard: { title: 'Saved to your OneDrive', file: 'File', open: 'Open in OneDrive' },
  notSaved,
  tryAgain: 'Try OneDrive again',
};
