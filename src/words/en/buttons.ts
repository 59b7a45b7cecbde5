/** Says in English what each button says, by its verb, and the formats of a file. */

export const buttons = {
  show: 'Show my details',
  download: 'Download',
  save: 'Save to OneDrive',
  allChanges: 'All changes',
  readAgain: 'Read again',
  refresh: 'Refresh',
  stop: 'Stop watching',
  retry: 'Try again',
  resume: 'Resume',
  exportAgain: 'Export again',
  exportForMe: 'Export it for me',
  share: 'Share',
  shareNow: 'Share it here',
  followGraphJob: 'Follow',
  nameIt: 'Name it',
  views: 'My names',
  exportNamed: 'Export',
  renameName: 'Rename',
  forgetName: 'Forget',
  help: 'How it works',
  debug: 'What to quote',
  list: 'My exports',
  signIn: 'Sign in',
  myData: 'Show my data',
  deleteMyData: 'Delete everything',
  keepMyData: 'Cancel',
};

export const formats = {
  workbook: 'Excel workbook',
  spreadsheetCsv: 'CSV for spreadsheets',
  original: 'Original file',
};
