/** Draws the short message beside an export's card: which export it is, how it stands, and what to press. */
import { exportButton } from '../blocks/buttons.ts';
import type { ExportJob, FailureReason, ParkCause } from '../../domain/exports/export-job.ts';
import { isNoFile } from '../../domain/exports/notice-due.ts';
import type { Card, CardButton, CardElement, Mention, Tone } from '../blocks/adaptive-card.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import { paragraph } from '../blocks/card-blocks.ts';
import { exportName } from './export-blocks.ts';
import { mayTryAgain } from './failed-story.ts';
import { plainName } from '../blocks/untrusted-text.ts';

/** Where others read along they see that it ended; why, and the file, are the requester's. */
type Readers = 'requester' | 'everybody';

interface Notice {
  readonly tone: Tone;
  readonly icon: string;
  /** After "Your export of view …". */
  readonly end: string;
  /** For the requester alone. */
  readonly line?: string;
  readonly buttons: readonly CardButton[];
}

/** The same export gives the same message; in groups and channels it mentions the requester. */
export function noticeCard(job: ExportJob, readers: Readers): Card {
  const { tone, icon, end, line, buttons } = noticeOf(job);
  const what = `export of ${viewOf(job)} ${end}`;
  if (readers === 'requester')
    return createCard({
      summary: `Your ${what}`,
      speak: [`Your ${what}.`, line ?? ''].join(' ').trim(),
      body: [message(tone, `${icon}  Your ${what}`, line)],
      actions: buttons,
    });
  const mention = mentionOf(job);
  const outcome = isNoFile(job) ? `export of ${viewOf(job)} has ended` : what;
  return createCard({
    summary: `Your ${outcome}`,
    body: [message(tone, `${icon}  ${mention.text}, your ${outcome}`)],
    actions: [exportButton('show', job.id)],
    mention,
  });
}

const message = (tone: Tone, title: string, line?: string): CardElement => ({
  type: 'Container',
  style: tone,
  bleed: true,
  items: [
    { ...paragraph(title, 'None'), weight: 'Bolder' },
    ...(line === undefined ? [] : [paragraph(line)]),
  ],
});

/** "view e5e7a3c1" */
const viewOf = (job: ExportJob): string => exportName(job).replace(/^Export of /, '');

function mentionOf({ requester }: ExportJob): Mention {
  const name = plainName(requester.name, 'You');
  return { type: 'mention', text: `<at>${name}</at>`, mentioned: { id: requester.channelUserId, name } };
}

function noticeOf(job: ExportJob): Notice {
  const { id, state } = job;
  const show = exportButton('show', id, { title: 'Show details' });
  switch (state.status) {
    case 'ready': {
      if (isNoFile(job)) return { ...noFile, buttons: [exportButton('exportAgain', id), show] };
      const download = exportButton('download', id, { style: 'positive' });
      return { tone: 'good', icon: '✓', end: 'is ready', buttons: [download, show] };
    }
    case 'failed': {
      const again = mayTryAgain(state.reason) ? [exportButton('retry', id, { style: 'positive' })] : [];
      return {
        ...(state.reason === 'retired' ? retired : failed),
        line: failures[state.reason],
        buttons: [...again, show],
      };
    }
    case 'parked': {
      // The operator's fault is not the person's to mend.
      const resume =
        state.cause === 'operatorFault' ? [] : [exportButton('resume', id, { style: 'positive' })];
      return {
        tone: 'warning',
        icon: '‖',
        end: 'is paused',
        line: pauses[state.cause],
        buttons: [...resume, show],
      };
    }
    case 'stopped': {
      const resume = exportButton('resume', id, { style: 'positive' });
      const line =
        state.by === 'person' ? 'As you wished.' : 'The sign-in or approval it needs did not come.';
      return { tone: 'emphasis', icon: '■', end: 'has stopped', line, buttons: [resume, show] };
    }
    case 'expired': {
      const again = exportButton('retry', id, { title: 'Export again', style: 'positive' });
      const line = 'Microsoft Graph no longer keeps its file.';
      return { tone: 'emphasis', icon: '○', end: 'has expired', line, buttons: [again, show] };
    }
    case 'waitingForSignIn':
      return { tone: 'warning', icon: '➜', end: 'waits for your sign-in', buttons: [show] };
    case 'requested':
    case 'starting':
    case 'waiting':
    case 'running':
      return { tone: 'accent', icon: '◔', end: 'is under way again', buttons: [show] };
  }
}

const noFile = {
  tone: 'warning',
  icon: '⚠',
  end: 'brought no CSV file',
  line: 'Microsoft Graph says that it is ready, but what came is something else.',
} as const;
const failed = { tone: 'attention', icon: '✕', end: 'ended without a file' } as const;
/** Nothing that anybody did. */
const retired = { ...failed, tone: 'emphasis', icon: 'ℹ' } as const;

const failures: Readonly<Record<FailureReason, string>> = {
  noAccess: 'You have no access to this view.',
  notValid: 'The link is not a valid explorer view.',
  placeNotFound: 'Viva Goals does not know the organisation.',
  gone: 'Microsoft Graph no longer has this export.',
  graphFailed: 'Microsoft Graph could not make the file.',
  refused: 'Microsoft Graph refused it.',
  retired: 'Viva Goals has been retired.',
};

const pauses: Readonly<Record<ParkCause, string>> = {
  oddAnswers: 'Microsoft Graph answers in a way I don’t understand. Nothing is lost.',
  operatorFault:
    'This bot is misconfigured. Its operator was told, and your export goes on once it is mended.',
  crashedTooOften: 'Something went wrong with it several times.',
  followedTooLong: 'It has taken so long that I stopped looking.',
};
