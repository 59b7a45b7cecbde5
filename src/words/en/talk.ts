/** Says in English what the cards beside exports and files say: help, hints, limits, signing in and out, what is kept. */
import type { SignInCause } from '../../domain/exports/export-job.ts';
import { count, form } from './phrasing/amounts.ts';
import { everywhere } from './commands.ts';
import type { RichText } from './phrasing/rich-text.ts';
import type { Offerings } from './sources/offerings.ts';

const whatYouGet = ({ all }: Offerings): string =>
  `You get an answer and a file: how your ${all('work')} stand, what changed since last time, and all of it as an Excel workbook or CSV.`;
const toStart = ({ any }: Offerings): string => `Paste ${any('address')} to start.`;
/** Teams does not give a bot the files there. */
const sendFileElsewhere =
  'I can read files, too, but only in a personal chat: Teams doesn’t give them to me here.';

const helpAbout = (offerings: Offerings) => ({
  summary: `How to export ${offerings.any('thing')}`,
  title: 'Here is how it works',
  whatYouGet: whatYouGet(offerings),
  toStart: toStart(offerings),
  sendFile: {
    title: 'Or send a file',
    text: 'Did you export a CSV or Excel file from Viva Goals earlier? Send it to me here and you get the same: the answer, what changed since the last one, and a workbook.',
  },
  sendFileElsewhere,
  wordsIKnow: 'Words I know',
  whoSeesWhat: `In a group chat or channel, mention me so that I see your message. I see only what you can see in ${offerings.products}, and only you see the details of your exports.`,
});

const welcomeAbout = (offerings: Offerings) => ({
  summary: `Hello! I export ${offerings.all('things')}`,
  title: { personal: 'Hello! Paste a link to start', shared: 'Hello! Mention me to start' },
  addedBy: (name: string): RichText => [{ data: name }, ' added me here.'],
  speak: `Hello! ${whatYouGet(offerings)} ${toStart(offerings)}`,
  whatYouGet: whatYouGet(offerings),
  start: {
    personal: `Paste ${offerings.any('address')}:`,
    shared: `Mention me with ${offerings.any('address')}:`,
  },
  sendFile: 'Or send me a CSV or Excel file that you exported earlier.',
  setUp:
    'Each person signs in once, when they first ask. If your organisation wants an administrator to allow me first, I say so and give you a link for them.',
  limits: `I read only what you may see in ${offerings.products}, and change nothing there. There are limits on how many exports you can have open and start in a day.`,
  whoSeesWhat: `Everybody here sees that an export runs; only the person who asked gets the answer and the file. ${sendFileElsewhere}`,
});

/** `shared`: in groups and channels the bot hears mentions only, and takes no files. */
const hintsAbout = ({ any }: Offerings) => ({
  greeted: {
    summary: 'Hello',
    text: {
      personal: `Hello! Paste ${any('link')}, or send me a file that you exported earlier.`,
      shared: `Hello! Mention me with ${any('link')}.`,
    },
  },
  thanked: {
    summary: 'Happy to help',
    text: everywhere('Happy to help! Say “list” to see your exports.'),
  },
  noText: {
    summary: 'I can’t see a link there',
    text: everywhere('I can’t see a link there. Paste it as text, or send me a CSV or Excel file.'),
  },
  othersMessage: {
    summary: 'I can’t see a link there, and I can’t read other people’s messages',
    text: everywhere(
      'I can’t see a link there, and I can’t read other people’s messages. Paste the link into yours.',
    ),
  },
  notUnderstood: {
    summary: 'I didn’t understand that',
    text: {
      personal: `I didn’t understand that. Paste ${any('link')}.`,
      shared: `I didn’t understand that. Mention me with ${any('link')}.`,
    },
  },
});

/** @param word of the command that it may have been */
const didYouMean = (word: string): string => `I didn’t understand that. Did you mean “${word}”?`;

/** @param max the configured number */
const limits = {
  openPerUser: {
    title: 'Not started – too many open',
    lead: (max: number) =>
      `You already have ${count(max, 'export')} open, and that is the limit. Wait until one is done, or press Stop watching on one.`,
  },
  dailyPerUser: {
    title: 'Not started – that is all for today',
    lead: (max: number) =>
      `You have started ${count(max, 'export')} within a day, and that is the limit. Try again tomorrow. You can still download what is ready.`,
  },
  openPerTenant: {
    title: 'Not started – your organisation is busy',
    lead: (max: number) =>
      `It already has ${count(max, 'export')} open, and that is the limit. Try again later.`,
  },
  filesAtOnce: {
    title: 'Not read – too many at once',
    lead: (max: number) =>
      `I read ${count(max, 'file')} of yours at a time, and that is the limit. Send it again once one is read.`,
  },
  files: {
    title: 'Not read – that is all for today',
    lead: (max: number) =>
      `You have sent me ${count(max, 'file')} within a day, and that is the limit. Send it again tomorrow.`,
  },
};

const notFound = {
  summary: 'This is not an export of yours',
  title: 'Not an export of yours',
  lead: 'It belongs to somebody else, or it is no longer kept.',
  leadWithOffer: 'It belongs to somebody else, or it is no longer kept. I can make the same export for you.',
};

const trouble = {
  summary: 'Something went wrong. Try again in a minute',
  speak: 'Something went wrong on my side. Try again in a minute.',
  title: 'Something went wrong on my side',
  lead: 'Try again in a minute. Your open exports continue. If it happens again, give this reference to whoever runs this bot.',
  reference: 'Reference',
};

const links = {
  nothingExported: 'Nothing was exported for this link.',
  /** Of a source that says no more about it. */
  otherProblem: 'It names nothing that I can export.',
  leftOut: (targets: number) => `I left out ${targets === 1 ? 'one link' : count(targets, 'link')}`,
  sendAgain: (max: number) =>
    `I take ${max} links from one message. Please send the rest again in a new one.`,
  more: (targets: number) => `… and ${targets} more.`,
};

const whatStays =
  'Files that you have downloaded or saved stay yours. Exports at Microsoft stay there until they expire; messages in your chats stay, too. How much you asked for in the last day is remembered for a day, without your name.';

const myData = {
  question: {
    title: 'Delete your data?',
    lead: 'This is what I keep about you. You can’t undo deleting it.',
    openExports: (open: number) =>
      `${open === 1 ? 'One export is' : `${count(open, 'export')} are`} still being made. If you delete, you won’t get a file for ${form(open, 'it', 'them')} from me.`,
    whatStays,
  },
  /** One line for each kind of what is kept. */
  kept: {
    exports: (exports: number) => `${count(exports, 'export')} with ${form(exports, 'its', 'their')} details`,
    readings: (files: number) => `The figures of ${count(files, 'file')}`,
    snapshots: (snapshots: number) => `${count(snapshots, 'snapshot')} to compare with next time`,
    ownFiles: (files: number) => `${count(files, 'file')} that you sent me`,
    names: (names: number) => `${count(names, 'name')} that you gave`,
    schedules: (schedules: number) => count(schedules, 'schedule'),
    sharedNames: (names: number) =>
      `${count(names, 'name')} that you gave to a group or channel: nobody there can export by ${form(names, 'it', 'them')} then`,
    signIn: 'Your sign-in',
  },
  deleted: {
    summary: 'Your data is deleted',
    title: 'Deleted',
    lead: 'I no longer have this about you:',
    end: `${whatStays} Paste a link or send a file to start again.`,
  },
  keptOn: {
    summary: 'Nothing was deleted',
    text: 'Nothing was deleted. Say “delete my data” if you change your mind.',
  },
  nothing: {
    title: 'I keep nothing about you',
    lead: 'There is no export, file or sign-in of yours here.',
  },
};

interface SignInPrompt {
  readonly text: string;
  /** Title of the button. */
  readonly button: string;
}

const prompts: Readonly<Record<SignInCause, SignInPrompt>> = {
  signIn: {
    text: 'Sign in once, and I’ll go on. I only see what you may see.',
    button: 'Sign in',
  },
  claims: {
    text: 'Your organisation asks you to sign in again. Then I’ll go on.',
    button: 'Sign in',
  },
  consent: {
    text: 'Sign in and allow me to read this for you. I’ll ask only once, then go on.',
    button: 'Sign in and allow',
  },
  adminConsent: {
    text: 'An administrator must allow this app for your organisation. If you are one, or it has been allowed already, sign in.',
    button: 'Sign in',
  },
};

const pasteToContinue = 'Paste a link when you want to continue, and I’ll ask you to sign in.';

const signIn = {
  prompts,
  /** Where others read along: whose turn it is, and nothing about what is in their way. */
  sharedPrompt: (name: string): SignInPrompt => ({
    text: `I need a sign-in from ${name} before I can go on. It works for nobody else.`,
    button: 'Sign in',
  }),
  /** In place of a name that is none. */
  whoeverAsked: 'whoever asked',
  /** In place of a question that is over. */
  settled: {
    signedIn: 'Signed in',
    signedInOnly: 'You are signed in',
    abandoned: 'No longer needed',
    askedAgain: 'Asked again below',
    operatorFault: 'Not possible right now; I’ll ask again',
    signedOut: 'Signed out',
  },
};

const signedOut = {
  title: 'You are signed out',
  lead: 'I have removed your sign-in.',
  waiting: (waiting: number) =>
    waiting === 0
      ? `No export is waiting. ${pasteToContinue}`
      : `${waiting === 1 ? 'One export waits' : `${count(waiting, 'export')} wait`} until you sign in again. ${pasteToContinue}`,
  notSignedIn: { title: 'You were not signed in', lead: 'There was no sign-in to remove.' },
};

export const talkAbout = (offerings: Offerings) => ({
  help: helpAbout(offerings),
  welcome: welcomeAbout(offerings),
  hints: hintsAbout(offerings),
  didYouMean,
  commandHelp: { example: 'Example', otherWords: 'Other words' },
  limits,
  notFound,
  trouble,
  links,
  myData,
  signIn,
  signedOut,
});
