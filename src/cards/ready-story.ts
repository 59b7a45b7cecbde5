/** Answers for the requester's card when the file can be had. */
import type { Ready, SignInCause } from '../domain/exports/export-job.ts';
import type { CardElement } from './adaptive-card.ts';
import { footnote, linkButton, paragraph, row, rowGroup, rowIf } from './card-blocks.ts';
import { exportButton } from './export-story.ts';
import type { Story, Telling } from './export-story.ts';
import { fileSize } from './file-size.ts';
import { localDateTime, localTime } from './local-time.ts';
import { signInQuestion } from './sign-in-question.ts';

export function readyStory(telling: Telling, state: Ready): Story {
  const { job, download } = telling;
  const again = exportButton('exportAgain', job.id);
  if (download !== undefined)
    return {
      ...{ tone: 'good', icon: '✓', title: 'Your download page is ready' },
      lead: 'Open it to see what you get and to take the file.',
      details: [...linkDetails(download.expiresAt), ...fileDetails(state)],
      buttons: [
        ...linkButton('Open download page', download.url, 'positive'),
        exportButton('download', job.id, { title: 'Download again' }),
        again,
      ],
    };
  if (state.signInCause !== undefined) return askingStory(telling, state, state.signInCause);
  return {
    ...{ tone: 'good', icon: '✓', title: 'Ready', lead: 'Your file is ready to download.' },
    details: fileDetails(state),
    buttons: [exportButton('download', job.id, { style: 'positive' }), again],
  };
}

/** The file is there, but Microsoft Graph wants to see the person again first. */
function askingStory(telling: Telling, state: Ready, cause: SignInCause): Story {
  const { id } = telling.job;
  const question = signInQuestion({ cause }, telling);
  const lead = {
    lead: 'The file is ready. I fetch it with your own rights, so please sign in and press Download again.',
  };
  return {
    ...{ tone: 'warning', icon: '➜' },
    ...(cause === 'adminConsent' ? question : { title: 'Sign in to download', ...lead }),
    details: [...question.details, ...fileDetails(state)],
    buttons: [...question.buttons, exportButton('download', id), exportButton('exportAgain', id)],
  };
}

function linkDetails(expiresAt: Date): readonly CardElement[] {
  const until = localTime(expiresAt);
  if (until === undefined) return [];
  return [paragraph(`The link works once, until ${until}. After that, press Download again.`, 'Medium')];
}

function fileDetails(state: Ready): readonly CardElement[] {
  const again = localDateTime(state.exportedAgainAt);
  return [
    ...rowGroup([
      row('File', state.size === undefined ? 'CSV' : `CSV, ${fileSize(state.size)}`),
      ...rowIf('Available', prefixed('until ', localDateTime(state.expiresAt))),
    ]),
    ...(again === undefined ? [] : [footnote(`Exported again on ${again}: the newer one has its own card.`)]),
  ];
}

const prefixed = (prefix: string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : `${prefix}${text}`;
