/** Lists what is expected of every (status, event) pair: "state fields | due step + seconds | effects", or ignored. */
import type { ExportEventType } from '../../../src/domain/exports/export-event.ts';
import type { ExportStatus } from '../../../src/domain/exports/export-job.ts';

const rightNow = '2026-01-05T10:00:00.000Z';
const inOneHour = '2026-01-05T11:00:00.000Z';
const inTwoHours = '2026-01-05T12:00:00.000Z';

type Moves = { readonly [T in ExportEventType]?: string };

/** `ignored` names the events that change nothing, so that a new event has no row until somebody decides. */
export const expectedTransitions: {
  readonly [S in ExportStatus]: { readonly moves: Moves; readonly ignored: string };
} = {
  requested: {
    moves: {
      nameChanged: 'requested | start+0 | cards',
      startDue: 'starting outcomeUnknown=true | start+15 | ',
      signInRequired: 'waitingForSignIn cause=consent | abandonSignIn+604800 | cards askSignIn',
      signedOut: 'waitingForSignIn cause=signIn quiet=true | abandonSignIn+604800 | cards',
      watchStopped: 'stopped by=person | none | cards',
      graphUnavailable: 'requested | start+7 | cards',
      operatorFault: 'parked cause=operatorFault | resume+300 | cards notify:parked',
      crashedTooOften: 'parked cause=crashedTooOften | none | cards notify:parked',
    },
    ignored:
      'contentRead contentUnread readSoFar readingDelayed readingWished lookRequested signedIn consentGranted signInAbandoned exportAccepted exportJoined exportReadyAtOnce pendingElsewhere outcomeUnknown graphRefused stillWaiting stillRunning exportSucceeded exportFailed jobMissing contentGone downloaded expiryReached exportedAgain retried resumed oddAnswer followedTooLong',
  },
  waitingForSignIn: {
    moves: {
      nameChanged: 'waitingForSignIn cause=signIn | abandonSignIn+600 | cards',
      signInRequired: 'waitingForSignIn cause=consent | abandonSignIn+604800 | cards askSignIn',
      signedIn: 'starting outcomeUnknown=false | start+0 | cards startNow',
      consentGranted: 'starting outcomeUnknown=false | start+0 | cards startNow',
      signInAbandoned: 'stopped by=noSignIn | none | cards notify:signInAbandoned',
      signedOut: 'waitingForSignIn cause=signIn quiet=true | abandonSignIn+604800 | cards',
      watchStopped: 'stopped by=person | none | cards',
      exportAccepted: 'waitingForSignIn cause=signIn graphJobId=j!2 | abandonSignIn+600 | cards',
      exportJoined: 'waitingForSignIn cause=signIn graphJobId=j!2 | abandonSignIn+600 | cards',
      operatorFault: 'parked cause=operatorFault | resume+300 | cards notify:parked',
    },
    ignored:
      'contentRead contentUnread readSoFar readingDelayed readingWished lookRequested startDue exportReadyAtOnce pendingElsewhere outcomeUnknown graphRefused graphUnavailable stillWaiting stillRunning exportSucceeded exportFailed jobMissing contentGone downloaded expiryReached exportedAgain retried resumed oddAnswer crashedTooOften followedTooLong',
  },
  starting: {
    moves: {
      nameChanged: 'starting outcomeUnknown=true | start+30 | cards',
      startDue: 'starting outcomeUnknown=true | start+15 | ',
      signInRequired:
        'waitingForSignIn cause=consent outcomeUnknown=true | abandonSignIn+604800 | cards askSignIn',
      signedOut:
        'waitingForSignIn cause=signIn quiet=true outcomeUnknown=true | abandonSignIn+604800 | cards',
      watchStopped: 'stopped by=person outcomeUnknown=true | none | cards',
      exportAccepted: 'waiting graphJobId=j!2 | poll+0 | cards startNow',
      exportJoined: 'waiting graphJobId=j!2 | poll+0 | cards startNow',
      exportReadyAtOnce: 'ready reading=underWay:0 | none | cards notify:ready readContent',
      pendingElsewhere: 'starting outcomeUnknown=false pendingElsewhere=true | start+60 | cards',
      outcomeUnknown: 'starting outcomeUnknown=true | start+2 | cards',
      graphRefused: 'failed reason=noAccess requestId=r-1 | none | cards notify:failed',
      graphUnavailable: 'starting outcomeUnknown=true | start+7 | cards',
      oddAnswer: 'starting outcomeUnknown=true | start+2 | cards',
      operatorFault: 'parked cause=operatorFault outcomeUnknown=true | resume+300 | cards notify:parked',
      crashedTooOften: 'parked cause=crashedTooOften outcomeUnknown=true | none | cards notify:parked',
      followedTooLong: 'parked cause=followedTooLong outcomeUnknown=true | none | cards notify:parked',
    },
    ignored:
      'contentRead contentUnread readSoFar readingDelayed readingWished lookRequested signedIn consentGranted signInAbandoned stillWaiting stillRunning exportSucceeded exportFailed jobMissing contentGone downloaded expiryReached exportedAgain retried resumed',
  },
  waiting: {
    moves: {
      nameChanged: 'waiting graphJobId=j!1 | poll+0 | cards',
      signInRequired:
        'waitingForSignIn cause=consent graphJobId=j!1 | abandonSignIn+604800 | cards askSignIn notify:signInNeeded',
      signedOut: 'waitingForSignIn cause=signIn quiet=true graphJobId=j!1 | abandonSignIn+604800 | cards',
      watchStopped: 'stopped by=person graphJobId=j!1 | none | cards',
      exportJoined: 'waiting graphJobId=j!2 | poll+0 | cards startNow',
      graphRefused: 'failed reason=noAccess requestId=r-1 graphJobId=j!1 | none | cards notify:failed',
      graphUnavailable: 'waiting graphJobId=j!1 | poll+7 | cards',
      stillWaiting: 'waiting graphJobId=j!1 | poll+3 | ',
      stillRunning: 'running graphJobId=j!1 | poll+3 | cards',
      exportSucceeded: `ready graphJobId=j!1 reading=underWay:0 expiresAt=${inTwoHours} | expire+7200 | cards notify:ready readContent`,
      exportFailed: 'failed reason=graphFailed requestId=r-2 graphJobId=j!1 | none | cards notify:failed',
      lookRequested: 'waiting graphJobId=j!1 | poll+0 | startNow',
      jobMissing: `waiting graphJobId=j!1 missingSince=${rightNow} | poll+60 | cards`,
      oddAnswer: 'waiting graphJobId=j!1 | poll+2 | cards',
      operatorFault: 'parked cause=operatorFault graphJobId=j!1 | resume+300 | cards notify:parked',
      crashedTooOften: 'parked cause=crashedTooOften graphJobId=j!1 | none | cards notify:parked',
      followedTooLong: 'parked cause=followedTooLong graphJobId=j!1 | none | cards notify:parked',
    },
    ignored:
      'contentRead contentUnread readSoFar readingDelayed readingWished startDue signedIn consentGranted signInAbandoned exportAccepted exportReadyAtOnce pendingElsewhere outcomeUnknown contentGone downloaded expiryReached exportedAgain retried resumed',
  },
  running: {
    moves: {
      nameChanged: 'running graphJobId=j!1 | poll+0 | cards',
      signInRequired:
        'waitingForSignIn cause=consent graphJobId=j!1 | abandonSignIn+604800 | cards askSignIn notify:signInNeeded',
      signedOut: 'waitingForSignIn cause=signIn quiet=true graphJobId=j!1 | abandonSignIn+604800 | cards',
      watchStopped: 'stopped by=person graphJobId=j!1 | none | cards',
      exportJoined: 'waiting graphJobId=j!2 | poll+0 | cards startNow',
      graphRefused: 'failed reason=noAccess requestId=r-1 graphJobId=j!1 | none | cards notify:failed',
      graphUnavailable: 'running graphJobId=j!1 | poll+7 | cards',
      stillWaiting: 'waiting graphJobId=j!1 | poll+3 | cards',
      stillRunning: 'running graphJobId=j!1 | poll+3 | ',
      exportSucceeded: `ready graphJobId=j!1 reading=underWay:0 expiresAt=${inTwoHours} | expire+7200 | cards notify:ready readContent`,
      exportFailed: 'failed reason=graphFailed requestId=r-2 graphJobId=j!1 | none | cards notify:failed',
      lookRequested: 'running graphJobId=j!1 | poll+0 | startNow',
      jobMissing: `running graphJobId=j!1 missingSince=${rightNow} | poll+60 | cards`,
      oddAnswer: 'running graphJobId=j!1 | poll+2 | cards',
      operatorFault: 'parked cause=operatorFault graphJobId=j!1 | resume+300 | cards notify:parked',
      crashedTooOften: 'parked cause=crashedTooOften graphJobId=j!1 | none | cards notify:parked',
      followedTooLong: 'parked cause=followedTooLong graphJobId=j!1 | none | cards notify:parked',
    },
    ignored:
      'contentRead contentUnread readSoFar readingDelayed readingWished startDue signedIn consentGranted signInAbandoned exportAccepted exportReadyAtOnce pendingElsewhere outcomeUnknown contentGone downloaded expiryReached exportedAgain retried resumed',
  },
  ready: {
    moves: {
      nameChanged: `ready graphJobId=j!1 expiresAt=${inOneHour} reading=underWay:0 | expire+3600 | cards`,
      signInRequired: `ready graphJobId=j!1 expiresAt=${inOneHour} reading=unread:signInNeeded signInCause=consent | expire+3600 | cards askSignIn`,
      contentGone: `expired graphJobId=j!1 expiredAt=${rightNow} | none | cards`,
      downloaded: `ready graphJobId=j!1 expiresAt=${inOneHour} reading=underWay:0 size=12 | expire+3600 | cards`,
      contentRead: `ready graphJobId=j!1 expiresAt=${inOneHour} reading=done size=12 readInVersion=8 | expire+3600 | cards`,
      contentUnread: `ready graphJobId=j!1 expiresAt=${inOneHour} reading=unread:noRows readInVersion=8 | expire+3600 | cards`,
      readSoFar: `ready graphJobId=j!1 expiresAt=${inOneHour} reading=underWay:0:1200 | expire+3600 | cards`,
      readingDelayed: `ready graphJobId=j!1 expiresAt=${inOneHour} reading=underWay:1 | expire+3600 | readContent`,
      crashedTooOften: `ready graphJobId=j!1 expiresAt=${inOneHour} reading=unread:crashed readInVersion=8 | expire+3600 | cards`,
      expiryReached: `expired graphJobId=j!1 expiredAt=${rightNow} | none | cards`,
      exportedAgain: `ready graphJobId=j!1 expiresAt=${inOneHour} reading=underWay:0 exportedAgainAt=${rightNow} | expire+3600 | cards`,
    },
    ignored:
      'readingWished lookRequested startDue signedIn consentGranted signInAbandoned signedOut watchStopped exportAccepted exportJoined exportReadyAtOnce pendingElsewhere outcomeUnknown graphRefused graphUnavailable stillWaiting stillRunning exportSucceeded exportFailed jobMissing retried resumed oddAnswer operatorFault followedTooLong',
  },
  failed: {
    moves: {
      nameChanged: 'failed reason=graphFailed graphJobId=j!1 | none | cards',
      retried: 'requested | start+0 | cards startNow',
    },
    ignored:
      'contentRead contentUnread readSoFar readingDelayed readingWished lookRequested startDue signInRequired signedIn consentGranted signInAbandoned signedOut watchStopped exportAccepted exportJoined exportReadyAtOnce pendingElsewhere outcomeUnknown graphRefused graphUnavailable stillWaiting stillRunning exportSucceeded exportFailed jobMissing contentGone downloaded expiryReached exportedAgain resumed oddAnswer operatorFault crashedTooOften followedTooLong',
  },
  expired: {
    moves: {
      nameChanged: 'expired graphJobId=j!1 expiredAt=2026-01-05T09:59:00.000Z | none | cards',
      retried: 'requested | start+0 | cards startNow',
    },
    ignored:
      'contentRead contentUnread readSoFar readingDelayed readingWished lookRequested startDue signInRequired signedIn consentGranted signInAbandoned signedOut watchStopped exportAccepted exportJoined exportReadyAtOnce pendingElsewhere outcomeUnknown graphRefused graphUnavailable stillWaiting stillRunning exportSucceeded exportFailed jobMissing contentGone downloaded expiryReached exportedAgain resumed oddAnswer operatorFault crashedTooOften followedTooLong',
  },
  stopped: {
    moves: {
      nameChanged: 'stopped by=person graphJobId=j!1 | none | cards',
      resumed: 'waiting graphJobId=j!1 | poll+0 | cards startNow',
    },
    ignored:
      'contentRead contentUnread readSoFar readingDelayed readingWished lookRequested startDue signInRequired signedIn consentGranted signInAbandoned signedOut watchStopped exportAccepted exportJoined exportReadyAtOnce pendingElsewhere outcomeUnknown graphRefused graphUnavailable stillWaiting stillRunning exportSucceeded exportFailed jobMissing contentGone downloaded expiryReached exportedAgain retried oddAnswer operatorFault crashedTooOften followedTooLong',
  },
  parked: {
    moves: {
      nameChanged: 'parked cause=operatorFault graphJobId=j!1 | resume+0 | cards',
      watchStopped: 'stopped by=person graphJobId=j!1 | none | cards',
      resumed: 'waiting graphJobId=j!1 | poll+0 | cards startNow',
      operatorFault: 'parked cause=operatorFault graphJobId=j!1 | resume+300 | ',
    },
    ignored:
      'contentRead contentUnread readSoFar readingDelayed readingWished lookRequested startDue signInRequired signedIn consentGranted signInAbandoned signedOut exportAccepted exportJoined exportReadyAtOnce pendingElsewhere outcomeUnknown graphRefused graphUnavailable stillWaiting stillRunning exportSucceeded exportFailed jobMissing contentGone downloaded expiryReached exportedAgain retried oddAnswer crashedTooOften followedTooLong',
  },
};
