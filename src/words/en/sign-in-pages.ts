/** Says in English what people read at the end of a sign-in. */
import { strong, type RichText } from './phrasing/rich-text.ts';

interface TroubleWords {
  readonly title: string;
  readonly body: readonly RichText[];
  /** Said small. */
  readonly small?: RichText;
}

const trouble = {
  wrongPerson: {
    title: 'That was another account',
    body: [
      ['You signed in with an account that is not the one that asked in the chat, so nothing was started.'],
      ['Sign in with the account that you use in Teams.'],
    ],
  },
  used: {
    title: 'This page was used already',
    body: [['The sign-in was finished before. You can close this tab and go back to the chat.']],
    small: ['If the bot still asks you there, press ', strong('Sign in'), ' again.'],
  },
  expired: {
    title: 'That took too long',
    body: [['For your safety a sign-in has to be finished within 10 minutes.']],
  },
  unknown: {
    title: 'This sign-in link does not work any more',
    body: [
      ['You may be signed in already, or the link was not copied completely.'],
      [
        'Go back to the chat. If the bot asks you to sign in, press its newest ',
        strong('Sign in'),
        ' button.',
      ],
    ],
  },
  declined: { title: 'You did not sign in', body: [['Nothing was allowed, and nothing was started.']] },
  consentNeeded: {
    title: 'An administrator has to allow this first',
    body: [['Your organisation lets administrators decide which apps may read such things for you.']],
  },
  notAccepted: {
    title: 'Microsoft did not accept this sign-in',
    body: [['You are not signed in, and nothing was started.']],
  },
  unavailable: {
    title: 'Signing in does not work right now',
    body: [['The sign-in service could not be reached. Please try again in a minute.']],
  },
  operatorFault: {
    title: 'The bot’s own sign-in does not work',
    body: [
      [
        'Microsoft refuses the bot itself, not you: its own sign-in may have expired. Signing in again will not help; your export goes on once it is mended.',
      ],
      ['Please tell your administrator the reference below.'],
    ],
  },
} satisfies Record<string, TroubleWords>;

export const signInPages = {
  signedIn: {
    title: 'You are signed in',
    closeTab: 'You can close this tab and go back to the chat.',
    goesOn: 'What you asked for goes on there by itself.',
  },
  trouble: trouble as Readonly<Record<keyof typeof trouble, TroubleWords>>,
  again: {
    tryAgain: 'Try again',
    backToChat: ['Go back to the chat and press ', strong('Sign in'), ' there again.'] as RichText,
  },
  administrator: {
    askOne: 'Ask an administrator of your organisation to allow this app, then go back to the chat.',
    sendLink: 'Send this link to an administrator of your Microsoft 365:',
    linkLabel: 'Link for an administrator',
    goesOn: 'Once they have allowed it, your export goes on by itself.',
    areYouOne: (url: string): RichText => [
      'Are you an administrator? ',
      { link: 'Allow it now', href: url },
      '.',
    ],
    /** Said by the page's script. */
    copy: 'Copy',
    copied: 'Copied',
    copyByHand: 'Press Ctrl+C to copy',
  },
  correlationId: 'Microsoft’s correlation id:',
};
