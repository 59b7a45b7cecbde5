/** Answers for what the bot says in a single line, without a card. Our own words only, safe as Markdown. */

export type Started = 'started' | 'resumed' | 'movedDown' | 'followedHere';

const started: Readonly<Record<Started, string>> = {
  started: 'Started. Its card comes right away.',
  resumed: 'Resumed. Its card comes right away.',
  movedDown: 'You have that one open already. Its card comes right away.',
  followedHere: 'You have that one open already. I show it here, too.',
};

/** The answer to a button whose export gets a card of its own. */
export const startedText = (kind: Started): string => started[kind];

/** A tenant that the bot does not serve. */
export const notAllowedText = (): string =>
  'This bot is not set up for your organisation. Ask whoever runs it to add your organisation.';

/** A button whose answer takes longer than Teams waits. */
export const workingText = (): string => 'Working on it – the card changes when I’m done.';

/** A button whose payload is none of ours, or of an older version. */
export const unknownButtonText = (): string =>
  'I don’t know this button any more. Paste the link again to get a new card.';

/** *Follow* on an export that Microsoft Graph cannot show at the moment. */
export const cannotFollowText = (why: 'notFound' | 'signInNeeded' | 'unavailable'): string => {
  switch (why) {
    case 'notFound':
      return 'Microsoft Graph no longer offers that export to you. Say “list” for the current ones.';
    case 'signInNeeded':
      return 'I need your sign-in for that. Paste an explorer link and I’ll offer it.';
    case 'unavailable':
      return 'I couldn’t reach Microsoft Graph just now. Try again in a minute.';
  }
};

/** A button in a client that shows its answer to everybody. */
export const onlyInPersonalText = (): string =>
  'That is for your eyes only, and this Teams client would show it to everybody here. Write to me in a personal chat and say “list”.';

/** Teams named no person as the sender: nothing can be done in anybody’s name. */
export const nobodyText = (): string =>
  'Teams didn’t tell me who you are, so I can’t act for you. Write to me with your work account, please.';
