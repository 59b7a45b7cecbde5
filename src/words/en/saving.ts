/** Says in English what Teams asks before it saves a file, and that it is saved. */

export const saving = {
  /** What a notification shows of the question. */
  mayISave: (fileName: string) => `May I save ${fileName} to your OneDrive?`,
  shallISave: 'Shall I save this file to your OneDrive?',
  saved: (fileName: string) => `Saved to your OneDrive: ${fileName}`,
};
