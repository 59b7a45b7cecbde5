/** Says in English what stands in messages beside an export's card: what came of it, and its summary for others. */
import type { ParkCause } from '../../domain/exports/export-job.ts';
import { count, form, number } from './phrasing/amounts.ts';

const pauses: Readonly<Record<ParkCause, string>> = {
  oddAnswers: 'Microsoft Graph answers in a way I don’t understand. Nothing is lost.',
  operatorFault:
    'Microsoft refuses the bot’s own sign-in; it may have expired. Your export goes on once it is mended: please tell your administrator.',
  crashedTooOften: 'Something went wrong with it several times.',
  followedTooLong: 'It has taken so long that I stopped looking.',
};

/** @param subject "Your export of …", or the same after a name */
const ends = {
  ready: (subject: string) => `${subject} is ready`,
  noFile: (subject: string) => `${subject} brought no CSV file`,
  failed: (subject: string) => `${subject} ended without a file`,
  ended: (subject: string) => `${subject} has ended`,
  paused: (subject: string) => `${subject} is paused`,
  stopped: (subject: string) => `${subject} has stopped`,
  expired: (subject: string) => `${subject} has expired`,
  waitingForSignIn: (subject: string) => `${subject} waits for your sign-in`,
  underWay: (subject: string) => `${subject} is under way again`,
};

export const notices = {
  ends,
  to: (name: string, news: string) => `${name}, ${news}`,
  /** In place of a name that cannot be shown. */
  you: 'You',
  showDetails: 'Show details',
  noFile: 'Microsoft Graph says that it is ready, but what came is something else.',
  pauses,
  stoppedByPerson: 'As you wished.',
  stoppedWithoutSignIn: 'The sign-in or approval it needs did not come.',
  expired: 'Microsoft Graph no longer keeps its file.',
};

function audience(others: number | undefined): string {
  if (others === undefined) return 'Everybody here will see';
  if (others === 0) return 'Nobody else is here yet. Whoever joins may see';
  return `${number(others)} ${form(others, 'other person', 'other people')} will see`;
}

export const sharing = {
  /** To the word; the question itself is for one person’s eyes. */
  offer: {
    summary: 'Press Share to show everybody here what your last export says',
    text: 'Press Share to show everybody here what your last export says. I ask you once more first, and only you see that.',
  },
  elsewhere:
    'There is nobody here to share it with. Mention me with “share” in the group chat or channel where your export is.',
  nothingHere:
    'I see no export of yours in this conversation. Export something here first, then say “share”.',
  /** @param others how many people are there beside the requester, when Teams says so */
  question: (others: number | undefined, rows: number) =>
    `${audience(others)} the summary of ${count(rows, 'row')}`,
  asked: (title: string) => `Share? ${title}`,
  askedAloud: (title: string) => `${title}. Press Share it here to post it.`,
  whatIsPosted:
    'I’ll post it here as my own message and say that you shared it: the counts, what needs attention with titles and owners, and what changed. Not the file.',
  nobodyYet: 'Nobody has seen it yet. Only you see this question.',
  dont: 'Don’t share',
  summary: (name: string) => `${name}: what it says`,
  sharedBy: 'Shared by',
  results: {
    shared: 'Shared: the figures appear here in a moment, for everybody.',
    alreadyShared: 'You have shared these figures here already.',
    notShared: 'I couldn’t post it here just now. Press Share again in a minute.',
    nothingToShare: 'There are no figures to share at the moment.',
  },
};
