/** Says in English what the bot is, what it keeps, and on which terms it is run. */
import { strong, type RichText } from './phrasing/rich-text.ts';

/** A name, and perhaps an address to it. */
type Operator = RichText[number];

const start = {
  body: [
    'This is a bot in Microsoft Teams. It exports plans of Planner, and saved Viva Goals explorer views, for you.',
    'There is nothing to do on this page: paste the link of a plan or a view in a chat with the bot.',
  ],
};

const privacy = {
  title: 'Privacy',
  opening: (appName: string, operator: Operator): RichText => [
    `${appName} is run by `,
    operator,
    '. This is what it keeps, and for how long: the bot, and these web pages of it.',
  ],
  kept: {
    title: 'What is kept',
    items: [
      'For each export: who asked (name, language and Microsoft Entra ids), the ids of the organisation and the view, or the plan’s id and title, when, in which conversation, and how it went.',
      'What a file says, encrypted, for the person who exported or sent it: figures, the few goals that need attention, and of its goals and tasks the title, owner, status, progress, due date and bucket, so that the next file can be compared with it.',
      'Schedules that you set up: of what, when, in which time zone and conversation, and how the last run went; what they are of is encrypted.',
      'Names that you give to plans and views, encrypted, for you alone; or, where you said yes to it, for everybody in a group or channel, with the link and who gave it. Those go when you delete your data, or when the bot is removed there.',
      'A record of what was done with the bot, encrypted: who exported, downloaded, saved, shared or scheduled what, signed in or out, when and where, by ids only, for your organisation’s administrator.',
      'A file that you send to the bot yourself, encrypted, for a day.',
      'The address of each conversation the bot was used in, so that it can update its cards there.',
      'Your sign-in tokens, encrypted, so that an export can go on while you are away. They let the bot read what you may read in Planner and Viva Goals, and nothing else.',
    ],
  },
  notKept: {
    title: 'What is not kept',
    items: [
      'The exported files: they go from Microsoft to you, through the bot, without being stored.',
      'The notes in check-ins, and every other column of a file.',
      'The text of messages. The bot reads a message to find links in it, and forgets it.',
    ],
  },
  howLong: {
    title: 'For how long',
    text: (days: number, auditDays: number) =>
      `Records of exports, and what files said, are deleted ${days} days after they ended, a name when nothing of it was exported for as long, a schedule when it ended as long ago. Download links work once, for 5 minutes. The record of what was done is kept for ${auditDays} days.`,
  },
  yours: {
    title: 'What you can do',
    text: [
      'Write ',
      strong('sign out'),
      ' to the bot, or remove it from your personal apps: your tokens are deleted at once. Write ',
      strong('delete my data'),
      ' to have everything about you deleted: the bot says what that is, and asks first. How much you asked for in the last day is kept for that day, without your name, so that the daily limit holds. The record of what was done keeps a pseudonym in your place, which leads to nobody. Messages it has already sent stay in the chat.',
    ] satisfies RichText,
    nobodyElse:
      'Nothing is given to anybody else, but the record of what was done to your organisation’s administrator, and nothing is used for advertising.',
  },
};

const protectedBy = {
  title: 'How it is protected',
  text: 'Everything goes over https. What is said above to be encrypted is sealed with AES-256, each record for the person whom it is about. People sign in with Microsoft: the bot sees no password, and does only what Microsoft lets them do. Organisations are kept apart.',
};

const contact = {
  title: 'Questions',
  known: (operator: Operator): RichText => ['Questions, and wishes about your data, go to ', operator, '.'],
  /** The operator has named no address. */
  unknown:
    'Questions, and wishes about your data, go to the administrator of your organisation, who knows who runs this bot.',
};

const support = {
  title: 'Help',
  steps: [
    ['Write ', strong('help'), ' to the bot: it says how to begin, and which words it knows.'],
    ['Write ', strong('debug'), ': it gives you a reference to quote, and what went wrong lately.'],
    [
      'If your organisation wants an administrator to allow the bot, the card that says so has a link for them.',
    ],
    ['Write ', strong('sign out'), ' or ', strong('delete my data'), ' when you no longer want to use it.'],
  ] satisfies readonly RichText[],
};

const terms = {
  title: 'Terms of use',
  opening: (appName: string, operator: Operator): RichText => [
    `${appName} is run by `,
    operator,
    ' for the people of the organisations that installed it.',
  ],
  items: [
    'The bot acts as you and sees only what you may see. What you export is yours to handle with care, by the rules of your organisation.',
    'Exports of views are made by Microsoft. The bot starts them, follows them and hands over the file; it cannot promise when, or that, Microsoft makes one.',
    'There are limits on how many exports one person and one organisation can have at a time.',
    'The bot is provided as it is, without warranty.',
  ],
};

export const infoPages = {
  toPrivacy: 'Privacy',
  toTerms: 'Terms',
  toSupport: 'Help',
  start,
  privacy,
  protectedBy,
  contact,
  support,
  terms,
};
