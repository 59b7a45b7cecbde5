/** Draws the short message beside an export's card: which export it is, how it stands, and what to press. */
import { exportButton, type ExportVerb } from '../blocks/buttons.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { ownTarget } from '../../domain/exports/own-target.ts';
import { isNoFile } from '../../domain/exports/notice-due.ts';
import type { Card, CardButton, CardElement, Mention, Tone } from '../blocks/adaptive-card.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import { paragraph } from '../blocks/card-blocks.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import { mayTryAgain } from './failed-story.ts';
import { plainName } from '../blocks/untrusted-text.ts';

/** Where others read along they see that it ended; why, and the file, are the requester's. */
type Readers = 'requester' | 'everybody';

interface Notice {
  readonly tone: Tone;
  readonly icon: string;
  readonly end: keyof Words['notices']['ends'];
  /** For the requester alone. */
  readonly line?: string;
  readonly buttons: readonly CardButton[];
}

/** The same export gives the same message; in groups and channels it mentions the requester. */
export function noticeCard(words: Words, job: ExportJob, readers: Readers): Card {
  const { tone, icon, end, line, buttons } = noticeOf(words, job);
  const { ends, to } = words.notices;
  const { yourExportOf, yourExportOfNamed } = wordsOfSource(words, job.target).target;
  if (readers === 'requester') {
    const label = plainName(ownTarget(job).label, '–');
    const news = ends[end](yourExportOf(label));
    return createCard({
      summary: news,
      speak: [`${news}.`, line ?? ''].join(' ').trim(),
      body: [message(tone, `${icon}  ${news}`, line)],
      actions: buttons,
    });
  }
  const label = plainName(job.target.label, '–');
  const mention = mentionOf(words, job);
  const news = ends[isNoFile(job) ? 'ended' : end];
  return createCard({
    summary: news(yourExportOf(label)),
    body: [message(tone, `${icon}  ${to(mention.text, news(yourExportOfNamed(label)))}`)],
    actions: [exportButton(words, 'show', job.id)],
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

function mentionOf({ notices }: Words, { requester }: ExportJob): Mention {
  const name = plainName(requester.name, notices.you);
  return { type: 'mention', text: `<at>${name}</at>`, mentioned: { id: requester.channelUserId, name } };
}

function noticeOf(words: Words, job: ExportJob): Notice {
  const { id, state } = job;
  const { notices } = words;
  const show = exportButton(words, 'show', id, { title: notices.showDetails });
  const first = (verb: ExportVerb, title?: string): CardButton =>
    exportButton(words, verb, id, { title, style: 'positive' });
  switch (state.status) {
    case 'ready': {
      const again = exportButton(words, 'exportAgain', id);
      if (isNoFile(job))
        return { tone: 'warning', icon: '⚠', end: 'noFile', line: notices.noFile, buttons: [again, show] };
      return { tone: 'good', icon: '✓', end: 'ready', buttons: [first('download'), show] };
    }
    case 'failed': {
      const line = wordsOfSource(words, job.target).failures[state.reason].noticed;
      const buttons = mayTryAgain(state.reason) ? [first('retry'), show] : [show];
      // Nothing that anybody did.
      const look: Pick<Notice, 'tone' | 'icon'> =
        state.reason === 'retired' ? { tone: 'emphasis', icon: 'ℹ' } : { tone: 'attention', icon: '✕' };
      return { ...look, end: 'failed', line, buttons };
    }
    case 'parked': {
      const line = notices.pauses[state.cause];
      // The operator's fault is not the person's to mend.
      const buttons = state.cause === 'operatorFault' ? [show] : [first('resume'), show];
      return { tone: 'warning', icon: '‖', end: 'paused', line, buttons };
    }
    case 'stopped': {
      const line = state.by === 'person' ? notices.stoppedByPerson : notices.stoppedWithoutSignIn;
      return { tone: 'emphasis', icon: '■', end: 'stopped', line, buttons: [first('resume'), show] };
    }
    case 'expired': {
      const again = first('retry', words.buttons.exportAgain);
      return { tone: 'emphasis', icon: '○', end: 'expired', line: notices.expired, buttons: [again, show] };
    }
    case 'waitingForSignIn':
      return { tone: 'warning', icon: '➜', end: 'waitingForSignIn', buttons: [show] };
    case 'requested':
    case 'starting':
    case 'waiting':
    case 'running':
      return { tone: 'accent', icon: '◔', end: 'underWay', buttons: [show] };
  }
}
