/** Says in English what Teams shows of the app in its store and before it is added. */

export const manifest = {
  /** At most 100 characters with a name of 30. */
  fullName: (appName: string) => `${appName}: goals and plans, answered and in a file`,
  /** At most 80 characters. */
  shortDescription: 'Goals and plans: paste a link, get an answer and an Excel file.',
  /** At most 4,000 characters. @param support address of the page for whoever needs help */
  fullDescription: (support: string) =>
    `Paste the link of a Planner plan or a Viva Goals explorer view in a chat, or mention the bot with one in a channel. The bot reads the plan, or starts the export in Microsoft Graph, on your behalf and with your own permissions, follows it for as long as it takes, keeps one card up to date in the conversation, tells you how goals and tasks stand and what changed since the last time, and hands you the file as Excel workbook or CSV. Files that you exported earlier can be sent to it in a personal chat and get the same answer. What you name can be exported by its name, and by itself on the days that you choose, if you like only when something changed or is at risk. It asks you to sign in once. In groups and channels everybody sees that an export runs; only the person who asked gets its details and its file, and may share the figures, once or regularly. An administrator may have to allow the bot for your organisation first; it says so, with a link for them. It works only for organisations that its operator has set it up for, and exports of Viva Goals only where Microsoft still answers them. Help: ${support}`,
  /** Three at most: titles of 45 characters, sentences of 120. */
  features: [
    {
      title: 'An answer, not just a file',
      text: 'How goals and tasks stand, what is overdue or at risk, and what changed since your last export.',
    },
    {
      title: 'Excel workbook or CSV',
      text: 'Take the file, or save it to your OneDrive: you are asked before anything is stored.',
    },
    {
      title: 'Again and again',
      text: 'Name what you export, and have it posted on the days that you choose, if you like only when something changed.',
    },
  ],
};
