/** Says in English what Teams shows of the app in its store and before it is added. */

export const manifest = {
  /** At most 100 characters with a name of 30. */
  fullName: (appName: string) => `${appName}: OKR explorer views as CSV files`,
  /** At most 80 characters. */
  shortDescription: 'Paste the link of an OKR explorer view: get its figures and an Excel file.',
  /** At most 4,000 characters. */
  fullDescription:
    'Paste the link of a Viva Goals explorer view in a chat, or mention the bot with one in a channel. The bot starts the export in Microsoft Graph on your behalf, with your own permissions, follows it for as long as it takes, keeps one card up to date in the conversation, tells you what the export says and what changed since the last one, and hands you the file as CSV or Excel workbook when it is ready. Files that you exported earlier can be sent to it in a personal chat and get the same answer. It asks you to sign in once. In groups and channels everybody sees that an export runs; only the person who asked gets its details and its file, and may share the figures.',
};
