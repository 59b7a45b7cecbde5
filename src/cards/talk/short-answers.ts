/** Holds what the bot says in a single line without a card. Our own words only, safe as Markdown. */

export type Started = 'started' | 'resumed' | 'movedDown' | 'followedHere';

const started: Readonly<Record<Started, string>> = {
  started: 'Started. Its card will appear in a moment.',
  resumed: 'Resumed. Its card will appear in a moment.',
  movedDown: 'You already have this export open. Its card will appear in a moment.',
  followedHere: 'You already have this export open. Its card will appear here, too.',
};

/** The answer to a button whose export gets a card of its own. */
export const startedText = (kind: Started): string => started[kind];

/** A tenant that the bot does not serve. */
export const notAllowedText = (): string =>
  'This bot is not set up for your organisation. Ask whoever runs it to add your organisation.';

/** A button whose answer takes longer than Teams waits. */
export const workingText = (): string =>
  'Working on it – this takes longer than usual. If nothing changes here within a minute, press the button again.';

/** What Teams does not take for its size. */
export const tooLongText = (): string =>
  'My answer is too long for Teams to show. Please use the buttons on the cards themselves.';

/** A button whose payload is none of ours, or of an older version. */
export const unknownButtonText = (): string =>
  'This button no longer works. Paste the link again to get a new card.';

/** *Follow* on an export that Microsoft Graph cannot show at the moment. */
export const cannotFollowText = (why: 'notFound' | 'signInNeeded' | 'unavailable'): string => {
  switch (why) {
    case 'notFound':
      return 'Microsoft Graph no longer offers that export to you. Say “list” for the current ones.';
    case 'signInNeeded':
      return 'I need your sign-in for that. Say “sign in”, then try again.';
    case 'unavailable':
      return 'I couldn’t reach Microsoft Graph just now. Try again in a minute.';
  }
};

/** A button in a client that shows its answer to everybody. */
export const onlyInPersonalText = (): string =>
  'This is only for you, and this version of Teams would show it to everyone here. Say “list” to me in a personal chat.';

/** Teams named no person as the sender: nothing can be done in anybody’s name. */
export const nobodyText = (): string =>
  'Teams didn’t tell me who you are, so I can’t act for you. Write to me with your work account, please.';

/** *Save to OneDrive*: the question comes from Teams, below. */
export const savingText = (): string =>
  'Teams asks you below whether I may save it. If it doesn’t, use Download instead.';

/** *Save to OneDrive* where it does not come to the question. */
export const cannotSaveText = (why: 'notHere' | 'government' | 'notReady' | 'gone'): string => {
  switch (why) {
    case 'notHere':
      return 'I can save to your OneDrive from our personal chat only. Say “list” there, or use Download here.';
    case 'government':
      return 'Teams doesn’t let bots save files in your organisation’s cloud. Use Download instead.';
    case 'notReady':
      return 'There is no file to save at the moment. Press Refresh or Export again on its card.';
    case 'gone':
      return 'I don’t have that file any more. Please send it again.';
  }
};

/** The question was answered before, or is somebody else’s. */
export const consentOverText = (): string =>
  'That question is no longer open. Press Save to OneDrive again, or use Download.';

/** A file in a group chat or channel. */
export const filesInPersonalChatText = (): string =>
  'I can’t take files here. Send the file to me in our personal chat, and I’ll tell you what it says.';

/** A link to a file, or a file that Teams does not hand over. */
export const fileLinkText = (): string =>
  'I couldn’t get that file. Attach the file itself to a message here, not a link to it, and I’ll tell you what it says.';

/** A link to somewhere else, or through a service that hides where it leads. */
export const otherLinkText = (): string =>
  'That link doesn’t lead to a Viva Goals view. Open the view in your browser, copy the address from the address bar, and paste it here.';

/** A button on a file that is not kept any more, or is somebody else’s. */
export const fileGoneText = (): string =>
  'I don’t have that file any more: I keep files for a day. Please send it again.';

/** *All changes* when there is nothing to compare with. */
export const noChangesText = (): string =>
  'I have nothing to compare it with. Next time I’ll tell you what changed.';

/** `sign in`, by word or button. */
export const signInText = (outcome: 'asked' | 'signedIn' | 'unavailable'): string => {
  switch (outcome) {
    case 'asked':
      return 'Please sign in below.';
    case 'signedIn':
      return 'You are signed in already.';
    case 'unavailable':
      return 'I couldn’t reach Microsoft’s sign-in just now. Try again in a minute.';
  }
};
