/** Says in English what the bot says in a single line without a card. */
import type { Offerings } from './sources/offerings.ts';

const answers = {
  /** To a button whose export gets a card of its own. */
  started: {
    started: 'Started. Its card will appear in a moment.',
    resumed: 'Resumed. Its card will appear in a moment.',
    movedDown: 'You already have this export open. Its card will appear in a moment.',
    followedHere: 'You already have this export open. Its card will appear here, too.',
  },

  /** A tenant that the bot does not serve. */
  notAllowed: 'This bot is not set up for your organisation. Ask whoever runs it to add your organisation.',
  /** What goes beyond what one person, or one organisation, may write and press within a minute. */
  slowDown: {
    perUser:
      'That is more than I can follow: I left out some of what you just sent. Wait a moment, then send it again.',
    perTenant:
      'People in your organisation are sending me more than I can follow: I left out what you just sent. Wait a moment, then send it again.',
  },
  /** Teams named no person as the sender: nothing can be done in anybody’s name. */
  nobody:
    'Teams didn’t tell me who you are, so I can’t act for you. Write to me with your work account, please.',
  /** A button whose answer takes longer than Teams waits. */
  working:
    'Working on it – this takes longer than usual. If nothing changes here within a minute, press the button again.',
  /** What Teams does not take for its size. */
  tooLong: 'My answer is too long for Teams to show. Please use the buttons on the cards themselves.',
  /** A button whose payload is none of ours, or of an older version. */
  unknownButton: 'This button no longer works. Paste the link again to get a new card.',
  /** A button in a client that shows its answer to everybody. */
  onlyInPersonal:
    'This is only for you, and this version of Teams would show it to everyone here. Say “list” to me in a personal chat.',

  /** *Follow* on an export that Microsoft Graph cannot show at the moment. */
  cannotFollow: {
    notFound: 'Microsoft Graph no longer offers that export to you. Say “list” for the current ones.',
    signInNeeded: 'I need your sign-in for that. Say “sign in”, then try again.',
    unavailable: 'I couldn’t reach Microsoft Graph just now. Try again in a minute.',
  },

  /** *Save to OneDrive*: the question comes from Teams, below. */
  saving: 'Teams asks you below whether I may save it. If it doesn’t, use Download instead.',
  /** Where it does not come to the question. */
  cannotSave: {
    notHere:
      'I can save to your OneDrive from our personal chat only. Say “list” there, or use Download here.',
    government: 'Teams doesn’t let bots save files in your organisation’s cloud. Use Download instead.',
    notReady: 'There is no file to save at the moment. Press Refresh or Export again on its card.',
    gone: 'I don’t have that file any more. Please send it again.',
  },
  /** The question was answered before, or is somebody else’s. */
  consentOver: 'That question is no longer open. Press Save to OneDrive again, or use Download.',

  /** What concerns one person alone, where others read along. @param word of the command */
  inPersonalChat: (word: string) => `That is between you and me. Write “${word}” to me in our personal chat.`,

  /** A file in a group chat or channel. */
  filesInPersonalChat:
    'I can’t take files here. Send the file to me in our personal chat, and I’ll tell you what it says.',
  /** A link to a file, or a file that Teams does not hand over. */
  fileLink:
    'I couldn’t get that file. Attach the file itself to a message here, not a link to it, and I’ll tell you what it says.',
  /** A button on a file that is not kept any more, or is somebody else’s. */
  fileGone: 'I don’t have that file any more: I keep files for a day. Please send it again.',
  /** The name of a file whose own name is not shown. */
  yourFile: 'Your file',

  /** *All changes* when there is nothing to compare with. */
  noChanges: 'I have nothing to compare it with. Next time I’ll tell you what changed.',
  /** The button of a card that took the place of another one. */
  back: 'Back',

  /** `sign in`, by word or button. */
  signIn: {
    asked: 'Please sign in below.',
    signedIn: 'You are signed in already.',
    unavailable: 'I couldn’t reach Microsoft’s sign-in just now. Try again in a minute.',
  },

  /** The bot's own registration, secret or tenant is refused. */
  ownSignIn: {
    title: 'My own sign-in does not work',
    lead: 'Microsoft refuses the bot itself, not you: its own sign-in may have expired. Please tell your administrator',
    quote: ', and quote the reference.',
    reference: 'Reference',
  },
};

export const answersAbout = ({ any }: Offerings) => ({
  ...answers,
  /** A link to somewhere else, or through a service that hides where it leads. */
  otherLink: `That link doesn’t lead to ${any('thing')}. Open it in your browser, copy the address from the address bar, and paste it here.`,
});
