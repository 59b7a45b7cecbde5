/** Answers for the requester's card when the file can be had: what it says, and the ways to take it. */
import type { Ready, SignInCause } from '../domain/exports/export-job.ts';
import type { CardButton, CardElement } from './adaptive-card.ts';
import type { AnswerShown } from './answer-block.ts';
import { answerBlock, answerOf, answerSpoken } from './answer-block.ts';
import { footnote, linkButton, paragraph, row, rowGroup, rowIf } from './card-blocks.ts';
import { hasMoreChanges } from './changes-block.ts';
import { exportButton } from './export-story.ts';
import type { Story, Telling } from './export-story.ts';
import { fileSize } from './file-size.ts';
import { localDateTime, localTime } from './local-time.ts';
import { saveBlock } from './save-block.ts';
import { signInQuestion } from './sign-in-question.ts';
import { mayReadAgain } from './unreadable-words.ts';

export function readyStory(telling: Telling, state: Ready): Story {
  const { job, download } = telling;
  if (download !== undefined) return linkStory(telling, state, download);
  if (state.signInCause !== undefined) return askingStory(telling, state, state.signInCause);
  const answer = answerOf(state.reading, telling.answer);
  const save = saveBlock(telling.canSave === true ? saveChoices(job.id) : []);
  return {
    ...{ tone: 'good', icon: '✓', title: 'Ready', lead: 'Your file is ready to download.' },
    spoken: answerSpoken(answer),
    details: [...answerBlock(answer), ...save.hidden, ...fileDetails(state)],
    buttons: [
      exportButton('download', job.id, { style: 'positive' }),
      ...save.toggle,
      ...answerButtons(telling, answer),
      exportButton('exportAgain', job.id),
    ],
  };
}

const saveChoices = (exportId: string): readonly CardButton[] => [
  exportButton('saveWorkbook', exportId),
  exportButton('saveSpreadsheetCsv', exportId),
  exportButton('saveOriginal', exportId),
];

function answerButtons(
  { job, onlyYou = false }: Telling,
  answer: AnswerShown | undefined,
): readonly CardButton[] {
  switch (answer?.kind) {
    case undefined:
    case 'reading':
      return [];
    case 'unreadable':
      return mayReadAgain(answer.why) ? [exportButton('readAgain', job.id)] : [];
    case 'read':
      return [
        ...(hasMoreChanges(answer.changes) ? [exportButton('allChanges', job.id)] : []),
        ...(onlyYou ? [exportButton('share', job.id)] : []),
      ];
  }
}

function linkStory(telling: Telling, state: Ready, download: NonNullable<Telling['download']>): Story {
  const { id } = telling.job;
  return {
    ...{ tone: 'good', icon: '✓', title: 'Your download page is ready' },
    lead: 'Open it to see what you get and to take the file.',
    details: [...linkDetails(download.expiresAt), ...fileDetails(state)],
    buttons: [
      ...linkButton('Open download page', download.url, 'positive'),
      exportButton('download', id, { title: 'Download again' }),
      exportButton('exportAgain', id),
    ],
  };
}

/** The file is there, but Microsoft Graph wants to see the person again first. */
function askingStory(telling: Telling, state: Ready, cause: SignInCause): Story {
  const { job } = telling;
  const answer = answerOf(state.reading, telling.answer);
  const question = signInQuestion({ cause }, telling);
  const lead = {
    lead: 'The file is ready. I fetch it with your own rights, so please sign in and press Download again.',
  };
  return {
    ...{ tone: 'warning', icon: '➜' },
    ...(cause === 'adminConsent' ? question : { title: 'Sign in to download', ...lead }),
    spoken: answerSpoken(answer),
    details: [...question.details, ...answerBlock(answer), ...fileDetails(state)],
    buttons: [...question.buttons, exportButton('download', job.id), exportButton('exportAgain', job.id)],
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
