/** Says in English how an export stands, why, and what can be done; times and names come plain, and stand as they are. */
import type { ExportStatus, ParkCause, SignInCause, TroubleKind } from '../../domain/exports/export-job.ts';
import type { SourceWords } from './sources/source-words.ts';

interface Said {
  readonly title: string;
  readonly lead: string;
}

const starting = { title: 'Starting…', lead: 'I’m asking Microsoft Graph for this export.' };

/** For everybody: no reason, size or date. */
const phases: Readonly<Record<ExportStatus, Said>> = {
  requested: starting,
  starting,
  waitingForSignIn: {
    title: 'Waiting for a sign-in',
    lead: 'The person who asked is needed before I can go on.',
  },
  waiting: {
    title: 'In line at Microsoft',
    lead: 'Microsoft Graph has accepted the export and starts it soon.',
  },
  running: { title: 'Running', lead: 'Microsoft Graph is making the file.' },
  ready: { title: 'Ready', lead: 'The person who asked can download the file.' },
  failed: { title: 'Ended without a file', lead: 'The person who asked sees why, and what to do.' },
  expired: { title: 'No longer available', lead: 'Microsoft Graph keeps a file for a limited time.' },
  stopped: {
    title: 'Stopped',
    lead: 'I no longer watch this export. The person who asked can resume it.',
  },
  parked: { title: 'Paused', lead: 'The person who asked sees why, and can resume it.' },
};

const card = {
  titled: (name: string, title: string) => `${name}: ${title}`,
  asked: 'Asked',
  askedBy: 'Asked by',
  somebody: 'somebody',
  details: 'Details',
  backToList: 'Back to the list',
  onlyYou: 'Only you see these details.',
  bySchedule: 'A schedule of yours asked for this. Write “schedules” to me in our chat to see or change it.',
  onlyRequester: 'Only the person who asked sees the details and the file.',
  getItYourself: 'To get this export yourself, press Export it for me.',
  /** What came of the button just pressed. */
  notes: {
    nothingToDo: 'Nothing to do: this is how the export stands now.',
    notReady: 'There is no file to download at the moment. This is how the export stands now.',
    stillWorking: 'Working on it – the card changes when I’m done.',
  },
  moved: {
    summary: (name: string) => `${name}: its card moved down`,
    text: 'This export’s card moved further down in this conversation.',
  },
  forgotten: {
    summary: 'This export was deleted',
    text: 'This export was deleted together with the data of the person who asked for it.',
  },
};

const file = {
  linkWorks: (until: string | undefined) =>
    `The link works${until === undefined ? '' : ` until ${until},`} once for each format.`,
  openPage: 'Open download page',
  whatToSave: 'What shall I save? I’ll ask once more before anything is stored in your OneDrive.',
  title: 'File',
  csv: (size: string | undefined) => (size === undefined ? 'CSV' : `CSV, ${size}`),
  available: 'Available',
  until: (when: string) => `until ${when}`,
};

const progress = {
  phases,
  /** Short: they stand on one line. */
  steps: { asked: 'Asked', accepted: 'Accepted', making: 'Making', ready: 'Ready' },
  usually: (span: string, whose: string) => `Usually ${span} ${whose}.`,
};

const troubles: Readonly<Record<TroubleKind, string>> = {
  busy: 'Microsoft Graph is busy',
  unreachable: 'I can’t reach Microsoft Graph at the moment',
  insecure: 'I can’t reach Microsoft securely, so nothing was sent this time',
  oddAnswer: 'Microsoft Graph gives odd answers at the moment',
};

const open = {
  requested: { title: 'Got it', lead: 'I’m about to ask Microsoft Graph for this export.' },
  starting,
  startingAgain: {
    ...starting,
    lead: 'Microsoft Graph has not taken this export yet. I keep trying.',
  },
  outcomeUnknown: {
    ...starting,
    lead: 'Microsoft Graph didn’t say whether it took the request. I’ll look before I ask again, so that nothing is exported twice.',
  },
  waitingForTurn: 'Waiting for my turn',
  missing: {
    title: 'Looking for it',
    lead: 'Microsoft Graph can’t find this export at the moment. I’ll look once more in a minute and then tell you here.',
  },
  waiting: {
    title: 'In line at Microsoft',
    lead: 'Microsoft Graph has accepted the export and will start it soon. I’ll tell you here when the file is ready.',
  },
  running: {
    title: 'Running',
    lead: 'Microsoft Graph is making your file. I’ll tell you here when it is ready.',
  },
  joined: 'Already being made for an earlier request – I follow that one.',
  since: 'Since',
  soFar: (since: string, length: string) => `${since} (${length} so far)`,
  nextLook: 'Next look',
  state: 'State',
  /** @param word of Graph, for a state that it alone knows */
  runningAs: (word: string) => `Running (state: ${word})`,
  trouble: (kind: TroubleKind, nextTry: string | undefined) =>
    `${troubles[kind]}; ${nextTry === undefined ? 'I keep trying' : `next try at ${nextTry}`}. Your export stays open.`,
};

const goesOn = 'I’ll go on as soon as you have signed in.';
const waitingForYou = 'Waiting for your sign-in';

function question(cause: SignInCause, source: SourceWords): Said {
  switch (cause) {
    case 'signIn':
      return { title: waitingForYou, lead: goesOn };
    case 'claims':
      return {
        title: waitingForYou,
        lead: `Your organisation asks you to sign in again. ${goesOn}`,
      };
    case 'consent':
      return { title: waitingForYou, lead: `${source.consent} ${goesOn}` };
    case 'adminConsent':
      return {
        title: 'An administrator must allow this',
        lead: `${source.adminConsent} Send them the link, or open the page if you are one. I’ll go on once it is done.`,
      };
  }
}

const signIn = {
  question,
  signedOut: {
    title: 'You are signed out',
    lead: 'So this export waits. Press Sign in when you want to go on.',
  },
  toDownload: {
    title: 'Sign in to download',
    lead: 'The file is ready, but Microsoft wants you to sign in again before I can fetch it. Then press Download.',
  },
  askAgain: 'Ask again',
  checkAgain: 'Check again',
  inAdminCentre: 'Ask them to allow this app in the Microsoft Entra admin centre.',
  openApproval: 'Open the approval page',
  showLink: 'Show the link',
};

const ready = {
  title: 'Ready',
  lead: 'Your file is ready to download.',
  noFile:
    'Microsoft Graph says that the file is ready, but what came is not a CSV file. Press Export again to get a new one.',
  exportedAgain: (when: string) => `Exported again on ${when}: the newer one has its own card.`,
};

const expired = {
  title: 'Expired',
  lead: 'Microsoft Graph keeps a file for a limited time, and this one’s has passed. Start again?',
};

const failed = {
  lasting:
    'It has failed before, too. Wait a while before you try again; if that does not help, ask Microsoft support.',
  graphSays: 'Graph says',
  whatYouCanDo: 'What you can do',
  requestId: 'Request id',
  reference: 'Reference',
  quoteRequestId: 'Quote the request id when you ask for help.',
  quoteReference: 'Quote the reference when you ask for help.',
};

const stopped = {
  title: 'Stopped',
  goesOn:
    'I no longer watch this export. Microsoft Graph can’t cancel it, so it may still finish there. Press Resume to watch it again.',
  neverBegan: 'I stopped before Microsoft Graph was asked. Press Resume to start it.',
  withoutSignIn: {
    title: 'Stopped – nobody signed in',
    lead: 'It needs a sign-in or an approval that did not come. Press Resume when you are ready, and I’ll ask again.',
  },
};

const pauses: Readonly<Record<ParkCause, Said>> = {
  oddAnswers: {
    title: 'Paused – odd answers from Microsoft Graph',
    lead: 'It answered several times in a way I don’t understand, so I stopped asking. Nothing is lost. Wait a while, then press Resume.',
  },
  operatorFault: {
    title: 'Paused – my own sign-in does not work',
    lead: 'Microsoft refuses the bot itself, not you: its own sign-in may have expired. Please tell your administrator, and quote the reference. Your export goes on by itself once this is mended.',
  },
  crashedTooOften: {
    title: 'Something went wrong with this one',
    lead: 'I failed on this export several times, so I set it aside and told the bot’s operator. Press Resume to try once more.',
  },
  followedTooLong: {
    title: 'Paused – still not finished',
    lead: 'Microsoft Graph has taken so long that I stopped looking. Press Resume to look again.',
  },
};

const paused = {
  causes: pauses,
  tellOperator: 'If it happens again, tell the bot’s operator and quote the reference.',
};

export const exportWords = { card, file, progress, open, signIn, ready, expired, failed, stopped, paused };
