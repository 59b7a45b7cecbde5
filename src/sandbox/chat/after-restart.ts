/** Says what becomes of a browser tab that was open while the sandbox was started again. */
export const afterRestart =
  'Started again? Reload the tab of the chat: it begins empty, and "list" shows your exports.';
